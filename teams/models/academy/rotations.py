"""Rotations: weeks in another function or at a field site, rated by the host."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from teams.models.academy.assignments import LEVEL_IS_ONE_OF_FIVE


class RotationKind(models.TextChoices):
    FUNCTION = "function", _("Another function")
    FIELD = "field", _("Customer or field site")


class RotationState(models.TextChoices):
    PLANNED = "planned", _("Waits for the host")
    AGREED = "agreed", _("Agreed")
    LEFT = "left", _("Waits for the host's feedback")
    PASSED = "passed", _("Passed")
    NOT_YET = "not_yet", _("Not yet")
    CANCELLED = "cancelled", _("Cancelled")


# An assignment with this rubric is a rotation: its host rates it, nobody else.
HOSTS_RUBRIC = "RB-ROTATION"
UNDECIDED = [RotationState.PLANNED, RotationState.AGREED, RotationState.LEFT]
# Whose working time it takes, or took.
TAKES_TIME = [*UNDECIDED, RotationState.PASSED, RotationState.NOT_YET]


def is_rotation(element) -> bool:
    """Whether an assignment of the path (with its rubric) is done with a host."""
    return element.rubric_id is not None and element.rubric.code == HOSTS_RUBRIC


class Rotation(models.Model):
    """A learner's weeks with a host.

    covered     seats whose deputies stand in for these weeks; they take no time of the learner
    by_product  what stays behind, and is of use to the host without the learner
    remark      why it was cancelled, or what the host says beside the criteria
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="rotations"
    )
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="rotations"
    )
    kind = models.CharField(max_length=8, choices=RotationKind)
    from_function = models.ForeignKey(
        "teams.Function", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_site = models.ForeignKey(
        "teams.Site", null=True, on_delete=models.PROTECT, related_name="+"
    )
    host_function = models.ForeignKey(
        "teams.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    host_site = models.ForeignKey(
        "teams.Site", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    host_team = models.ForeignKey(
        "teams.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hosted_rotations"
    )
    goal = models.TextField()
    period = DateRangeField()
    allocation_percent = models.PositiveSmallIntegerField()
    covered = models.ManyToManyField("teams.Seat", blank=True, related_name="+")
    by_product = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=RotationState, default=RotationState.PLANNED)
    remark = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_rotation_of_an_element_is_open",
                fields=["enrolment", "element"],
                condition=Q(state__in=UNDECIDED),
            ),
            models.CheckConstraint(
                name="the_state_of_a_rotation_is_known", condition=Q(state__in=RotationState.values)
            ),
            models.CheckConstraint(
                name="a_rotation_takes_at_most_full_time",
                condition=Q(allocation_percent__range=(1, 100)),
            ),
            models.CheckConstraint(
                name="a_rotation_s_host_has_a_function_or_a_site",
                condition=Q(kind=RotationKind.FUNCTION, host_function__isnull=False)
                | Q(kind=RotationKind.FIELD, host_site__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rotation_leads_out_of_the_own_function",
                condition=~Q(kind=RotationKind.FUNCTION)
                | Q(from_function=None)
                | ~Q(from_function=F("host_function")),
            ),
            models.CheckConstraint(
                name="who_leaves_leaves_something_behind",
                condition=~Q(state__in=[RotationState.LEFT, RotationState.PASSED])
                | ~Q(by_product=""),
            ),
            models.CheckConstraint(
                name="a_rotation_has_its_first_and_last_day",
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["host", "state"], name="rotations_of_a_host")]

    def __str__(self):
        return f"{self.enrolment_id} {self.element_id}"

    def get_absolute_url(self):
        return reverse("teams:rotation", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in UNDECIDED

    @property
    def last_day(self) -> date:
        return self.period.upper - timedelta(days=1)

    @property
    def tone(self) -> str:
        return {"planned": "info", "left": "info", "passed": "on", "not_yet": "risk"}.get(
            self.state, "none"
        )


class RotationRating(models.Model):
    """The level that the host saw in one criterion, and why; it is never changed."""

    rotation = models.ForeignKey(Rotation, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(
        "teams.RubricCriterion", on_delete=models.PROTECT, related_name="+"
    )
    level = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["rotation_id", "criterion_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_host_rates_each_criterion_once", fields=["rotation", "criterion"]
            ),
            models.CheckConstraint(
                name="a_rotation_is_rated_at_one_of_five_levels", condition=LEVEL_IS_ONE_OF_FIVE
            ),
        ]

    def __str__(self):
        return f"{self.rotation_id} {self.criterion_id}"
