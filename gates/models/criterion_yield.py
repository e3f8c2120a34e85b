"""What criteria changed: citations, counts, and what their owners say of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Citation(models.Model):
    """A decision rests on this criterion: a stop, or one of its conditions; never changed."""

    criterion = models.ForeignKey(
        "gates.ReviewCriterion", on_delete=models.PROTECT, related_name="citations"
    )
    condition = models.ForeignKey(
        "gates.Condition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_decision_cites_a_criterion_once_for_one_thing",
                fields=["criterion", "condition"],
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.criterion_id}"


class CriterionCount(models.Model):
    """In how many reviews a criterion was assessed, and in how many it changed the decision.

    process    code of the process; a criterion keeps its name over the versions
    elsewhere  counted before this system, or in products outside of it (`period` says when);
               otherwise counted here, anew every night
    """

    process = models.CharField(max_length=30)
    gate = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    elsewhere = models.BooleanField(default=False)
    assessed = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    waived = models.PositiveIntegerField(default=0)
    period = models.CharField(max_length=40, blank=True)
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["gate", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_criterion_is_counted_once_here_and_once_elsewhere",
                fields=["process", "gate", "code", "elsewhere"],
            ),
            models.CheckConstraint(
                name="a_criterion_changes_at_most_what_it_was_assessed_in",
                condition=Q(hits__lte=F("assessed")),
            ),
        ]

    def __str__(self):
        return f"{self.gate} {self.code}"


class Judgement(models.TextChoices):
    KEEP = "keep", _("Keep")
    MERGE = "merge", _("Merge")
    SUNSET = "sunset", _("Sunset")


class CriterionVerdict(models.Model):
    """What its owner decided on a criterion, and why; the last one stands, none ever changes.

    into           of a merged one: the criterion of the same gate that covers it
    shadow_until   a sunset one is asked as advice until then, and no longer from then on
    """

    process = models.CharField(max_length=30)
    gate = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    judgement = models.CharField(max_length=6, choices=Judgement)
    into = models.CharField(max_length=20, blank=True)
    reason = models.TextField()
    assessed = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    shadow_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="judgement_is_known", condition=Q(judgement__in=Judgement.values)
            ),
            models.CheckConstraint(
                name="a_merged_criterion_names_the_one_that_covers_it",
                condition=Q(judgement=Judgement.MERGE) & ~Q(into="") & ~Q(into=F("code"))
                | ~Q(judgement=Judgement.MERGE) & Q(into=""),
            ),
            models.CheckConstraint(
                name="a_sunset_criterion_has_the_end_of_its_shadow",
                condition=Q(judgement=Judgement.SUNSET, shadow_until__isnull=False)
                | ~Q(judgement=Judgement.SUNSET) & Q(shadow_until=None),
            ),
        ]
        indexes = [
            models.Index(fields=["process", "gate", "code", "-id"], name="verdicts_of_a_criterion")
        ]

    def __str__(self):
        return self.get_judgement_display()
