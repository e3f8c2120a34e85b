"""The outbox: messages written with the change they tell of, sent after it is in."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One mail to one person; claimed by the relay, sent, marked.

    `dedupe_key` names what it tells of, so that the same news is never queued twice; it is
    also the mail's Message-ID, so that a receiver can drop the repeat a crash may cause.
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.CharField(max_length=300)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["not_before", "pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="outbox_waiting",
                condition=Q(sent_at=None, given_up_at=None),
            )
        ]

    def __str__(self):
        return self.subject
