"""Who works on a plan's activities, and how much."""

from django.conf import settings
from django.db import models

from ipd.models.plans import Activity, Plan


class PlanResource(models.Model):
    """Who or what works in a plan: a person, a function's people, material, cost.

    `kind` is "work", "material" or "cost"; `max_units` percent of one full time.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, default="work")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    function = models.ForeignKey(
        "teams.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(
        "ipd.PlanCalendar", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    max_units = models.PositiveIntegerField(default=100)
    uid = models.IntegerField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["plan_id", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_resource_s_name_stands_once_in_its_plan", fields=["plan", "name"]
            )
        ]

    def __str__(self):
        return self.name


class Assignment(models.Model):
    """A resource works on an activity: with `units` percent of full time, `work` minutes in all."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey(PlanResource, on_delete=models.CASCADE, related_name="assignments")
    units = models.PositiveIntegerField(default=100)
    work_minutes = models.PositiveIntegerField(default=0)
    uid = models.IntegerField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["activity_id", "resource_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_resource_is_assigned_to_an_activity_once",
                fields=["activity", "resource"],
            )
        ]

    def __str__(self):
        return f"{self.resource_id} {self.activity_id}"
