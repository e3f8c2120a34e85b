"""How requirements hang together, how they are verified, and what happened to each."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ipd.models.requirement_words import LEVELS, TRACING, Level, LinkKind, Method, Result, StepKind
from ipd.models.requirements import Requirement


def descending(upper: str, lower: str) -> Q:
    """The pairs of levels that lead down; so no trace can come back to where it began."""
    pairs = (
        Q(**{upper: level, f"{lower}__in": LEVELS[place + 1 :]})
        for place, level in enumerate(LEVELS[:-1])
    )
    return Q(*pairs, _connector=Q.OR)


class RequirementLink(models.Model):
    """`lower` is derived from (satisfies, verifies, conflicts with) `upper`.

    A derived or satisfying one stands on a lower level than its upper one, whose levels the
    link repeats: the database fills them in. A conflict has no direction and is kept once.
    """

    kind = models.CharField(max_length=10, choices=LinkKind, default=LinkKind.DERIVES)
    upper = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="links_down")
    lower = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="links_up")
    upper_level = models.CharField(max_length=2, choices=Level)
    lower_level = models.CharField(max_length=2, choices=Level)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="two_requirements_are_linked_once_in_a_way",
                fields=["upper", "lower", "kind"],
            ),
            models.CheckConstraint(
                name="a_requirement_is_not_linked_to_itself", condition=~Q(upper=F("lower"))
            ),
            models.CheckConstraint(
                name="a_trace_leads_down_the_levels",
                condition=~Q(kind__in=TRACING) | descending("upper_level", "lower_level"),
            ),
            models.CheckConstraint(
                name="a_conflict_is_kept_once",
                condition=~Q(kind=LinkKind.CONFLICTS) | Q(upper__lt=F("lower")),
            ),
            models.CheckConstraint(
                name="a_requirement_link_s_kind_is_known",
                condition=Q(kind__in=LinkKind.values),
            ),
        ]
        indexes = [models.Index(fields=["lower", "upper_level"], name="links_up")]

    def __str__(self):
        return f"{self.lower_id} {self.kind} {self.upper_id}"


class Verification(models.Model):
    """One test (analysis, inspection …) of a requirement, and how it ended."""

    requirement = models.ForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="verifications"
    )
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    method = models.CharField(max_length=14, choices=Method, default=Method.TEST)
    result = models.CharField(max_length=8, choices=Result, default=Result.NOT_RUN)
    run_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["requirement_id", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_verification_stands_once_at_its_requirement",
                fields=["requirement", "code"],
            ),
            models.CheckConstraint(
                name="a_verification_that_ran_has_its_day",
                condition=Q(result=Result.NOT_RUN) | Q(run_on__isnull=False),
            ),
            models.CheckConstraint(
                name="verification_result_is_known", condition=Q(result__in=Result.values)
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class RequirementStep(models.Model):
    """One step of a requirement's way, with its moment; appended, never changed."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["requirement_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(name="step_kind_is_known", condition=Q(kind__in=StepKind.values))
        ]
        indexes = [models.Index(fields=["requirement", "kind", "at"], name="steps_of_a_kind")]

    def __str__(self):
        return self.kind
