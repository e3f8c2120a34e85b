"""Conditions: what a go was given for; owned, dated, verified by somebody else."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.products import OfProductQuerySet


class ConditionKind(models.TextChoices):
    PRECEDENT = "precedent", _("before the next phase may start")
    SUBSEQUENT = "subsequent", _("by a date")
    MONITOR = "monitor", _("a threshold to watch")


class ConditionState(models.TextChoices):
    OPEN = "open", _("Open")
    SUBMITTED = "submitted", _("Submitted")
    REJECTED = "rejected", _("Rejected")
    VERIFIED = "verified", _("Verified")
    LAPSED = "lapsed", _("Lapsed")
    WAIVED = "waived", _("Waived")


UNSETTLED = (ConditionState.OPEN, ConditionState.SUBMITTED, ConditionState.REJECTED)
# From which state an act leads to which; anything else is refused.
STEPS = {
    "submit": ({ConditionState.OPEN, ConditionState.REJECTED}, ConditionState.SUBMITTED),
    "verify": ({ConditionState.SUBMITTED}, ConditionState.VERIFIED),
    "reject": ({ConditionState.SUBMITTED}, ConditionState.REJECTED),
    "lapse": (set(UNSETTLED), ConditionState.LAPSED),
    "waive": ({*UNSETTLED, ConditionState.LAPSED}, ConditionState.WAIVED),
}


class ConditionQuerySet(OfProductQuerySet):
    of_product = "review__product"

    def unsettled(self):
        return self.filter(state__in=UNSETTLED)

    def overdue(self, day: date | None = None):
        return self.unsettled().filter(due_on__lt=day or today())


class Condition(models.Model):
    """An obligation from a decision. `original_due_on` differs from `due_on` once extended."""

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=ConditionKind)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conditions"
    )
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    original_due_on = models.DateField()
    acceptance_test = models.TextField()
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifies"
    )
    consequence = models.TextField()
    state = models.CharField(max_length=10, choices=ConditionState, default=ConditionState.OPEN)
    accepted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    escalation_step = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_condition_has_its_number_in_its_review", fields=["review", "number"]
            ),
            models.CheckConstraint(
                name="a_condition_is_not_verified_by_its_owner",
                condition=~Q(owner=F("verifier")),
            ),
            models.CheckConstraint(
                name="condition_state_is_known", condition=Q(state__in=ConditionState.values)
            ),
            models.CheckConstraint(
                name="a_settled_condition_has_its_day",
                condition=Q(state__in=UNSETTLED, settled_on=None)
                | ~Q(state__in=UNSETTLED) & Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_condition_is_extended_forward",
                condition=Q(due_on__gte=F("original_due_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="conditions_unsettled",
                condition=Q(state__in=UNSETTLED),
            ),
            models.Index(fields=["owner", "state"], name="conditions_of_an_owner"),
            models.Index(fields=["verifier", "state"], name="conditions_to_verify"),
        ]

    def __str__(self):
        return self.text[:120]

    def get_absolute_url(self):
        return reverse("gates:condition", args=[self.pk])

    @property
    def is_unsettled(self):
        return self.state in UNSETTLED

    @property
    def days_overdue(self):
        """Calendar days past the due date; 0 when settled or not yet due."""
        return max(0, (today() - self.due_on).days) if self.is_unsettled else 0


class ConditionEvent(models.Model):
    """One line of a condition's history; appended, never changed."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["condition_id", "pk"]

    def __str__(self):
        return self.what
