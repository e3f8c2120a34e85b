"""What first attempts at gates tell: passed, passed cleanly, held on time."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gates.models import Review, ReviewCriterion
from gates.models.facts import Assessment
from gates.models.reviews import Stage
from ipd.kernel.measures import Reading, measure, shares

ON_TIME_WITHIN = timedelta(days=7)
PASSED = Q(outcome__passes=True)


def _first_attempts(product_ids: Iterable[int]):
    return Review.objects.real().filter(
        product__in=product_ids, attempt=1, gate__in_statistics=True, gate__unplanned=False
    )


def _held(product_ids: Iterable[int], first: date, last: date):
    return _first_attempts(product_ids).filter(stage=Stage.DECIDED, held_on__range=(first, last))


@measure(key="gate_first_pass", label=_("Gates passed at the first attempt"), of_events=True)
def gate_first_pass(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed, also with conditions or risk."""
    return shares(_held(product_ids, first, last), PASSED)


@measure(
    key="gate_first_pass_strict",
    label=_("Gates passed cleanly at the first attempt"),
    of_events=True,
)
def gate_first_pass_strict(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed with nothing left over."""
    return shares(_held(product_ids, first, last), Q(outcome__passes_clean=True))


@measure(
    key="decisions_first_pass",
    label=_("Decision gates passed at the first attempt"),
    of_events=True,
)
def decisions_first_pass(product_ids, first: date, last: date) -> dict[int, Reading]:
    """The same of the gates that feed no other: where the board decides."""
    return shares(_held(product_ids, first, last).filter(gate__feeds=None), PASSED)


@measure(
    key="reviews_first_pass",
    label=_("Technical reviews passed at the first attempt"),
    of_events=True,
)
def reviews_first_pass(product_ids, first: date, last: date) -> dict[int, Reading]:
    """The same of the reviews that feed a decision gate."""
    return shares(_held(product_ids, first, last).exclude(gate__feeds=None), PASSED)


@measure(key="gate_on_time", label=_("Gates held on time"), of_events=True)
def gate_on_time(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts due in the period: those held within seven days of their baseline."""
    due = _first_attempts(product_ids).filter(baseline_on__range=(first, last))
    return shares(due, Q(held_on__lte=F("baseline_on") + ON_TIME_WITHIN))


@measure(
    key="review_elements_met", label=_("Elements met at the first technical review"), of_events=True
)
def review_elements_met(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of the elements judged at first attempts of technical reviews in the period: those met."""
    judged = ReviewCriterion.objects.filter(
        review__in=_held(product_ids, first, last).exclude(gate__feeds=None)
    ).exclude(state=Assessment.NO_DATA)
    return shares(judged, Q(state=Assessment.MET), by="review__product")
