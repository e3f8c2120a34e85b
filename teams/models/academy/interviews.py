"""Board interviews: three assessors rate alone, then decide together."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ASSESSORS = 3


class InterviewState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RATED = "rated", _("Rated by all")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Called off")


OPEN = (InterviewState.PLANNED, InterviewState.RATED)


class InterviewResult(models.TextChoices):
    PASSED = "passed", _("Certified")
    NOT_YET = "not_yet", _("Not yet")


class BoardInterview(models.Model):
    """One interview of a learner. Once all assessors have rated, the ratings are open to them.

    levels   the joint level of each criterion, by its code, as the chair put it
    words    why; for "not yet" what is missing and how it can be shown
    again_on when the board meets again, for "not yet"

    Result, levels and words are a proposal until every assessor has signed it.
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="interviews"
    )
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="interviews"
    )
    planned_on = models.DateField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=InterviewState, default=InterviewState.PLANNED)
    result = models.CharField(max_length=8, choices=InterviewResult, blank=True)
    levels = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    again_on = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_interview_per_learner",
                fields=["enrolment"],
                condition=Q(state__in=OPEN),
            ),
            models.CheckConstraint(
                name="the_state_of_an_interview_is_known",
                condition=Q(state__in=InterviewState.values),
            ),
            models.CheckConstraint(
                name="an_interview_is_decided_with_its_result",
                condition=Q(
                    state="decided",
                    decided_at__isnull=False,
                    result__in=InterviewResult.values,
                )
                | ~Q(state="decided") & Q(decided_at=None),
            ),
        ]
        indexes = [models.Index(fields=["state", "planned_on"], name="interviews_to_come")]

    def __str__(self):
        return f"{self.enrolment_id} {self.planned_on}"

    def get_absolute_url(self):
        return reverse("teams:interview", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class InterviewAssessor(models.Model):
    """One of three who interview; the chair puts the joint result, and all of them sign it."""

    interview = models.ForeignKey(
        BoardInterview, on_delete=models.PROTECT, related_name="assessors"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviewed"
    )
    is_chair = models.BooleanField(default=False)
    is_of_another_line = models.BooleanField(default=False)
    rated_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["interview_id", "-is_chair", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessor_sits_once_in_an_interview", fields=["interview", "person"]
            ),
            models.UniqueConstraint(
                name="an_interview_has_one_chair",
                fields=["interview"],
                condition=Q(is_chair=True),
            ),
            models.CheckConstraint(
                name="who_signs_an_interview_has_rated",
                condition=Q(signed_at=None) | Q(rated_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.interview_id}"


class InterviewRating(models.Model):
    """What one assessor gave in one criterion, before they had seen what the others gave."""

    assessor = models.ForeignKey(
        InterviewAssessor, on_delete=models.PROTECT, related_name="ratings"
    )
    criterion = models.ForeignKey(
        "teams.RubricCriterion", on_delete=models.PROTECT, related_name="interview_ratings"
    )
    level = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["assessor_id", "criterion_id"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessor_rates_a_criterion_once", fields=["assessor", "criterion"]
            ),
            models.CheckConstraint(
                name="an_interview_is_rated_in_five_levels", condition=Q(level__range=(1, 5))
            ),
        ]

    def __str__(self):
        return f"{self.assessor_id} {self.criterion_id} {self.level}"
