"""What a leader has to be able to do, in behaviour that others can see."""

from django.db import models
from django.db.models import Q

LEVELS = range(1, 6)


class Competency(models.Model):
    """One of a leader's competencies; `levels` are five texts, level 1 first.

    `weight` is in percent of all; `certify_at` is the level asked at certification.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField()
    certify_at = models.PositiveSmallIntegerField()
    levels = models.JSONField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "competencies"
        constraints = [
            models.CheckConstraint(
                name="a_competency_weighs_at_most_all", condition=Q(weight__range=(1, 100))
            ),
            models.CheckConstraint(
                name="a_competency_is_certified_at_one_of_five_levels",
                condition=Q(certify_at__range=(1, 5)),
            ),
        ]

    def __str__(self):
        return self.name
