"""Answered forms: a form sent twice gets its first answer."""

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """The answer to one rendered form, kept in the transaction of what it changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    path = models.CharField(max_length=300)
    answer = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_form_is_answered_once", fields=["person", "key"])
        ]

    def __str__(self):
        return self.path
