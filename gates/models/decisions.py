"""Decisions: immutable once written; a correction is a new one that supersedes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """What a body decided, why, and everything it decided on, frozen.

    `amount` is what the outcome releases: the next tranche, a bridge, the commitments kept
    during a hold, or the close-out budget when investing stops. `frozen` holds criteria,
    evidence hashes, votes, waivers and attendance as they stood; `ledger_sequence` is the
    entry that covers it (none for imported history). Triggers refuse changes of a row but
    for `superseded_at`, set once.
    """

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.ForeignKey("gates.Outcome", on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField()
    override_rationale = models.TextField(blank=True)
    reason_code = models.ForeignKey(
        "gates.ReasonCode", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    next_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    sunk_cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    restart_trigger = models.TextField(blank=True)
    reuse_plan = models.TextField(blank=True)
    changes_asked = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField()
    is_imported = models.BooleanField(default=False)
    frozen = models.JSONField(default=dict)
    frozen_hash = models.CharField(max_length=64, blank=True)
    ledger_sequence = models.BigIntegerField(null=True, blank=True, unique=True)
    ledger_hash = models.CharField(max_length=64, blank=True)
    correction_reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_effective_decision_per_review",
                fields=["review"],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                name="a_decision_does_not_supersede_itself",
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
            ),
        ]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="decisions_by_time")]

    def __str__(self):
        return f"#{self.pk}"

    def get_absolute_url(self):
        return reverse("gates:decision", args=[self.pk])


class Dissent(models.Model):
    """A member who disagrees, by name and with a reason."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_dissent_is_recorded_once", fields=["decision", "person"]
            )
        ]

    def __str__(self):
        return self.reason[:80]


class Deferral(models.Model):
    """A meeting that ended without a decision; its delay counts against the body."""

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="deferrals")
    why = models.CharField(
        max_length=20,
        choices={
            "no_quorum": _("no quorum"),
            "no_decision": _("no decision"),
            "not_ready": _("too much unassessed"),
            "objection": _("objection to a circular decision"),
        },
    )
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved_to = models.DateField()

    class Meta:
        ordering = ["review_id", "pk"]

    def __str__(self):
        return self.get_why_display()


class Waiver(models.Model):
    """Lets a red must-criterion pass until it expires; signed by the chair and the function.

    Whoever asks for it signs neither line.
    """

    criterion = models.OneToOneField(
        "gates.ReviewCriterion", on_delete=models.PROTECT, related_name="waiver"
    )
    reason = models.TextField()
    expires_on = models.DateField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair_signed_at = models.DateTimeField(null=True, blank=True)
    function_head = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    function_signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_waiver_is_not_signed_by_who_asked_for_it",
                condition=(Q(chair=None) | ~Q(chair=F("requested_by")))
                & (Q(function_head=None) | ~Q(function_head=F("requested_by"))),
            ),
            models.CheckConstraint(
                name="a_waiver_is_signed_by_two_people",
                condition=Q(chair=None) | Q(function_head=None) | ~Q(chair=F("function_head")),
            ),
        ]

    def __str__(self):
        return self.reason[:80]

    @property
    def is_signed(self):
        return self.chair_signed_at is not None and self.function_signed_at is not None
