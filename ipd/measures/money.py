"""Measures of money: performance, deviation from plan, how well the budget is broken down."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.models.money import MovementKind
from ipd.queries import budgets, earned_value, money_facts

ZERO = Decimal(0)
GIVEN_FIRST = {MovementKind.INITIAL, MovementKind.TRANCHE}


def _reading(numerator, denominator, until: date) -> Reading:
    """Two amounts; missing where one is not known or there is nothing to divide by."""
    if numerator is None or not denominator or denominator < 0:
        return Reading(0, 0, 0, Status.MISSING, until)
    return Reading(numerator, denominator, as_of=until)


def _earned(product_ids: Iterable[int], day: date):
    """The products whose work has been given a value, with the day of the figures."""
    until = earned_value.status_day(day)
    found = earned_value.as_of(list(product_ids), until)
    return until, {pk: value for pk, value in found.items() if value.ev is not None}


@measure(
    key="cpi",
    label=gettext_lazy("Cost performance (CPI)"),
    unit=Unit.RATIO,
    route="ipd:money",
    amounts=True,
)
def cpi(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Earned value over actual cost, at the end of the last closed month."""
    until, found = _earned(product_ids, last)
    return {pk: _reading(one.ev, one.ac, until) for pk, one in found.items()}


@measure(
    key="spi",
    label=gettext_lazy("Schedule performance (SPI)"),
    unit=Unit.RATIO,
    route="ipd:money",
    amounts=True,
)
def spi(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Earned value over planned value, at the end of the last closed month."""
    until, found = _earned(product_ids, last)
    return {pk: _reading(one.ev, one.pv, until) for pk, one in found.items()}


@measure(
    key="eac_deviation",
    label=gettext_lazy("Estimate at completion over budget"),
    higher_is_better=False,
    route="ipd:money",
    amounts=True,
)
def eac_deviation(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What the estimate (BAC ÷ CPI) is above the budget at completion, in percent of it."""
    until, found = _earned(product_ids, last)
    return {
        pk: _reading(None if one.vac is None else -one.vac, one.bac, until)
        for pk, one in found.items()
    }


@measure(
    key="budget_broken_down",
    label=gettext_lazy("Budget broken down to lines and months"),
    route="ipd:money",
    amounts=True,
)
def budget_broken_down(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Of the budget given by the last day, what has a function, a cost type and a month."""
    found = money_facts.totals(product_ids, booked_by=last)
    given = {pk: sums.budget - sums.frozen for pk, sums in found.items()}
    return {
        pk: Reading(min(found[pk].planned, amount), amount, as_of=last)
        for pk, amount in given.items()
        if amount > 0
    }


@measure(
    key="reserve_drawn",
    label=gettext_lazy("Risk reserve drawn"),
    higher_is_better=False,
    route="ipd:money",
    amounts=True,
)
def reserve_drawn(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Of the risk reserve, what has been drawn."""
    found = budgets.reserves(product_ids)
    return {pk: Reading(one.drawn, one.size, as_of=last) for pk, one in found.items() if one.size}


@measure(
    key="budget_available",
    label=gettext_lazy("Budget available"),
    unit=Unit.MONEY,
    route="ipd:money",
    together="sum",
)
def budget_available(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Current budget less actual cost and open commitments; negative when more is gone."""
    found = money_facts.totals(product_ids)
    return {
        pk: Reading(
            sums.available,
            as_of=last,
            status=Status.ESTIMATED if sums.missing else Status.MEASURED,
            detail=_without(sums.missing),
        )
        for pk, sums in found.items()
        if sums.budget
    }


def _without(missing: set[str]) -> str:
    if not missing:
        return ""
    return _("Without %(currencies)s: no rate is known.") % {
        "currencies": ", ".join(sorted(missing))
    }


def _deviation(product_ids: Iterable[int], day: date, kinds) -> dict[int, Reading]:
    """Actual cost over planned cost to date, both up to the last closed month, in percent."""
    until = earned_value.status_day(day)
    found = money_facts.grouped(product_ids, ("product_id", "kind"), last=until, booked_by=until)
    planned: dict[int, Decimal] = {}
    actual: dict[int, Decimal] = {}
    for (pk, kind), sums in found.items():
        actual[pk] = actual.get(pk, ZERO) + sums.actual
        if kinds is None or kind in kinds:
            planned[pk] = planned.get(pk, ZERO) + sums.planned
    return {
        pk: _reading(actual[pk] - plan, plan, until) for pk, plan in planned.items() if plan > 0
    }


@measure(
    key="cost_deviation_original",
    label=gettext_lazy("Cost over the original plan to date"),
    higher_is_better=False,
    route="ipd:money",
    amounts=True,
)
def cost_deviation_original(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Actual cost against what the first budget planned to have spent by then."""
    return _deviation(product_ids, last, GIVEN_FIRST)


@measure(
    key="cost_deviation_current",
    label=gettext_lazy("Cost over the current plan to date"),
    higher_is_better=False,
    route="ipd:money",
    amounts=True,
)
def cost_deviation_current(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Actual cost against what the budget with all its changes planned to have spent by then."""
    return _deviation(product_ids, last, None)
