"""The files that the curriculum is made of, as they came in and go out again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What a file holds, told by where it lies; the values are also the folders' names."""

    COMPETENCIES = "competencies", _("Competencies")
    MODULE = "module", _("Module")
    VARIANT = "variant", _("Local layer of a module")
    ITEMS = "items", _("Items of a module")
    PATH = "path", _("Learning path")
    TESTS = "tests", _("Tests before and after")
    CHECKLISTS = "checklists", _("Checklists")
    SCENARIO = "scenario", _("Crisis simulation")
    REFLECTIONS = "reflections", _("Reflections")
    PEER_REVIEW = "peer-review", _("Review by colleagues")
    GUIDE = "guide", _("Guide")


class CurriculumFile(models.Model):
    """One version of one file: its bytes are `source` in UTF-8, and `sha256` is of these.

    `number` counts the versions of a path. `brought_by` is blank for the files the product ships.
    """

    path = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=PaperKind)
    title = models.CharField(max_length=200)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    brought_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["path", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="the_versions_of_a_curriculum_file_are_numbered", fields=["path", "number"]
            ),
            models.UniqueConstraint(
                name="one_version_of_a_curriculum_file_is_current",
                fields=["path"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="the_kind_of_a_curriculum_file_is_known",
                condition=Q(kind__in=PaperKind.values),
            ),
        ]

    def __str__(self):
        return self.path

    def get_absolute_url(self):
        return reverse("teams:curriculum-file", args=[self.pk])


class CurriculumUpload(models.Model):
    """Files that somebody has looked at and not brought in yet: path to text."""

    files = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{len(self.files)} files"

    def get_absolute_url(self):
        return reverse("teams:curriculum-upload", args=[self.pk])
