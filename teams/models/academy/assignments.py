"""Practice: what a learner is asked to do, hands in, and how assessors rated it, each alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEVEL_IS_ONE_OF_FIVE = Q(level__range=(1, 5))


class AssignmentState(models.TextChoices):
    OPEN = "open", _("Being worked on")
    HANDED_IN = "handed_in", _("Handed in")
    PASSED = "passed", _("Passed")
    NOT_YET = "not_yet", _("Not yet")


UNDECIDED = [AssignmentState.OPEN, AssignmentState.HANDED_IN]


class Assignment(models.Model):
    """One learner's work on one element of the path; `number` counts the tries.

    brief    what it is about: which review, which plan, agreed with whom
    text     what the learner writes; handing in keeps it as a version
    version  counts the changes of the work, so that nobody rates what has moved on
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="assignments"
    )
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="assignments"
    )
    number = models.PositiveSmallIntegerField(default=1)
    brief = models.TextField()
    started_on = models.DateField()
    due_on = models.DateField()
    text = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=AssignmentState, default=AssignmentState.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="the_tries_of_an_assignment_are_numbered",
                fields=["enrolment", "element", "number"],
            ),
            models.UniqueConstraint(
                name="one_try_of_an_assignment_is_open",
                fields=["enrolment", "element"],
                condition=Q(state__in=UNDECIDED),
            ),
            models.CheckConstraint(
                name="the_state_of_an_assignment_is_known",
                condition=Q(state__in=AssignmentState.values),
            ),
            models.CheckConstraint(
                name="an_assignment_is_decided_on_a_day",
                condition=Q(state__in=UNDECIDED, decided_on=None)
                | ~Q(state__in=UNDECIDED) & Q(decided_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="assignments_by_state"),
            models.Index(fields=["-started_on", "-id"], name="assignments_newest_first"),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.element_id} {self.number}"

    def get_absolute_url(self):
        return reverse("teams:assignment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == AssignmentState.OPEN

    @property
    def is_decided(self) -> bool:
        return self.state not in UNDECIDED


class AssignmentPiece(models.Model):
    """A file or a link that belongs to the work; `sha256` is of its bytes or of its address.

    What was handed in once stays in its version, also when it is taken out of the next.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="pieces")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="assignments/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    is_removed = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["assignment_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_piece_of_work_is_a_file_or_a_link",
                condition=Q(link="") & ~Q(file="") | ~Q(link="") & Q(file=""),
            )
        ]

    def __str__(self):
        return self.title


class AssignmentVersion(models.Model):
    """The work as it was handed in; `sha256` is of its text and of its pieces' hashes."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    pieces = models.ManyToManyField(AssignmentPiece, related_name="versions")
    sha256 = models.CharField(max_length=64)
    handed_in_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["assignment_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="the_versions_of_a_work_are_numbered", fields=["assignment", "number"]
            )
        ]

    def __str__(self):
        return f"{self.assignment_id} {self.number}"


class AssignmentAssessor(models.Model):
    """Somebody who rates a work alone; nobody else reads it before all have rated.

    accepted  said at once where the element has no rubric: a word of acceptance, or not yet
    remark    to the learner, beside the criteria
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="assessors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_on = models.DateField()
    rated_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["assignment_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="somebody_assesses_a_work_once", fields=["assignment", "person"]
            ),
            models.CheckConstraint(
                name="an_assessor_says_nothing_before_rating",
                condition=Q(rated_at__isnull=False) | Q(accepted=None, remark=""),
            ),
        ]
        indexes = [models.Index(fields=["person", "rated_at"], name="works_of_an_assessor")]

    def __str__(self):
        return f"{self.person_id} {self.assignment_id}"


class AssignmentRating(models.Model):
    """The level that an assessor saw in one criterion, and why; it is never changed."""

    assessor = models.ForeignKey(
        AssignmentAssessor, on_delete=models.PROTECT, related_name="ratings"
    )
    criterion = models.ForeignKey(
        "teams.RubricCriterion", on_delete=models.PROTECT, related_name="+"
    )
    level = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["assessor_id", "criterion_id"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessor_rates_each_criterion_once", fields=["assessor", "criterion"]
            ),
            models.CheckConstraint(
                name="a_work_is_rated_at_one_of_five_levels", condition=LEVEL_IS_ONE_OF_FIVE
            ),
        ]

    def __str__(self):
        return f"{self.assessor_id} {self.criterion_id}"
