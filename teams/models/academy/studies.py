"""What training is judged by: studies said beforehand, with a group beside the trained."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    SHARE = "share", _("Happened or not, by person")
    CHANGE = "change", _("Before and after, by team")


class Design(models.TextChoices):
    LOTTERY = "lottery", _("Waiting list, drawn by lottery")
    MATCHED = "matched", _("Matched comparison")


class Arm(models.TextChoices):
    TRAINED = "trained", _("Trained")
    COMPARISON = "comparison", _("Comparison")


class Study(models.Model):
    """One question about a path's effect, put down before its outcome is known.

    measured    what is counted: "promotion", "team score, points"
    months      how long after the training it is looked at
    matched_on  what the comparison group has in common with the trained
    Once it has rows, nothing of it changes (a trigger refuses it).
    """

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=200)
    path_code = models.CharField(max_length=20)
    outcome = models.CharField(max_length=8, choices=Outcome)
    measured = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField()
    design = models.CharField(max_length=8, choices=Design)
    matched_on = models.CharField(max_length=200, blank=True)
    registered_on = models.DateField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["registered_on", "pk"]
        verbose_name_plural = "studies"
        constraints = [
            models.CheckConstraint(
                name="the_outcome_of_a_study_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="the_design_of_a_study_is_known", condition=Q(design__in=Design.values)
            ),
            models.CheckConstraint(
                name="a_matched_study_says_on_what_it_is_matched",
                condition=~Q(design="matched") | ~Q(matched_on=""),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("teams:study", args=[self.pk])


class StudyCohort(models.Model):
    """A cohort whose people a study follows; one study is primary for it, the others explore."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cohorts")
    cohort = models.ForeignKey("teams.Cohort", on_delete=models.PROTECT, related_name="studies")
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["study_id", "cohort_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_study_follows_a_cohort_once", fields=["study", "cohort"]
            ),
            models.UniqueConstraint(
                name="one_study_is_primary_for_a_cohort",
                fields=["cohort"],
                condition=Q(is_primary=True),
            ),
        ]


class StudyRow(models.Model):
    """What came out for one person or team; `reference` names them in the study's own way."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="rows")
    arm = models.CharField(max_length=10, choices=Arm)
    reference = models.CharField(max_length=40)
    happened = models.BooleanField(null=True, blank=True)
    before = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["study_id", "arm", "reference"]
        constraints = [
            models.UniqueConstraint(
                name="a_study_looks_at_each_once", fields=["study", "reference"]
            ),
            models.CheckConstraint(
                name="the_arm_of_a_study_is_known", condition=Q(arm__in=Arm.values)
            ),
            models.CheckConstraint(
                name="a_study_s_row_says_what_happened_or_what_was_before_and_after",
                condition=Q(happened__isnull=False, before=None, after=None)
                | Q(happened=None, before__isnull=False, after__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.study_id} {self.reference}"


class LineKind(models.TextChoices):
    COST = "cost", _("Cost")
    BENEFIT = "benefit", _("Benefit")


class ReturnLine(models.Model):
    """One assumption of what a path costs and brings in a year, as a range, in the company's
    currency."""

    path_code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=LineKind)
    text = models.CharField(max_length=200)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    base = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["path_code", "-year", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_assumption_stands_once_in_its_year",
                fields=["path_code", "year", "kind", "text"],
            ),
            models.CheckConstraint(
                name="the_kind_of_an_assumption_is_known", condition=Q(kind__in=LineKind.values)
            ),
            models.CheckConstraint(
                name="an_assumption_goes_from_low_to_high",
                condition=Q(low__gte=0, low__lte=F("base"), base__lte=F("high")),
            ),
        ]

    def __str__(self):
        return self.text
