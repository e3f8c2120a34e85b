"""The rules of a chain of reviews: outcomes, calendar, quorum; all of it data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Chain(models.Model):
    """A kind of review: business decisions (DCP) or technical maturity (TR).

    `body` is the kind of team that decides. A quorum is `quorum_numerator` of
    `quorum_denominator` voting members, the chair and `quorum_functions` among them.
    Days are working days for the calendar and calendar days for the conditions' ladder.
    """

    process = models.ForeignKey(
        "ipd.ProcessVersion", on_delete=models.CASCADE, related_name="chains"
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    body = models.CharField(max_length=20)
    quorum_numerator = models.PositiveSmallIntegerField(default=2)
    quorum_denominator = models.PositiveSmallIntegerField(default=3)
    quorum_functions = ArrayField(models.CharField(max_length=12), default=list)
    void_unassessed_percent = models.PositiveSmallIntegerField(default=0)
    ready_percent = models.PositiveSmallIntegerField(default=90)
    evidence_max_age_days = models.PositiveSmallIntegerField(default=90)
    circular_days = models.PositiveSmallIntegerField(default=5)
    extension_limit = models.PositiveSmallIntegerField(default=1)
    remind_before_days = models.PositiveSmallIntegerField(default=5)
    escalate_after_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    lapse_after_days = models.PositiveSmallIntegerField(default=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_chain_stands_once_in_its_process", fields=["process", "code"]
            )
        ]

    def __str__(self):
        return self.name


class Outcome(models.Model):
    """What a review may end in, and what that does; the logic reads these flags, never codes."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="outcomes")
    code = models.CharField(max_length=30)
    aliases = ArrayField(models.CharField(max_length=30), default=list)
    name = models.CharField(max_length=60)
    tone = models.CharField(max_length=8, default="none")
    order = models.PositiveSmallIntegerField()
    passes = models.BooleanField(default=False)
    passes_clean = models.BooleanField(default=False)
    advances = models.BooleanField(default=False)
    releases_money = models.BooleanField(default=False)
    bridge_money = models.BooleanField(default=False)
    needs_conditions = models.BooleanField(default=False)
    blocked_by_red_must = models.BooleanField(default=False)
    comes_back = models.BooleanField(default=False)
    holds = models.BooleanField(default=False)
    cancels = models.BooleanField(default=False)
    escalates = models.BooleanField(default=False)
    needs_reason_code = models.BooleanField(default=False)
    needs_next_date = models.BooleanField(default=False)
    needs_expiry = models.BooleanField(default=False)
    needs_restart_trigger = models.BooleanField(default=False)
    needs_reuse_plan = models.BooleanField(default=False)
    needs_changes = models.BooleanField(default=False)

    class Meta:
        ordering = ["chain_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="an_outcome_stands_once_in_its_chain", fields=["chain", "code"]
            )
        ]

    def __str__(self):
        return self.name


class StepFact(models.TextChoices):
    """What a review itself knows, and that ticks a step of its calendar off."""

    BOOKED = "booked", _("the review is booked")
    READY = "ready", _("readiness is reached, or the pack is locked")
    LOCKED = "locked", _("the pack is locked")
    OPENED = "opened", _("the meeting has begun")
    DECIDED = "decided", _("the review is decided")


class CalendarStep(models.Model):
    """A step of the review calendar, `offset` working days from the meeting day.

    `fact` says what ticks it off; blank: its day, once the review has gone on.
    """

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    offset = models.SmallIntegerField()
    owner_role = models.CharField(max_length=20, blank=True)
    fact = models.CharField(max_length=10, choices=StepFact, blank=True)

    class Meta:
        ordering = ["chain_id", "offset", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_calendar_step_stands_once_in_its_chain", fields=["chain", "code"]
            ),
            models.CheckConstraint(
                name="a_calendar_step_s_fact_is_known", condition=Q(fact__in=["", *StepFact.values])
            ),
        ]

    def __str__(self):
        return self.name


class ReasonCode(models.Model):
    """Why a board did not say go, in one of the process's words."""

    process = models.ForeignKey(
        "ipd.ProcessVersion", on_delete=models.CASCADE, related_name="reason_codes"
    )
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["process_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_reason_stands_once_in_its_process", fields=["process", "code"]
            )
        ]

    def __str__(self):
        return self.name
