"""Running a simulation of a plan, or of what it would be with one thing changed.

Nothing of the plan changes; what was asked, the inputs and what came out are kept for good.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.calculations import what_ifs
from ipd.calculations.findings import Result
from ipd.calculations.monte_carlo import MOST_CELLS, Options, Unworkable, simulate
from ipd.calculations.simulated import Simulated, plain, read
from ipd.calculations.working_time import NoWorkingTime
from ipd.kernel.access import Refused
from ipd.kernel.actions import touches
from ipd.models import Plan, Simulation, SimulationActivity
from ipd.models.simulations import Bounds, Shape
from ipd.queries.simulated_networks import simulated
from teams.models import Person

FEW = 300  # activities of a network that is simulated while its person waits
PERCENTILES = (10, 50, 80, 90)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person asks of a simulation; plain values, so that a job can carry them."""

    runs: int = 5000
    seed: int = 1
    shape: str = Shape.OWN
    bounds: str = Bounds.LIMITS
    rho: float = 0.3
    rho_group: float = 0.6
    with_risks: bool = False
    contract_on: date | None = None

    @property
    def options(self) -> Options:
        return Options(
            runs=self.runs,
            seed=self.seed,
            rho=self.rho,
            rho_group=self.rho_group,
            shape="" if self.shape == Shape.OWN else self.shape,
            tails=self.bounds == Bounds.P10_P90,
            with_hazards=self.with_risks,
        )

    def plain(self) -> dict:
        return asdict(self) | {"contract_on": self.contract_on and self.contract_on.isoformat()}

    @classmethod
    def read(cls, kept: dict) -> "Wanted":
        day = kept["contract_on"]
        return cls(**kept | {"contract_on": date.fromisoformat(day) if day else None})


def of_plan(
    plan: Plan,
    wanted: Wanted,
    *,
    by: Person | None,
    key: UUID,
    progress: Callable[[float], None] | None = None,
) -> Simulation:
    """Simulate the plan as it stands. Of two with the same key one is made, and both get it.

    Refused when the plan has nothing to simulate, goes in a circle, or is too large for so
    many runs. What `progress` raises stops it, and nothing is left behind.
    """
    if made := Simulation.objects.filter(key=key).first():
        return made
    try:
        network = simulated(plan)
    except NoWorkingTime as error:
        raise Refused(_("A calendar of this plan has no working time.")) from error
    return _run(network, wanted, progress, plan=plan, version=plan.version, by=by, key=key)


def what_if(
    base: Simulation, *, activity: str, kind: str, percent: int, by: Person, key: UUID
) -> Simulation:
    """The same simulation, inputs and luck with one activity changed.

    Refused for a what-if of a what-if, and for an activity that is done or was not there.
    """
    if base.what_if_of_id:
        raise Refused(_("Ask what if of the simulation itself, not of another what-if."))
    if made := Simulation.objects.filter(key=key).first():
        return made
    network = read(base.inputs)
    task = next((task for task in network.tasks if task.key == activity), None)
    if task is None or task.is_summary or task.actual_finish is not None or not task.minutes:
        raise Refused(_("There is no work left in “%(code)s”.") % {"code": activity})
    changed = what_ifs.changed(network, activity, kind, percent)
    return _run(
        changed,
        wanted_of(base),
        None,
        plan=base.plan,
        version=base.plan_version,
        by=by,
        key=key,
        base=base,
        change={"activity": activity, "kind": kind, "percent": percent},
    )


def wanted_of(row: Simulation) -> Wanted:
    """What was asked of a simulation, to ask it again."""
    return Wanted(**{name: getattr(row, name) for name in Wanted.__dataclass_fields__})


def is_quick(row: Plan | Simulation) -> bool:
    """Its person can wait for it."""
    if isinstance(row, Simulation):
        return len(row.inputs["tasks"]) < FEW
    return row.activities.count() < FEW


def _run(
    network: Simulated, wanted: Wanted, progress, *, plan, version, by, key, base=None, change=None
) -> Simulation:
    if not network.estimates:
        raise Refused(
            _("No open activity of the plan has a three-point estimate, so nothing can vary.")
        )
    if wanted.runs * len(network.tasks) > MOST_CELLS:
        told = {"most": MOST_CELLS // len(network.tasks)}
        raise Refused(_("With so many activities at most %(most)d runs are possible.") % told)
    try:
        found = simulate(network, wanted.options, progress)
    except Unworkable as error:
        raise Refused(_("The plan cannot be scheduled: its links go in a circle.")) from error
    except NoWorkingTime as error:
        raise Refused(_("A calendar of this plan has no working time left.")) from error
    row = _row(found, wanted)
    row.plan, row.plan_version, row.by, row.key = plan, version, by, key
    row.inputs = base.inputs if base else plain(network)
    row.what_if_of, row.change = base, change or {}
    return _write(row, found, network, progress)


def _row(found: Result, wanted: Wanted) -> Simulation:
    days = {f"p{percent}_on": date.fromordinal(found.day(percent)) for percent in PERCENTILES}
    contract = wanted.contract_on
    return Simulation(
        **{name: getattr(wanted, name) for name in Wanted.__dataclass_fields__},
        **days,
        probability=found.share_by(contract.toordinal()) if contract else None,
        mean_days=float(found.days.mean()),
        sd_days=float(found.days.std()),
        merge_days=found.merge_days,
        finishes=[
            [date.fromordinal(day).isoformat(), runs]
            for day, runs in sorted(found.finishes.items())
        ],
        drivers=[asdict(hazard) for hazard in found.hazards],
        lesson=asdict(found.lesson) if found.lesson else None,
        planned_on=date.fromordinal(found.planned),
    )


def _write(row: Simulation, found: Result, network: Simulated, progress) -> Simulation:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            SimulationActivity.objects.bulk_create(
                SimulationActivity(
                    simulation=row,
                    code=task.key,
                    name=network.names.get(task.key, task.key),
                    group=task.group,
                    p50_start_on=date.fromordinal(task.p50_start),
                    p80_start_on=date.fromordinal(task.p80_start),
                    p50_finish_on=date.fromordinal(task.p50_finish),
                    p80_finish_on=date.fromordinal(task.p80_finish),
                    mean_days=task.mean,
                    sd_days=task.sd,
                    criticality=task.criticality,
                    ssi=task.ssi,
                    cruciality=task.cruciality,
                )
                for task in found.tasks
            )
            if not row.what_if_of_id:
                touches.touch([row.plan.product_id])
            if progress:
                progress(1.0)
    except IntegrityError:
        if made := Simulation.objects.filter(key=row.key).first():
            return made
        raise
    return row
