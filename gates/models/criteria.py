"""What a review asks, what the team says about it, and what proves it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gates.models.definitions import Weight
from gates.models.facts import BOUND_WHOLLY, Assessment, Bound

# Nobody judged it, and no measure was read for it.
UNASSESSED = Q(assessed_at=None) & (Q(measure="") | Q(fact=None))
# What an owner may say of a computed criterion beyond its figure: only something worse.
WORSE = (Assessment.PARTLY, Assessment.NOT_MET)


class ReviewCriterion(Bound):
    """A criterion as this review froze it, with the owner's judgement.

    `owner` answers for it; `version` is what an assessor's form must have seen. The state of
    one that is bound to a measure follows its fact (see `CriterionFact`); `judged` is the
    worse state its owner stated, with the reason in `comment`, or blank.
    """

    review = models.ForeignKey("gates.Review", on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=20)
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    weight = models.CharField(max_length=10, choices=Weight)
    text = models.CharField(max_length=400)
    evidence_asked = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="criteria",
    )
    state = models.CharField(max_length=8, choices=Assessment, default=Assessment.NO_DATA)
    judged = models.CharField(max_length=8, choices=Assessment, blank=True)
    comment = models.TextField(blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["review_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="a_criterion_stands_once_in_its_review", fields=["review", "code"]
            ),
            models.CheckConstraint(
                name="assessment_is_known", condition=Q(state__in=Assessment.values)
            ),
            models.CheckConstraint(
                name="an_assessment_names_its_assessor",
                condition=Q(assessed_by=None, assessed_at=None, state=Assessment.NO_DATA)
                | Q(assessed_by=None, assessed_at=None, judged="") & ~Q(measure="")
                | Q(assessed_by__isnull=False, assessed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_review_s_criterion_is_bound_wholly_or_not_at_all", condition=BOUND_WHOLLY
            ),
            models.CheckConstraint(
                name="a_computed_criterion_is_judged_only_worse_and_with_a_reason",
                condition=Q(judged="") | ~Q(measure="") & ~Q(comment="") & Q(judged__in=WORSE),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="criteria_of_an_owner"),
            models.Index(
                fields=["review"], name="criteria_that_are_computed", condition=~Q(measure="")
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"

    def get_absolute_url(self):
        return reverse("gates:criterion", args=[self.pk])

    @property
    def is_must(self):
        return self.weight == Weight.MUST

    @property
    def is_assessed(self):
        """Somebody judged it, or its measure was read, with whatever result."""
        return self.assessed_at is not None or (self.is_bound and hasattr(self, "fact"))


class Evidence(models.Model):
    """A file or a link that proves a criterion; a new version supersedes, nothing is replaced.

    `sha256` is of the file's bytes (of the address, for a link). Evidence that arrives after
    the pack was locked is an addendum and is shown as one.
    """

    criterion = models.ForeignKey(
        ReviewCriterion, on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField(default=1)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="evidence/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    is_addendum = models.BooleanField(default=False)
    dated_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["criterion_id", "title", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="evidence_has_one_text_per_version", fields=["criterion", "title", "version"]
            ),
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_link",
                condition=Q(link="") & ~Q(file="") | ~Q(link="") & Q(file=""),
            ),
        ]

    def __str__(self):
        return f"{self.title} v{self.version}"


class Question(models.Model):
    """A decider's question on a criterion, and the team's answer."""

    criterion = models.ForeignKey(
        ReviewCriterion, on_delete=models.PROTECT, related_name="questions"
    )
    text = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["criterion_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answer_names_who_gave_it",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.text[:80]
