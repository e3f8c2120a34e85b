"""How far somebody is in a module."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ReadingPlace(models.Model):
    """One person in one core version of a module: where they are, and whether they are through.

    `reached` holds the sections whose end was reached, `section` the last of them; `language` is
    the one the person chose. Whether a module was read counts by the version of its core.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_places"
    )
    module = models.ForeignKey(
        "teams.LearningModule", on_delete=models.PROTECT, related_name="places"
    )
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=12, blank=True)
    section = models.CharField(max_length=60, blank=True)
    reached = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person_id", "module_id", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_place_per_person_and_version_of_a_module",
                fields=["person", "module", "version"],
            )
        ]

    def __str__(self):
        return f"{self.person_id} {self.module_id} {self.version}"
