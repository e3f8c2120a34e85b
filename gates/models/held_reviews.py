"""What reviews tell of the process itself: how long, how many hours, and what they changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipd.models.products import MaybeOfProductQuerySet


class DecisionKind(models.TextChoices):
    """Kinds of decisions; a figure over all of them hides the costly ones."""

    DECISION = "decision", _("Decision gates")
    TECHNICAL = "technical", _("Technical reviews")
    UNPLANNED = "unplanned", _("Unplanned decisions")
    OFFLINE = "offline", _("Off-line decisions")


class HeldReviewQuerySet(MaybeOfProductQuerySet):
    of_product = "review__product"


HOURS = F("meeting_hours") + Coalesce("preparing_hours", 0.0) + Coalesce("reading_hours", 0.0)


class HeldReview(models.Model):
    """One row for each held review; `review` is none of one that was held elsewhere.

    code, title      name one that was held elsewhere
    asked_on         when a decision was required: the team's pack was complete
    told_on          when it was decided, documented and communicated
    people           who took part; the hours are all of theirs together
    meeting_hours    none where nobody knows; then the other hours do not count either
    is_as_recommended, is_unanimous   none where no recommendation or no vote was recorded
    has_changed      the outcome was another than recommended, or it gave a condition
    deferrals        meetings before that ended without a decision
    musts, waived    must-criteria that were assessed, and those of them that were waived
    is_reopened      reversed or decided anew within 90 days
    version          counts what people stated of its hours
    """

    review = models.OneToOneField(
        "gates.Review", null=True, blank=True, on_delete=models.PROTECT, related_name="told"
    )
    code = models.CharField(max_length=30, null=True, blank=True, unique=True)
    title = models.CharField(max_length=120, blank=True)
    line = models.ForeignKey("ipd.ProductLine", on_delete=models.PROTECT, related_name="+")
    gate = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=DecisionKind)
    asked_on = models.DateField(null=True, blank=True)
    held_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    preparing_hours = models.FloatField(null=True, blank=True)
    reading_hours = models.FloatField(null=True, blank=True)
    meeting_hours = models.FloatField(null=True, blank=True)
    is_as_recommended = models.BooleanField(null=True, blank=True)
    is_unanimous = models.BooleanField(null=True, blank=True)
    has_changed = models.BooleanField(default=False)
    deferrals = models.PositiveSmallIntegerField(default=0)
    musts = models.PositiveSmallIntegerField(default=0)
    waived = models.PositiveSmallIntegerField(default=0)
    is_reopened = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = HeldReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_held_review_is_of_here_or_named",
                condition=Q(review__isnull=False, code=None) | Q(review=None, code__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decision_is_told_after_it_was_asked_for",
                condition=Q(asked_on=None) | Q(told_on=None) | Q(told_on__gte=F("asked_on")),
            ),
            models.CheckConstraint(
                name="kind_of_decision_is_known", condition=Q(kind__in=DecisionKind.values)
            ),
        ]
        indexes = [
            models.Index(fields=["held_on"], name="held_reviews_by_day"),
            models.Index(fields=["line", "held_on"], name="held_reviews_of_a_line"),
        ]

    def __str__(self):
        return self.title or str(self.review)

    @property
    def days(self) -> int | None:
        """From asked to told."""
        if self.asked_on is None or self.told_on is None:
            return None
        return (self.told_on - self.asked_on).days

    @property
    def hours(self) -> float | None:
        if self.meeting_hours is None:
            return None
        return self.meeting_hours + (self.preparing_hours or 0) + (self.reading_hours or 0)


class Recommendation(models.Model):
    """The outcome that the team's leader recommends; stands still once votes are open."""

    review = models.OneToOneField(
        "gates.Review", on_delete=models.PROTECT, related_name="recommendation"
    )
    outcome = models.ForeignKey("gates.Outcome", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self):
        return str(self.outcome)


class HourCost(models.Model):
    """What an hour of a review costs the company from a day on, in its own currency."""

    valid_from = models.DateField(unique=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(name="an_hour_costs_something", condition=Q(amount__gt=0))
        ]

    def __str__(self):
        return f"{self.valid_from}"
