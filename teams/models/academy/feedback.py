"""What learners say of a stage, managers after ninety days, and assessors of real gate packs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

SCALE = (1, 5)
CHECK_AFTER = 90  # days after the certificate


class StageFeedback(models.Model):
    """A learner's reaction to a stage, 1 to 5 each; only ever shown as a mean of five or more."""

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.CASCADE, related_name="feedback"
    )
    stage = models.ForeignKey("teams.PathStage", on_delete=models.PROTECT, related_name="feedback")
    relevance = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    recommends = models.PositiveSmallIntegerField()
    given_on = models.DateField()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_learner_reacts_to_a_stage_once", fields=["enrolment", "stage"]
            ),
            models.CheckConstraint(
                name="a_reaction_is_between_1_and_5",
                condition=Q(relevance__range=SCALE, confidence__range=SCALE)
                & Q(recommends__range=SCALE),
            ),
        ]


class ManagerCheck(models.Model):
    """A manager's look at somebody's work, ninety days after the path; the two of them see it."""

    enrolment = models.OneToOneField(
        "teams.Enrolment", on_delete=models.CASCADE, related_name="manager_check"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decides = models.PositiveSmallIntegerField()
    tells = models.PositiveSmallIntegerField()
    agrees = models.PositiveSmallIntegerField()
    example = models.TextField()
    given_on = models.DateField()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_manager_s_check_is_between_1_and_5",
                condition=Q(decides__range=SCALE, tells__range=SCALE, agrees__range=SCALE),
            )
        ]


class GatePack(models.Model):
    """A real pack that two assessors rate without being told whether its leader was trained.

    `was_trained` is read when the pack is put in, and leaves the server only in sums.
    """

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    locked_on = models.DateField()
    was_trained = models.BooleanField()

    class Meta:
        ordering = ["-locked_on", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("teams:gate-pack", args=[self.pk])


class PackRating(models.Model):
    """One assessor's level of one pack, 1 to 5; empty while they have not rated."""

    pack = models.ForeignKey(GatePack, on_delete=models.CASCADE, related_name="ratings")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pack_ratings"
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    rated_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pack_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessor_rates_a_pack_once", fields=["pack", "assessor"]
            ),
            models.CheckConstraint(
                name="a_pack_s_rating_is_a_level_with_its_reason",
                condition=Q(level=None, rated_on=None)
                | Q(level__range=SCALE, rated_on__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["assessor"], name="packs_still_to_rate", condition=Q(level=None))
        ]
