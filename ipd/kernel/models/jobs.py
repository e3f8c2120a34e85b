"""Long work: who asked for what, how far it is, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


OVER = [JobState.DONE, JobState.FAILED, JobState.CANCELLED]


class JobQuerySet(models.QuerySet):
    def visible_to(self, person):
        """A job is its own person's affair."""
        return self.filter(person=person) if not person.is_anonymous else self.none()

    def over(self):
        return self.filter(state__in=OVER)


class Job(models.Model):
    """One piece of work that outlives the request that asked for it.

    kind       names the registered work; `arguments` are what it is given (ids, plain values)
    progress   percent; `step` says in words what it is doing
    result     the address that shows what came of it; `error` a sentence when it failed
    heard_at   when the worker last reported; a silent one is handed out again
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    back = models.CharField(max_length=300, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known", condition=Q(state__in=JobState.values)
            ),
            models.CheckConstraint(
                name="job_progress_is_a_percentage", condition=Q(progress__lte=100)
            ),
            models.CheckConstraint(
                name="a_job_that_is_over_says_when",
                condition=Q(state__in=OVER, finished_at__isnull=False)
                | ~Q(state__in=OVER) & Q(finished_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["heard_at"], name="jobs_at_work", condition=Q(state=JobState.RUNNING)
            ),
            models.Index(fields=["person", "-created_at"], name="jobs_of_a_person"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("kernel:job", args=[self.pk])

    @property
    def is_over(self):
        return self.state in OVER
