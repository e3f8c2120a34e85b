"""A plan as it is simulated: its network, the estimates of what is left, and its open risks."""

from dataclasses import replace

from ipd.calculations.simulated import Hazard, Simulated, softened
from ipd.calculations.spread import Estimate
from ipd.calculations.tasks import Task
from ipd.models import Activity, Plan, RiskDriver
from ipd.models.risks import RiskState
from ipd.queries.networks import network_of


def simulated(plan: Plan) -> Simulated:
    """The plan's network by activity codes, in nine queries.

    Raises NoWorkingTime when one of its calendars has none.
    """
    network = network_of(plan)
    codes = {pk: row.code for pk, row in network.activities.items()}
    tasks = [
        replace(task, key=codes[task.key], parent=codes.get(task.parent)) for task in network.tasks
    ]
    waits = [
        replace(wait, predecessor=codes[wait.predecessor], successor=codes[wait.successor])
        for wait in network.waits
    ]
    tasks, rules = softened(tasks, waits, network.rules)
    rows = {row.code: row for row in network.activities.values()}
    estimates = {task.key: _estimate(task, rows[task.key]) for task in tasks}
    return Simulated(
        tasks=tasks,
        waits=waits,
        rules=rules,
        clock=network.clock,
        estimates={code: found for code, found in estimates.items() if found is not None},
        minutes_per_day=plan.calendar.minutes_per_day,
        names={code: row.name for code, row in rows.items()},
        hazards=_hazards(plan, set(rows)),
    )


def _estimate(task: Task, row: Activity) -> Estimate | None:
    """What is left of an activity: its three points, less the share that is done."""
    is_open = task.counts and not task.is_fixed and task.actual_finish is None
    if not is_open or task.is_summary or not task.minutes or row.pessimistic_minutes is None:
        return None
    left = (task.minutes - task.done) / task.minutes
    if left <= 0:
        return None
    return Estimate(
        row.optimistic_minutes,
        row.minutes,
        row.pessimistic_minutes,
        row.distribution,
        row.group,
    ).scaled(left)


def _hazards(plan: Plan, codes: set[str]) -> list[Hazard]:
    """The product's open risks that drive one of these activities."""
    rows = RiskDriver.objects.filter(
        risk__product=plan.product_id, risk__state=RiskState.OPEN, activity__in=codes
    ).select_related("risk")
    found: dict[str, Hazard] = {}
    for row in rows.order_by("risk__code", "activity"):
        risk = row.risk
        hazard = found.setdefault(
            risk.code, Hazard(risk.code, risk.title, risk.probability, factors={})
        )
        hazard.factors[row.activity] = (float(row.low), float(row.likely), float(row.high))
    return list(found.values())
