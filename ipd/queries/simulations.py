"""What the newest simulation says of a product's plan, for everybody who needs to know."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from ipd.models import Simulation, SimulationActivity

PERCENTILES = (10, 50, 80, 90)


@dataclass(frozen=True)
class Spread:
    """The days by which half, and four in five, of the runs have begun or ended an activity."""

    p50_start: date
    p80_start: date
    p50: date
    p80: date


@dataclass(frozen=True)
class LatestSimulation:
    """A product's newest simulation. Never shown as a single date, and never without seed and n.

    probability  share of the runs that end by `contract_on`; None without a contract date
    planned      the finish with the likely durations
    is_stale     the plan has changed since
    finish       by activity code; empty unless asked for
    """

    pk: int
    p10: date
    p50: date
    p80: date
    p90: date
    probability: float | None
    contract_on: date | None
    planned: date
    at: datetime
    seed: int
    n: int
    is_stale: bool
    finish: dict[str, Spread] = field(default_factory=dict)


def latest(
    product_ids: Iterable[int], *, with_activities: bool = True
) -> dict[int, LatestSimulation]:
    """The newest simulation of each product that has one, in two queries (one without activities).

    What-ifs are not the plan's and do not count.
    """
    rows = list(
        Simulation.objects.newest_of(product_ids)
        .select_related("plan")
        .defer("inputs", "finishes", "drivers")
    )
    spreads: dict[int, dict[str, Spread]] = {}
    if with_activities and rows:
        found = SimulationActivity.objects.filter(simulation__in=rows).order_by()
        for pk, code, *days in found.values_list(
            *("simulation", "code"),
            *("p50_start_on", "p80_start_on", "p50_finish_on", "p80_finish_on"),
        ):
            spreads.setdefault(pk, {})[code] = Spread(*days)
    return {
        row.plan.product_id: LatestSimulation(
            pk=row.pk,
            p10=row.p10_on,
            p50=row.p50_on,
            p80=row.p80_on,
            p90=row.p90_on,
            probability=row.probability,
            contract_on=row.contract_on,
            planned=row.planned_on,
            at=row.at,
            seed=row.seed,
            n=row.runs,
            is_stale=row.plan.version != row.plan_version,
            finish=spreads.get(row.pk, {}),
        )
        for row in rows
    }


def share_by(finishes: list, day: date) -> float:
    """Share of the runs that have ended by `day`, of [iso day, runs] pairs.

    >>> share_by([["2027-02-25", 1], ["2027-02-26", 1], ["2027-03-01", 2]], date(2027, 2, 26))
    0.5
    """
    iso = day.isoformat()
    total = sum(runs for _day, runs in finishes)
    return sum(runs for on, runs in finishes if on <= iso) / total


def day_of(finishes: list, percent: float) -> date:
    """The day by which at least `percent` of the runs have ended.

    >>> day_of([["2027-02-25", 1], ["2027-02-26", 1], ["2027-03-01", 2]], 50).isoformat()
    '2027-02-26'
    """
    total, seen = sum(runs for _day, runs in finishes), 0
    for on, runs in finishes:
        seen += runs
        if 100 * seen >= percent * total:
            return date.fromisoformat(on)
    raise ValueError(percent)
