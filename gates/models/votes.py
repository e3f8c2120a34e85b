"""Votes: evidence for a decision, never the decision itself. A changed vote supersedes."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class VoteQuerySet(models.QuerySet):
    def standing(self):
        """The votes that count: the last of each voter and round."""
        return self.filter(superseded_at=None)


class Vote(models.Model):
    """One voter's provisional outcome in one round; `outcome` empty is an abstention.

    `cast_by` differs from `voter` when a named deputy voted for a member.
    """

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="votes")
    round = models.PositiveSmallIntegerField()
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="votes"
    )
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.ForeignKey(
        "gates.Outcome", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_vote_per_voter_and_round",
                fields=["review", "round", "voter"],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                name="a_vote_belongs_to_the_first_or_second_round",
                condition=Q(round__in=[1, 2]),
            ),
            models.CheckConstraint(
                name="an_abstention_gives_a_reason",
                condition=Q(outcome__isnull=False) | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.voter_id} {self.outcome_id}"


class Score(models.Model):
    """A voter's score of one criterion, 0 (not at all) to 10 (fully), given with a vote."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(
        "gates.ReviewCriterion", on_delete=models.PROTECT, related_name="scores"
    )
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_vote_scores_a_criterion_once", fields=["vote", "criterion"]
            ),
            models.CheckConstraint(name="a_score_is_between_0_and_10", condition=Q(score__lte=10)),
        ]

    def __str__(self):
        return str(self.score)
