"""Pairs of a senior and a new leader: who offers, who wishes, what both do together."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class MentorOffer(models.Model):
    """Somebody would be a mentor, and says for what; read by everybody who looks for one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentor_offer"
    )
    is_open = models.BooleanField(default=True)
    competencies = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    about = models.TextField(blank=True)
    since = models.DateField()

    class Meta:
        ordering = ["person_id"]

    def __str__(self):
        return str(self.person_id)


class MentorWish(models.Model):
    """What a learner wishes of a mentor; for themselves and whoever runs the academy."""

    enrolment = models.OneToOneField(
        "teams.Enrolment", on_delete=models.CASCADE, related_name="mentor_wish"
    )
    competencies = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["enrolment_id"]

    def __str__(self):
        return str(self.enrolment_id)


class MentorshipState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class MentorshipQuerySet(models.QuerySet):
    def standing(self):
        """Asked or active: what takes one of the mentor's places."""
        return self.exclude(state=MentorshipState.ENDED)

    def active(self):
        return self.filter(state=MentorshipState.ACTIVE)


class Mentorship(models.Model):
    """A mentor beside somebody on a path.

    A proposal takes a place, too: a trigger refuses a fourth pair that has not ended, unless
    `exceeds` says why the academy lead allows one more. `goals` belong to both; `farewell` is a
    word to whoever runs the academy when it ends.
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="mentorships"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships"
    )
    state = models.CharField(max_length=8, choices=MentorshipState, default=MentorshipState.ACTIVE)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exceeds = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    farewell = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MentorshipQuerySet.as_manager()

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

    def get_absolute_url(self):
        return reverse("teams:mentorship", args=[self.pk])


class MentoringSession(models.Model):
    """The pair met; what was spoken of is theirs."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    theme = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_pair_meets_once_on_a_day", fields=["mentorship", "held_on"]
            )
        ]

    def __str__(self):
        return f"{self.mentorship_id} {self.held_on}"


class SharedAction(models.Model):
    """What the two of them want to do until a day; both see it, nobody else."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="actions")
    text = models.CharField(max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text


class MentorNote(models.Model):
    """A note of one of the pair, read by its author alone."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return str(self.pk)


class Health(models.TextChoices):
    WELL = "well", _("It goes well")
    TALK = "talk", _("We should talk about how we work")
    END = "end", _("Somebody else would be better")


class HealthCheck(models.Model):
    """How one of the pair finds it after six weeks; read by them and whoever runs the academy."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    health = models.CharField(max_length=4, choices=Health)
    text = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["mentorship_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="each_of_a_pair_says_once_how_it_goes", fields=["mentorship", "person"]
            ),
            models.CheckConstraint(
                name="how_a_pair_goes_is_known", condition=Q(health__in=Health.values)
            ),
        ]

    def __str__(self):
        return f"{self.mentorship_id} {self.person_id}"
