"""Who walks a path, in which cohort, and how far they have come."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Cohort(models.Model):
    """People who walk a path together; those who wait are drawn into one by lottery."""

    code = models.CharField(max_length=20, unique=True)
    path = models.ForeignKey("teams.LearningPath", on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    places = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                name="a_cohort_ends_after_it_starts",
                condition=Q(ends_on__gt=models.F("starts_on")),
            )
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("teams:cohort", args=[self.code])


class EnrolmentState(models.TextChoices):
    WAITING = "waiting", _("On the waiting list")
    ACTIVE = "active", _("On the path")
    CERTIFIED = "certified", _("Certified")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (EnrolmentState.WAITING, EnrolmentState.ACTIVE)
HELD = (*OPEN, EnrolmentState.CERTIFIED)  # who has a cohort has one of its places


class Enrolment(models.Model):
    """One person on one path.

    `manager` agrees to the development plan and sees how far the person is, no marks.
    `credits`, of 100, and `stage` are kept by `actions.academy.progress`.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    path = models.ForeignKey(
        "teams.LearningPath", on_delete=models.PROTECT, related_name="enrolments"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.WAITING)
    enrolled_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    credits = models.PositiveSmallIntegerField(default=0)
    stage = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-enrolled_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_enrolment_per_person_and_path",
                fields=["person", "path"],
                condition=Q(state__in=["waiting", "active"]),
            ),
            models.CheckConstraint(
                name="the_state_of_an_enrolment_is_known",
                condition=Q(state__in=EnrolmentState.values),
            ),
            models.CheckConstraint(
                name="who_is_on_a_path_has_started",
                condition=Q(started_on__isnull=False) | Q(state__in=["waiting", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="nobody_manages_themselves_on_a_path",
                condition=Q(manager=None) | ~Q(manager=models.F("person")),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "state"], name="enrolments_of_a_path"),
            models.Index(fields=["cohort", "state"], name="enrolments_of_a_cohort"),
        ]

    def __str__(self):
        return f"{self.person_id} {self.path_id}"

    def get_absolute_url(self):
        return reverse("teams:enrolment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def get_state_display(self) -> str:
        """The state in words; who has a place waits for its cohort's first day, for no draw."""
        if self.state == EnrolmentState.WAITING and self.cohort_id:
            return str(_("Has a place"))
        return str(EnrolmentState(self.state).label)


class ResultState(models.TextChoices):
    STARTED = "started", _("Started")
    SUBMITTED = "submitted", _("Handed in")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not yet")


class ElementResult(models.Model):
    """How far an element of a path is for one learner; the only place that says so.

    `ref` names a part (a module, a scenario); blank is the element as a whole, which
    `actions.academy.progress` works out from its parts. Rooms report what happened; nobody
    writes these rows but that action.

    score      percent, where the element has one; shown to the learner alone
    level      least level that any assessor gave in any criterion, where there is a rubric
    assessors  how many have rated
    agreed     roles that signed: learner, mentor, manager, host, assessor, board
    is_fatal   a fatal error was made
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="results")
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="results"
    )
    ref = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ResultState)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    level = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    assessors = models.PositiveSmallIntegerField(default=0)
    agreed = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    is_fatal = models.BooleanField(default=False)
    started_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment_id", "element_id", "ref"]
        constraints = [
            models.UniqueConstraint(
                name="one_result_per_learner_element_and_part",
                fields=["enrolment", "element", "ref"],
            ),
            models.CheckConstraint(
                name="the_state_of_a_result_is_known", condition=Q(state__in=ResultState.values)
            ),
            models.CheckConstraint(
                name="what_is_done_has_its_day",
                condition=~Q(state="done") | Q(done_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_score_is_a_percentage_of_the_path",
                condition=Q(score=None) | Q(score__range=(0, 100)),
            ),
        ]
        indexes = [
            models.Index(
                name="scores_of_an_element",
                fields=["element"],
                include=["enrolment", "score"],
                condition=Q(ref="", score__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.element_id} {self.ref}"
