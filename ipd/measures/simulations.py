"""Measures of the schedule's forecast: when, how surely, and how that stands to the contract.

Each reads the newest simulation up to the period's last day; one of a plan that has changed
since is an estimate. A product that was never simulated has nothing to measure.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import working_days_between
from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.models import Simulation
from ipd.queries.contracts import ga_dates
from ipd.queries.simulations import share_by

ROUTE = "ipd:simulations"


def _newest(product_ids: Iterable[int], last: date) -> dict[int, Simulation]:
    rows = Simulation.objects.newest_of(product_ids).filter(at__date__lte=last)
    found = rows.select_related("plan").defer("inputs", "drivers", "lesson")
    return {row.plan.product_id: row for row in found}


def _reading(row: Simulation, numerator, denominator=1, detail: str = "") -> Reading:
    is_stale = row.plan_version != row.plan.version
    runs = gettext("%(n)d runs, seed %(seed)d") % {"n": row.runs, "seed": row.seed}
    stale = gettext("of the plan before its last change") if is_stale else ""
    return Reading(
        numerator,
        denominator,
        n=row.runs,
        status=Status.ESTIMATED if is_stale else Status.MEASURED,
        as_of=timezone.localtime(row.at).date(),
        detail="; ".join(filter(None, [detail, runs, stale])),
    )


@measure(
    key="plan_p50",
    label=_("Finish that half of the runs keep (P50)"),
    unit=Unit.DATE,
    higher_is_better=False,
    route=ROUTE,
    together="median",
)
def plan_p50(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """The day by which half of the runs have ended."""
    rows = _newest(product_ids, last)
    return {product: _reading(row, row.p50_on.toordinal()) for product, row in rows.items()}


@measure(
    key="plan_p80",
    label=_("Finish that four in five runs keep (P80)"),
    unit=Unit.DATE,
    higher_is_better=False,
    route=ROUTE,
    together="median",
)
def plan_p80(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """The day by which 80 percent of the runs have ended: what one commits to outside."""
    rows = _newest(product_ids, last)
    return {product: _reading(row, row.p80_on.toordinal()) for product, row in rows.items()}


@measure(key="contract_probability", label=_("Probability of the contract date"), route=ROUTE)
def contract_probability(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Runs that end by the current contract's general availability, of all runs."""
    return _to_contract(
        product_ids,
        last,
        lambda row, day: round(share_by(row.finishes, day) * row.runs),
        of=lambda row: row.runs,
    )


@measure(
    key="contract_p50_margin",
    label=_("Contract date after P50"),
    unit=Unit.DAYS,
    route=ROUTE,
    together="least",
)
def contract_p50_margin(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Working days from P50 to the contract date; negative: it is missed more likely than not."""
    return _to_contract(product_ids, last, lambda row, day: working_days_between(row.p50_on, day))


@measure(
    key="p80_gap",
    label=_("P80 after the contract date"),
    unit=Unit.DAYS,
    higher_is_better=False,
    route=ROUTE,
    together="most",
)
def p80_gap(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Working days from the contract date to P80; negative when it is safe."""
    return _to_contract(product_ids, last, lambda row, day: working_days_between(day, row.p80_on))


def _to_contract(
    product_ids: Iterable[int], last: date, figure, *, of=lambda row: 1
) -> dict[int, Reading]:
    """A figure of each newest simulation and the day of its product's contract, out of `of`."""
    ids = list(product_ids)
    days, rows = ga_dates(ids), _newest(ids, last)
    return {
        product: _reading(
            row,
            figure(row, days[product]),
            of(row),
            gettext("contract %(day)s") % {"day": days[product]},
        )
        for product, row in rows.items()
        if product in days
    }


@measure(
    key="plan_contingency",
    label=_("Schedule contingency"),
    unit=Unit.DAYS,
    route=ROUTE,
    together="median",
)
def plan_contingency(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Working days from the plan's own finish to P80: what has to be held back, and stated."""
    rows = _newest(product_ids, last)
    return {
        product: _reading(row, working_days_between(row.planned_on, row.p80_on))
        for product, row in rows.items()
    }
