"""Learning paths: stages, their elements and exits, rubrics, and tests before and after."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ElementKind(models.TextChoices):
    MODULE = "MODULE", _("Modules")
    ASSESSMENT = "ASSESSMENT", _("Assessment")
    ASSIGNMENT = "ASSIGNMENT", _("Assignment")
    SIMULATION = "SIMULATION", _("Crisis simulation")
    MENTORING = "MENTORING", _("Mentoring")
    PEER_REVIEW = "PEER_REVIEW", _("Review by colleagues")
    REFLECTION = "REFLECTION", _("Reflection")
    PDP = "PDP", _("Development plan")
    BOARD = "BOARD", _("Board interview")


class LearningPath(models.Model):
    """One version of a path. People finish on the version on which they began.

    `source` is the whole file, as it came in and goes out again.
    """

    code = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    weeks = models.PositiveSmallIntegerField()
    certificate_months = models.PositiveSmallIntegerField()
    recertify = models.TextField(blank=True)
    experiential_percent = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)
    source = models.TextField()

    class Meta:
        ordering = ["code", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_path_has_each_version_once", fields=["code", "version"]
            ),
            models.UniqueConstraint(
                name="one_version_of_a_path_is_current",
                fields=["code"],
                condition=Q(is_current=True),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("teams:academy-path", args=[self.pk])


class InWeeks:
    """What lies in weeks of a path, the first and the last included."""

    @property
    def span(self) -> str:
        """As a table shows it: "1", "5–12"."""
        first, last = self.from_week, self.to_week
        return str(first) if first == last else f"{first}–{last}"

    @property
    def weeks(self) -> str:
        """As it is said: "week 1", "weeks 5–12"."""
        text = (
            gettext("week %(span)s")
            if self.from_week == self.to_week
            else gettext("weeks %(span)s")
        )
        return text % {"span": self.span}


class PathStage(InWeeks, models.Model):
    """A stretch of the path; `exit_rules` is a list of objects as FORMATS.md describes them."""

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    from_week = models.PositiveSmallIntegerField()
    to_week = models.PositiveSmallIntegerField()
    purpose = models.TextField(blank=True)
    exit_text = models.TextField(blank=True)
    exit_rules = models.JSONField(default=list)

    class Meta:
        ordering = ["path_id", "number"]
        constraints = [
            models.UniqueConstraint(name="a_path_s_stages_are_numbered", fields=["path", "number"]),
            models.CheckConstraint(
                name="a_stage_ends_after_it_begins", condition=Q(to_week__gte=F("from_week"))
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class Rubric(models.Model):
    """What assessors look at, in criteria of five described levels."""

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="rubrics")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["path_id", "code"]
        constraints = [
            models.UniqueConstraint(name="a_path_s_rubric_is_said_once", fields=["path", "code"])
        ]

    def __str__(self):
        return self.title


class RubricCriterion(models.Model):
    """One criterion of a rubric; `levels` are five texts, `weight` is in percent of the rubric."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    competency = models.ForeignKey(
        "teams.Competency", on_delete=models.PROTECT, related_name="criteria"
    )
    weight = models.PositiveSmallIntegerField()
    levels = models.JSONField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rubric_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_rubric_s_criterion_is_said_once", fields=["rubric", "code"]
            )
        ]

    def __str__(self):
        return self.name


class PathElement(InWeeks, models.Model):
    """One thing to do on a path.

    `refs` are codes of modules, slugs of scenarios, codes of reflections or of a path's test;
    `choose` says how many of them are needed (all, where it is None). `credit` is the share of
    the path's 100 credits. `pass_level` is the least level of every criterion of the rubric that
    each of `assessors` has to give.
    """

    stage = models.ForeignKey(PathStage, on_delete=models.CASCADE, related_name="elements")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=ElementKind)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    from_week = models.PositiveSmallIntegerField()
    to_week = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField(default=0)
    credit = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=True)
    refs = models.JSONField(default=list)
    choose = models.PositiveSmallIntegerField(null=True, blank=True)
    rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="elements"
    )
    assessors = models.PositiveSmallIntegerField(default=0)
    pass_level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["stage_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_stage_s_element_is_said_once", fields=["stage", "code"]
            ),
            models.CheckConstraint(
                name="the_kind_of_an_element_is_known", condition=Q(kind__in=ElementKind.values)
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def needed(self) -> int:
        """How many of its parts have to be done; one where it has none."""
        return self.choose or len(self.refs) or 1


class PathTest(models.Model):
    """A test over several pools, before or after the path; it has no cut score.

    One item is drawn for each module, difficulty and `draw_each`; the items that the test
    `avoid` showed to the same learner are not met again.
    """

    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="tests")
    code = models.CharField(max_length=20)
    element = models.CharField(max_length=20)
    modules = models.JSONField()
    difficulties = models.JSONField()
    draw_each = models.PositiveSmallIntegerField(default=1)
    avoid = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["path_id", "code"]
        constraints = [
            models.UniqueConstraint(name="a_path_s_test_is_said_once", fields=["path", "code"]),
            models.UniqueConstraint(
                name="an_element_of_a_path_has_one_test", fields=["path", "element"]
            ),
        ]

    def __str__(self):
        return self.code
