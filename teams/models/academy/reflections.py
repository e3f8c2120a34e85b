"""Reflections: written for oneself, read by nobody else unless they are shared by name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReflectionState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    FINISHED = "finished", _("Finished")


class Reflection(models.Model):
    """What a person wrote to one story; `answers` are in the order of the prompts of `content`."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reflections"
    )
    code = models.CharField(max_length=60)
    content = models.ForeignKey(
        "teams.Content", on_delete=models.PROTECT, related_name="reflections"
    )
    answers = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ReflectionState, default=ReflectionState.DRAFT)
    started_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_reflects_on_a_story_once", fields=["person", "code"]
            ),
            models.CheckConstraint(
                name="the_state_of_a_reflection_is_known",
                condition=Q(state__in=ReflectionState.values),
            ),
            models.CheckConstraint(
                name="a_finished_reflection_has_its_day",
                condition=~Q(state=ReflectionState.FINISHED) | Q(finished_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.code}"

    def get_absolute_url(self):
        return reverse("teams:reflection", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.state == ReflectionState.FINISHED


class ShareRole(models.TextChoices):
    MENTOR = "mentor", _("Mentor")
    HOST = "host", _("Host")
    ASSESSOR = "assessor", _("Assessor")


class ShareAnswer(models.TextChoices):
    """Whether it is complete and has a real example; never what one thinks of it."""

    ACCEPTED = "accepted", _("Complete")
    RETURNED = "returned", _("Something is missing")


class ReflectionShare(models.Model):
    """A person to whom a reflection was opened, in the role in which they read it.

    Mentor and host say whether it is complete; `remark` is between them and the writer.
    """

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shared_reflections"
    )
    role = models.CharField(max_length=8, choices=ShareRole)
    answer = models.CharField(max_length=8, choices=ShareAnswer, blank=True)
    remark = models.TextField(blank=True)
    shared_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["reflection_id", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_reflection_is_shared_with_somebody_once_in_a_role",
                fields=["reflection", "person", "role"],
            ),
            models.CheckConstraint(
                name="a_reflection_is_shared_in_a_known_role",
                condition=Q(role__in=ShareRole.values),
            ),
            models.CheckConstraint(
                name="assessors_read_and_accept_nothing",
                condition=Q(answer="") | ~Q(role=ShareRole.ASSESSOR),
            ),
            models.CheckConstraint(
                name="who_returns_a_reflection_says_what_is_missing",
                condition=~Q(answer=ShareAnswer.RETURNED) | ~Q(remark=""),
            ),
        ]
        indexes = [models.Index(fields=["person", "answer"], name="reflections_shared_with")]

    def __str__(self):
        return f"{self.reflection_id} {self.person_id}"

    @property
    def tone(self) -> str:
        return {"accepted": "on", "returned": "risk"}.get(self.answer, "info")
