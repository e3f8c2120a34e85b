"""What was asked of somebody, what they answered, and what is known of an item by it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

HANDED_IN = Q(submitted_at__isnull=False, right__isnull=False, score__isnull=False)
OPEN = Q(submitted_at=None, right=None, score=None, passed=None)


class Attempt(models.Model):
    """One try at the assessment of a module, or at a path's test; a submitted one never changes.

    `sheet` is what was drawn, in order: objects with `item` (its row), `code`, `order` (how its
    options or steps are shown) and, once there is one, `answer`; after submission `right`.
    `version`, `cut_percent` and `wait_hours` are the pool's as they were; a test has no cut, and
    nobody passes or fails it. `score` is percent, for the learner alone.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    module = models.ForeignKey(
        "teams.LearningModule",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    test = models.ForeignKey(
        "teams.PathTest", null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    enrolment = models.ForeignKey(
        "teams.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField(default=1)
    version = models.CharField(max_length=20, blank=True)
    cut_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    wait_hours = models.PositiveSmallIntegerField(default=0)
    sheet = models.JSONField(default=list)
    asked = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_attempt_per_person_and_module",
                fields=["person", "module"],
                condition=Q(submitted_at=None),
            ),
            models.UniqueConstraint(
                name="attempts_at_a_module_are_numbered", fields=["person", "module", "number"]
            ),
            models.UniqueConstraint(
                name="a_test_is_sat_once_per_enrolment", fields=["enrolment", "test"]
            ),
            models.CheckConstraint(
                name="an_attempt_is_at_a_module_or_at_a_test_of_an_enrolment",
                condition=Q(module__isnull=False, test=None, enrolment=None)
                | Q(module=None, test__isnull=False, enrolment__isnull=False),
            ),
            models.CheckConstraint(
                name="an_attempt_is_submitted_wholly_or_not_at_all", condition=HANDED_IN | OPEN
            ),
            models.CheckConstraint(
                name="only_an_assessment_with_a_cut_is_passed",
                condition=Q(submitted_at=None)
                | Q(cut_percent__isnull=False, passed__isnull=False)
                | Q(cut_percent=None, passed=None),
            ),
            models.CheckConstraint(
                name="no_more_is_right_than_was_asked",
                condition=Q(right=None) | Q(right__lte=F("asked")),
            ),
        ]
        indexes = [models.Index(fields=["module", "submitted_at"], name="attempts_at_a_module")]

    def __str__(self):
        return f"{self.person_id} {self.module_id or self.test_id} {self.number}"

    def get_absolute_url(self):
        return reverse("teams:attempt", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None


class ItemStatistic(models.Model):
    """What answers say of an item: sums that each submission adds to, never the answers.

    Only a person's first meeting with the item counts. `rest` is the percentage of the other
    items of the same sheet that were right: its sum, the sum of its squares, and its sum over
    those who had the item right.
    """

    item = models.OneToOneField(
        "teams.ModuleItem", on_delete=models.CASCADE, related_name="statistic", primary_key=True
    )
    n = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    rest = models.FloatField(default=0)
    rest_squared = models.FloatField(default=0)
    rest_when_right = models.FloatField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="no_more_have_an_item_right_than_met_it", condition=Q(right__lte=F("n"))
            )
        ]

    def __str__(self):
        return f"{self.item_id} {self.n}"
