"""Measures of earned value beside its indices: variances, the estimate against the first budget."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.models.money import MovementKind
from ipd.queries import earned_value, money_facts

CHANGE = MovementKind.CHANGE


@measure(
    key="cost_variance",
    label=_("Cost variance (CV)"),
    unit=Unit.MONEY,
    route="ipd:money",
    together="sum",
)
def cost_variance(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Earned value less actual cost, at the end of the last closed month."""
    return _amounts(product_ids, last, lambda value: value.cv)


@measure(
    key="schedule_variance",
    label=_("Schedule variance (SV)"),
    unit=Unit.MONEY,
    route="ipd:money",
    together="sum",
)
def schedule_variance(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Earned value less planned value, at the end of the last closed month."""
    return _amounts(product_ids, last, lambda value: value.sv)


def _amounts(product_ids: Iterable[int], day: date, amount) -> dict[int, Reading]:
    until = earned_value.status_day(day)
    return {
        pk: Reading(amount(value), as_of=until)
        for pk, value in earned_value.as_of(list(product_ids), until).items()
        if value.ev is not None and amount(value) is not None
    }


@measure(
    key="eac_deviation_original",
    label=_("Estimate at completion over the first budget"),
    higher_is_better=False,
    route="ipd:money",
    amounts=True,
)
def eac_deviation_original(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """What the estimate is above the budget without the plan changes granted since, in percent."""
    ids, until = list(product_ids), earned_value.status_day(last)
    booked = money_facts.grouped(ids, ("product_id", "kind"), booked_by=until)
    granted = {
        pk: sums.budget for (pk, kind), sums in booked.items() if kind == MovementKind.CHANGE
    }
    readings = {}
    for pk, value in earned_value.as_of(ids, until).items():
        if value.ev is None:
            continue
        first_budget = (value.bac or 0) - granted.get(pk, 0)
        if value.eac is None or first_budget <= 0:
            readings[pk] = Reading(0, 0, 0, Status.MISSING, until)
        else:
            readings[pk] = Reading(value.eac - first_budget, first_budget, as_of=until)
    return readings
