"""What gates tell of themselves: first pass, strictly first pass, on time."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from gates.models import Review
from gates.models.reviews import Stage
from ipd.kernel.measures import Reading, measure

ON_TIME_WITHIN = timedelta(days=7)


def _first_attempts(product_ids: Iterable[int]):
    return Review.objects.real().filter(
        product__in=product_ids, attempt=1, gate__in_statistics=True, gate__unplanned=False
    )


def _readings(rows, condition: Q) -> dict[int, Reading]:
    counted = rows.values("product").annotate(n=Count("pk"), hits=Count("pk", filter=condition))
    return {row["product"]: Reading(row["hits"], row["n"], row["n"]) for row in counted}


@measure(key="gate_first_pass", label=_("Gates passed at the first attempt"))
def gate_first_pass(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed, also with conditions or risk."""
    held = _first_attempts(product_ids).filter(stage=Stage.DECIDED, held_on__range=(first, last))
    return _readings(held, Q(outcome__passes=True))


@measure(key="gate_first_pass_strict", label=_("Gates passed cleanly at the first attempt"))
def gate_first_pass_strict(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed with nothing left over."""
    held = _first_attempts(product_ids).filter(stage=Stage.DECIDED, held_on__range=(first, last))
    return _readings(held, Q(outcome__passes_clean=True))


@measure(key="gate_on_time", label=_("Gates held on time"))
def gate_on_time(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts due in the period: those held within seven days of their baseline."""
    due = _first_attempts(product_ids).filter(baseline_on__range=(first, last))
    return _readings(due, Q(held_on__lte=F("baseline_on") + ON_TIME_WITHIN))
