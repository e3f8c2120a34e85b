"""Measures that read what a test says, and criteria bound to them."""

from decimal import Decimal

from django.utils import timezone

from gates.models import CriterionFact, ReviewCriterion
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Measure, Reading, Unit


class Gauge:
    """A measure whose readings are set by hand; `asked` are the sets it was computed for."""

    def __init__(self, key="gauge", unit=Unit.PERCENT, route="ipd:product"):
        self.readings: dict[int, Reading] = {}
        self.asked: list[set[int]] = []
        self.measure = Measure(key, "Gauge reading", unit, True, self.compute, route)
        MEASURES[key] = self.measure

    def compute(self, product_ids, first, last):
        self.asked.append(set(product_ids))
        return {pk: self.readings[pk] for pk in product_ids if pk in self.readings}

    def set(self, product, numerator, denominator=100, **fields):
        fields.setdefault("as_of", today())
        self.readings[product.pk] = Reading(numerator, denominator, 100, **fields)


def bind(review, code, gauge, *, operator=">=", threshold=95, partly=90) -> ReviewCriterion:
    """Bind the review's criterion as a booking would have done, not read yet."""
    criterion = review.criteria.get(code=code)
    criterion.measure, criterion.operator = gauge.measure.key, operator
    criterion.threshold = Decimal(threshold)
    criterion.partly = None if partly is None else Decimal(partly)
    criterion.state, criterion.assessed_by, criterion.assessed_at = "no_data", None, None
    criterion.save()
    return criterion


def fact(criterion, state="met", figure=95, **fields) -> CriterionFact:
    """A fact as it was read just now; the criterion follows it."""
    criterion.state = state
    criterion.save()
    given = {
        "numerator": figure,
        "denominator": 100,
        "n": 100,
        "status": "measured",
        "as_of": today(),
        "figure": None if figure is None else Decimal(figure),
        "read_at": timezone.now(),
    }
    return CriterionFact.objects.create(criterion=criterion, state=state, **(given | fields))


def state_of(criterion) -> tuple[str, Decimal | None]:
    """The criterion's state and its fact's figure, as they are now."""
    criterion.refresh_from_db()
    return criterion.state, criterion.fact.figure
