"""Rehearsals: a decided gate as an exercise for one person, a coming gate played by colleagues.

Neither counts anywhere. A team's rehearsal is a review of its own (`is_rehearsal`); it never
gets a row of Decision, Condition or HeldReview, which the database refuses.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Exercise(models.Model):
    """A decided review as one person decides it anew; nobody else sees it.

    judged          the person's own state of each criterion, by its code
    settled_chance  in percent: conditions, if any are given, are met by their first day
    passed_chance   in percent: the next gate of the chain passes at its first attempt
    slip_days       by how many the next gate is held later than planned; below zero: earlier
    was_there       took part in the real decision, so that it tells nothing of foresight
    version         counts what was kept; once voted the row stands still
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exercises"
    )
    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="exercises")
    judged = models.JSONField(default=dict)
    outcome = models.ForeignKey(
        "gates.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    settled_chance = models.PositiveSmallIntegerField(null=True, blank=True)
    passed_chance = models.PositiveSmallIntegerField(null=True, blank=True)
    slip_days = models.SmallIntegerField(null=True, blank=True)
    was_there = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    voted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_decides_a_review_anew_once", fields=["person", "review"]
            ),
            models.CheckConstraint(
                name="a_vote_in_an_exercise_says_everything",
                condition=Q(voted_at=None)
                | Q(
                    outcome__isnull=False, settled_chance__isnull=False, passed_chance__isnull=False
                )
                & Q(slip_days__isnull=False)
                & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_chance_is_between_0_and_100",
                condition=(Q(settled_chance=None) | Q(settled_chance__lte=100))
                & (Q(passed_chance=None) | Q(passed_chance__lte=100)),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.review_id}"

    def get_absolute_url(self):
        return reverse("gates:rehearsal-exercise", args=[self.pk])


class Part(models.TextChoices):
    """Whom somebody plays in a team's rehearsal."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Voting member")
    SECRETARY = "secretary", _("Secretary")
    PRESENTER = "presenter", _("Presenter")
    TEAM = "team", _("Team")


BOARD = (Part.CHAIR, Part.MEMBER)
OF_TEAM = (Part.PRESENTER, Part.TEAM)
# What a part allows in the rehearsal; the seats of the real gate allow nothing there.
ACTS = {
    Part.CHAIR: frozenset({"vote", "decide", "reveal", "run_room", "ask"}),
    Part.MEMBER: frozenset({"vote", "ask"}),
    Part.SECRETARY: frozenset({"run_room", "ask"}),
    Part.PRESENTER: frozenset({"present", "assess", "answer"}),
    Part.TEAM: frozenset({"assess", "answer"}),
}


class Rehearsal(models.Model):
    """A team's rehearsal of its coming gate.

    review     the review it is played with, made from `source` as it stood at `made_at`
    rationale  what the board of colleagues said for its outcome, which the review holds
    frozen     what the outcome rested on, as decisions freeze it
    """

    review = models.OneToOneField(
        "gates.Review", primary_key=True, on_delete=models.PROTECT, related_name="rehearsal"
    )
    source = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="rehearsals")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    rationale = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(default=dict)
    ledger_sequence = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_rehearsal_ends_by_somebody",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.review)

    def get_absolute_url(self):
        return reverse("gates:rehearsal", args=[self.pk])


class RehearsalSeat(models.Model):
    """Somebody who takes part in a team's rehearsal: in which part, and for which function."""

    review = models.ForeignKey(
        "gates.Review", on_delete=models.PROTECT, related_name="rehearsal_seats"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rehearsal_seats"
    )
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part)

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_plays_one_part_in_a_rehearsal", fields=["review", "person"]
            ),
            models.UniqueConstraint(
                name="a_rehearsal_has_one_chair",
                fields=["review"],
                condition=Q(part=Part.CHAIR),
            ),
            models.CheckConstraint(
                name="part_in_a_rehearsal_is_known", condition=Q(part__in=Part.values)
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.part}"

    @property
    def is_board(self):
        return self.part in BOARD


class RehearsalGap(models.Model):
    """What a rehearsal found missing, for the real preparation; `found_by` none: computed."""

    review = models.ForeignKey(
        "gates.Review", on_delete=models.PROTECT, related_name="rehearsal_gaps"
    )
    criterion = models.ForeignKey(
        "gates.ReviewCriterion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rehearsal_gaps",
    )
    text = models.TextField()
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review_id", "criterion_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_gap_is_settled_by_somebody",
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.text[:80]
