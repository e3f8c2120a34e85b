"""Pairs of a senior and a new leader."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MentorshipState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class Mentorship(models.Model):
    """A mentor beside somebody on a path."""

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="mentorships"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships"
    )
    state = models.CharField(max_length=8, choices=MentorshipState, default=MentorshipState.ACTIVE)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_learner_has_one_mentor_at_a_time",
                fields=["enrolment"],
                condition=~Q(state="ended"),
            ),
            models.CheckConstraint(
                name="the_state_of_a_mentorship_is_known",
                condition=Q(state__in=MentorshipState.values),
            ),
        ]
        indexes = [models.Index(fields=["mentor", "state"], name="mentorships_of_a_mentor")]

    def __str__(self):
        return f"{self.mentor_id} {self.enrolment_id}"
