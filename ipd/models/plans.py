"""The plan of a product: activities in a work breakdown, and what has to wait for what.

Durations are working minutes of the activity's calendar, since plans come in and go out as
project files that count so; people read and type working days.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """One product's plan; `version` rises with every change and is what an edit must have seen.

    All moments of a plan are the site's wall clock, kept as UTC: show them without conversion,
    by `start_on` and `finish_on`, or in UTC.

    starts_at     the earliest start of what has no predecessor; where `is_from_finish`, the
                  finish from which everything is counted back
    status_on     the day up to which progress is reported
    moves_rest    work that should be done by then, and is not, starts after the status day; off
                  for plans from project files, which say themselves where work resumes
    keeps_dates   dated constraints are kept even where links ask for later dates
    scheduled_*   when the dates on the activities were last computed, and the plan's finish
    extra         what else its project file says, for the way back
    """

    product = models.OneToOneField("ipd.Product", on_delete=models.CASCADE, related_name="plan")
    calendar = models.ForeignKey("ipd.PlanCalendar", on_delete=models.PROTECT, related_name="plans")
    starts_at = models.DateTimeField()
    is_from_finish = models.BooleanField(default=False)
    status_on = models.DateField(null=True, blank=True)
    moves_rest = models.BooleanField(default=True)
    keeps_dates = models.BooleanField(default=True)
    extra = models.JSONField(default=dict, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    finishes_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["product_id"]

    def __str__(self):
        return str(self.product)

    def get_absolute_url(self):
        return reverse("ipd:plan", args=[self.product_id])


class ActivityKind(models.TextChoices):
    TASK = "task", _("Task")
    SUMMARY = "summary", _("Summary")
    MILESTONE = "milestone", _("Milestone")
    GATE = "gate", _("Gate")


class ConstraintKind(models.TextChoices):
    ASAP = "asap", _("As soon as possible")
    ALAP = "alap", _("As late as possible")
    SNET = "snet", _("Start no earlier than")
    SNLT = "snlt", _("Start no later than")
    FNET = "fnet", _("Finish no earlier than")
    FNLT = "fnlt", _("Finish no later than")
    MSO = "mso", _("Must start on")
    MFO = "mfo", _("Must finish on")


class Distribution(models.TextChoices):
    PERT = "pert", _("Beta-PERT")
    TRIANGULAR = "triangular", _("Triangular")


class Activity(models.Model):
    """A piece of work, a milestone or a gate; a summary has children and no work of its own.

    code          its short name in the plan ("A6"); links and files refer to it
    order         place in the plan, parents before their children; `depth` levels from the top
    minutes       likely working duration; optimistic and pessimistic with it are the
                  three-point estimate, 0 ≤ optimistic ≤ likely ≤ pessimistic
    is_elapsed    minutes of the clock, not of a calendar
    percent       of the duration that is done; actual dates as reported; work that is under way
                  goes on at `resume_at`
    delay, pause  minutes of the clock by which levelling puts it off; working minutes in which
                  its work rests (a split)
    is_active     off: it is shown, and neither counts nor holds anybody up
    gate          code of the gate that a GATE activity stands for; its meeting day comes from
                  the review calendar and is a "not before"
    group         what correlates it with others: a team, supplier or technology
    early/late    computed by the schedule; float in working minutes of the plan's calendar
    uid           number in the project file it came from; extra keeps that file's other fields
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    order = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    wbs = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=ActivityKind, default=ActivityKind.TASK)
    function = models.ForeignKey(
        "teams.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
    )
    calendar = models.ForeignKey(
        "ipd.PlanCalendar", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveIntegerField(default=0)
    optimistic_minutes = models.PositiveIntegerField(null=True, blank=True)
    pessimistic_minutes = models.PositiveIntegerField(null=True, blank=True)
    distribution = models.CharField(max_length=10, choices=Distribution, default=Distribution.PERT)
    effort_minutes = models.PositiveIntegerField(default=0)
    is_elapsed = models.BooleanField(default=False)
    percent = models.PositiveSmallIntegerField(default=0)
    actual_start_at = models.DateTimeField(null=True, blank=True)
    actual_finish_at = models.DateTimeField(null=True, blank=True)
    resume_at = models.DateTimeField(null=True, blank=True)
    delay_minutes = models.PositiveIntegerField(default=0)
    pause_minutes = models.PositiveIntegerField(default=0)
    constraint = models.CharField(max_length=4, choices=ConstraintKind, default=ConstraintKind.ASAP)
    constraint_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    is_manual = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    gate = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)
    uid = models.IntegerField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    start_at = models.DateTimeField(null=True, blank=True)
    finish_at = models.DateTimeField(null=True, blank=True)
    late_start_at = models.DateTimeField(null=True, blank=True)
    late_finish_at = models.DateTimeField(null=True, blank=True)
    total_float_minutes = models.IntegerField(null=True, blank=True)
    free_float_minutes = models.IntegerField(null=True, blank=True)
    is_critical = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="an_activity_s_code_stands_once_in_its_plan", fields=["plan", "code"]
            ),
            models.UniqueConstraint(
                name="a_place_in_the_plan_is_taken_once",
                fields=["plan", "order"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="an_activity_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="a_three_point_estimate_is_whole_and_in_order",
                condition=Q(optimistic_minutes=None, pessimistic_minutes=None)
                | Q(optimistic_minutes__lte=F("minutes"), pessimistic_minutes__gte=F("minutes")),
            ),
            models.CheckConstraint(name="progress_is_a_percentage", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="a_dated_constraint_has_its_date",
                condition=Q(constraint__in=["asap", "alap"])
                | Q(constraint__in=ConstraintKind.values, constraint_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_ended_began_and_not_after",
                condition=Q(actual_finish_at=None)
                | Q(actual_start_at__isnull=False, actual_finish_at__gte=F("actual_start_at")),
            ),
            models.CheckConstraint(
                name="activity_kind_is_known", condition=Q(kind__in=ActivityKind.values)
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "start_at"], name="activities_of_an_owner"),
            models.Index(fields=["plan", "start_at"], name="activities_by_start"),
            # All that the load is reckoned from, without a look at the rows.
            models.Index(
                fields=["start_at"],
                include=[
                    *("id", "plan", "owner", "function", "finish_at"),
                    *("minutes", "effort_minutes", "percent"),
                ],
                condition=Q(kind=ActivityKind.TASK, is_active=True, percent__lt=100, minutes__gt=0),
                name="work_that_is_left",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def start_on(self):
        """The day it starts on; None before the plan was computed."""
        return self.start_at and self.start_at.date()

    @property
    def finish_on(self):
        """The last day it is worked on; None before the plan was computed."""
        return self.finish_at and self.finish_at.date()


class LinkKind(models.TextChoices):
    FS = "fs", _("Finish to start")
    SS = "ss", _("Start to start")
    FF = "ff", _("Finish to finish")
    SF = "sf", _("Start to finish")


class LagUnit(models.TextChoices):
    WORKING = "working", _("working time")
    ELAPSED = "elapsed", _("elapsed time")
    PERCENT = "percent", _("percent of the predecessor")


class Link(models.Model):
    """The successor waits for the predecessor; a negative lag is a lead.

    `lag` is in minutes (working ones of the successor's calendar, or elapsed), or a percentage
    of the predecessor's duration.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="links")
    predecessor = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="successor_links"
    )
    successor = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="predecessor_links"
    )
    kind = models.CharField(max_length=2, choices=LinkKind, default=LinkKind.FS)
    lag = models.IntegerField(default=0)
    lag_unit = models.CharField(max_length=8, choices=LagUnit, default=LagUnit.WORKING)

    class Meta:
        ordering = ["plan_id", "successor_id", "predecessor_id"]
        constraints = [
            models.UniqueConstraint(
                name="two_activities_are_linked_once_in_one_way",
                fields=["predecessor", "successor", "kind"],
            ),
            models.CheckConstraint(
                name="an_activity_does_not_wait_for_itself",
                condition=~Q(predecessor=F("successor")),
            ),
            models.CheckConstraint(
                name="link_kind_is_known", condition=Q(kind__in=LinkKind.values)
            ),
        ]

    def __str__(self):
        return f"{self.predecessor_id} {self.kind} {self.successor_id}"
