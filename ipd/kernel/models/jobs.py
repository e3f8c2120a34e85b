"""Long work as a row: who asked, how far it is, what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """One piece of long work; Celery runs it, a page shows it and can be left.

    `kind` names the function that does it (see `ipd.kernel.jobs`), `arguments` are its
    plain JSON arguments, `result` what it found, `error` a sentence for the one who asked.
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs"
    )
    state = models.CharField(max_length=12, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=200, blank=True)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known", condition=models.Q(state__in=JobState.values)
            ),
            models.CheckConstraint(
                name="job_progress_is_a_percentage",
                condition=models.Q(progress_percent__lte=100),
            ),
        ]

    def __str__(self):
        return self.title
