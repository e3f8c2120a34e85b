"""The process a product follows: one version of one definition, and its phases."""

from django.db import models
from django.db.models import Q


class ProcessVersion(models.Model):
    """A version of a process definition; `source` is the file it was read from, whole.

    Products are bound to a version; a new version leaves the old one as it is.
    """

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    source = models.TextField()
    source_hash = models.CharField(max_length=64)
    is_current = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_process_version_is_loaded_once", fields=["code", "version"]
            ),
            models.UniqueConstraint(
                name="one_current_version_per_process",
                fields=["code"],
                condition=Q(is_current=True),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.version}"


class Phase(models.Model):
    """A stretch of a product's life between two decisions."""

    process = models.ForeignKey(ProcessVersion, on_delete=models.CASCADE, related_name="phases")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    purpose = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()
    before_ga = models.BooleanField(default=True)

    class Meta:
        ordering = ["process_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_phase_stands_once_in_its_process", fields=["process", "code"]
            )
        ]

    def __str__(self):
        return self.name
