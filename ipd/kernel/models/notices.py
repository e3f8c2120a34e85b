"""Notices: the inbox of a person, bundled into one digest a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One line for one person: what happened, where to look, and why they are told.

    `dedupe_key` makes telling idempotent: the same news reaches the same person once.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    dedupe_key = models.CharField(max_length=200)
    text = models.CharField(max_length=400)
    link = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=200)
    needs_action = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="the_same_news_reaches_a_person_once", fields=["person", "dedupe_key"]
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_of_a_person"),
            models.Index(fields=["person"], name="notices_to_bundle", condition=Q(mailed_at=None)),
        ]

    def __str__(self):
        return self.text
