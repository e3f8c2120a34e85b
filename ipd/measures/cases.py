"""Measures of business cases: what a product is worth, and whether its unit cost holds."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.calculations.finance import ReturnKind
from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.models import ContractElement
from ipd.queries import cases

EARLY_YEARS = 3
WORDS = {
    ReturnKind.NONE: gettext_lazy("No rate of return: the case never earns what it spends."),
    ReturnKind.MULTIPLE: gettext_lazy("No single rate of return: the flows turn more than once."),
}


def _status(case) -> Status:
    """A draft is an estimate until somebody has accepted it."""
    return Status.ESTIMATED if case.is_draft else Status.MEASURED


def _found(product_ids: Iterable[int], day: date):
    """The version that counts for each product, in figures: two queries."""
    return {
        found.case.product_id: found
        for found in cases.figures(cases.newest(product_ids, day).values())
    }


@measure(
    key="case_npv",
    label=gettext_lazy("Net present value"),
    unit=Unit.MONEY,
    route="ipd:case-list",
    together="sum",
)
def case_npv(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What the business case's base case is worth today at its hurdle rate."""
    return {
        product: Reading(
            found.base.npv,
            status=_status(found.case),
            as_of=found.case.on,
            detail=_("Version %(version)d") % {"version": found.case.version},
        )
        for product, found in _found(product_ids, last).items()
        if found.base
    }


@measure(
    key="case_irr",
    label=gettext_lazy("Internal rate of return"),
    route="ipd:case-list",
    together="median",
)
def case_irr(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """The rate at which the base case is worth nothing; missing where there is none, or many."""
    readings = {}
    for product, found in _found(product_ids, last).items():
        if not found.base:
            continue
        answer, day = found.base.irr, found.case.on
        if answer.rate is None:
            detail = str(WORDS[answer.kind])
            readings[product] = Reading(0, 0, 0, Status.MISSING, as_of=day, detail=detail)
        else:
            readings[product] = Reading(answer.rate, status=_status(found.case), as_of=day)
    return readings


@measure(
    key="case_downside_shown",
    label=gettext_lazy("Cases shown beside the base case"),
    unit=Unit.COUNT,
    route="ipd:case-list",
    together="least",
)
def case_downside_shown(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """How many of downside, upside and six months late the business case shows."""
    return {
        product: Reading(found.alternatives, n=3, status=_status(found.case), as_of=found.case.on)
        for product, found in _found(product_ids, last).items()
    }


@measure(
    key="unit_cost",
    label=gettext_lazy("Unit cost"),
    unit=Unit.MONEY,
    higher_is_better=False,
    route="ipd:case-list",
    together="sum",
)
def unit_cost(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What a unit is expected to cost at general availability, by the business case."""
    return {
        product: Reading(case.unit_cost, status=_status(case), as_of=case.on)
        for product, case in cases.newest(product_ids, last).items()
        if case.unit_cost is not None
    }


@measure(
    key="unit_cost_deviation",
    label=gettext_lazy("Unit cost over the contract's"),
    higher_is_better=False,
    route="ipd:contract",
    amounts=True,
)
def unit_cost_deviation(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """How far the expected unit cost is over what the current contract promises."""
    ids = list(product_ids)
    promised = dict(
        ContractElement.objects.filter(
            contract__product__in=ids, contract__is_current=True, measure="unit_cost"
        ).values_list("contract__product", "promised")
    )
    return {
        product: Reading(
            case.unit_cost - promised[product],
            promised[product],
            status=_status(case),
            as_of=case.on,
        )
        for product, case in cases.newest(ids, last).items()
        if case.unit_cost is not None and promised.get(product)
    }


@measure(
    key="gross_margin", label=gettext_lazy("Gross margin"), route="ipd:case-list", amounts=True
)
def gross_margin(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What of the expected price is left after the unit cost, by the business case."""
    return {
        product: Reading(
            case.price - case.unit_cost, case.price, status=_status(case), as_of=case.on
        )
        for product, case in cases.newest(product_ids, last).items()
        if case.price and case.unit_cost is not None
    }


@measure(
    key="early_contribution",
    label=gettext_lazy("Contribution of the first three years"),
    unit=Unit.MONEY,
    route="ipd:case-list",
    together="sum",
)
def early_contribution(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """What the base case brings, less what it takes, in the first three years that bring any."""
    readings = {}
    for product, found in _found(product_ids, last).items():
        earned = found.base.inflows if found.base else []
        start = next((year for year, flow in enumerate(earned) if flow), None)
        if start is not None:
            readings[product] = Reading(
                sum(found.base.net[start : start + EARLY_YEARS]),
                status=_status(found.case),
                as_of=found.case.on,
            )
    return readings
