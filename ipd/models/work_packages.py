"""Work packages: pieces of work with a planned value, and what was reported of their progress."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """How much of a package's value is earned by what was reported; facts, not opinion."""

    AT_FINISH = "0_100", _("All when finished")
    HALF_AT_START = "0_50_100", _("Half when begun, all when finished")
    MILESTONES = "milestones", _("By the milestones reached")


class WorkPackage(models.Model):
    """A piece of the product's work, its planned value and the rule by which it is earned."""

    product = models.ForeignKey(
        "ipd.Product", on_delete=models.PROTECT, related_name="work_packages"
    )
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    function = models.ForeignKey(
        "teams.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    phase = models.ForeignKey(
        "ipd.Phase", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    planned_start = models.DateField()
    planned_finish = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    rule = models.CharField(max_length=12, choices=Rule)
    activity = models.ForeignKey(
        "ipd.Activity", null=True, blank=True, on_delete=models.SET_NULL, related_name="packages"
    )

    class Meta:
        ordering = ["product_id", "planned_start", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_work_package_stands_once_in_its_product", fields=["product", "code"]
            ),
            models.CheckConstraint(
                name="a_work_package_finishes_after_it_starts",
                condition=Q(planned_finish__gte=F("planned_start")),
            ),
            models.CheckConstraint(name="a_work_package_has_a_value", condition=Q(value__gt=0)),
            models.CheckConstraint(
                name="work_package_rule_is_known", condition=Q(rule__in=Rule.values)
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class PackageProgress(models.Model):
    """What was reported of a package on a day; appended, the latest day counts."""

    package = models.ForeignKey(WorkPackage, on_delete=models.PROTECT, related_name="progress")
    on = models.DateField()
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["package_id", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="package_progress_is_a_percentage", condition=Q(percent__lte=100)
            )
        ]
        indexes = [models.Index(fields=["package", "-on", "-id"], name="progress_latest")]

    def __str__(self):
        return f"{self.package_id} {self.on} {self.percent}"
