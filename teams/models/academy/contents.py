"""What else the academy's files bring: scenarios, checklists, prompts, guides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContentKind(models.TextChoices):
    SCENARIO = "scenario", _("Crisis simulation")
    CHECKLIST = "checklist", _("Checklist")
    REFLECTION = "reflection", _("Reflection")
    PEER_REVIEW = "peer-review", _("Review by colleagues")
    GUIDE = "guide", _("Guide")


class Content(models.Model):
    """One version of a piece of content; `body` is what its file says, checked, as plain values.

    code  a scenario's slug, a checklist's or a reflection's code, "peer-review", a guide's name
    A guide's body is {"text": Markdown}; the others' are the tables of FORMATS.md.
    `number` counts the versions; what was played or answered keeps pointing at its own.
    """

    kind = models.CharField(max_length=12, choices=ContentKind)
    code = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    is_current = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "order", "code", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="the_versions_of_a_content_are_numbered", fields=["kind", "code", "number"]
            ),
            models.UniqueConstraint(
                name="one_version_of_a_content_is_current",
                fields=["kind", "code"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="the_kind_of_a_content_is_known", condition=Q(kind__in=ContentKind.values)
            ),
        ]

    def __str__(self):
        return self.title
