"""What was promised: the plan as it stood when a contract was signed, and each edit since."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipd.models.plans import Plan


class Baseline(models.Model):
    """A plan's dates as they were kept; never changed afterwards.

    number     0 is the original contract's; the highest is the current one's
    reason     what it was kept for: a gate, a change request
    finish_at  the plan's finish then
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True)
    finish_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(
                name="a_baseline_s_number_stands_once_in_its_plan", fields=["plan", "number"]
            )
        ]

    def __str__(self):
        return self.name

    @property
    def finish_on(self):
        """The day of the finish as it was kept."""
        return self.finish_at and self.finish_at.date()


class BaselineRow(models.Model):
    """An activity as its baseline kept it; it outlives the activity, so it knows its code."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="rows")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    start_at = models.DateTimeField(null=True, blank=True)
    finish_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    effort_minutes = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["baseline_id", "code"]
        constraints = [
            models.UniqueConstraint(
                name="an_activity_stands_once_in_a_baseline", fields=["baseline", "code"]
            )
        ]

    def __str__(self):
        return self.code

    @property
    def finish_on(self):
        """The day of the finish as it was kept."""
        return self.finish_at and self.finish_at.date()


class PlanEdit(models.Model):
    """One edit of a plan and its way back: rows before and after, so that it can be undone.

    `before` and `after` are lists of {"model", "pk", "fields" | null}; null means the row was
    not there. Undoing writes `before` back and is an edit itself; so is doing it again, which
    undoes that one. Without rows (a loaded file) there is no way back.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=300)
    before = models.JSONField()
    after = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    is_undo = models.BooleanField(default=False)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        ordering = ["plan_id", "-number"]
        verbose_name = _("edit of a plan")
        constraints = [
            models.UniqueConstraint(
                name="an_edit_s_number_stands_once_in_its_plan", fields=["plan", "number"]
            )
        ]

    def __str__(self):
        return self.what
