"""What if an activity were not there, took less time, or were two side by side?

The rest of the network keeps its luck (see `factors`), so two runs with the same seed differ by
the change alone.
"""

from dataclasses import replace

from ipd.calculations.simulated import Simulated, lasting
from ipd.calculations.tasks import Task, Wait

REMOVED, SHORTENED, SPLIT = "removed", "shortened", "split"
SECOND = "/2"


def changed(network: Simulated, key: str, kind: str, percent: int = 50) -> Simulated:
    """The network with one activity changed.

    removed     it takes no time; what waits for it waits for what it waited for
    shortened   what is left of it takes `percent` percent less
    split       `percent` percent of what is left are done by somebody else, at the same time
    """
    task = next(task for task in network.tasks if task.key == key)
    if kind == REMOVED:
        return _with(network, {key: 0.0})
    if kind == SHORTENED:
        return _with(network, {key: 1 - percent / 100})
    second = replace(task, key=f"{key}{SECOND}", done=0, actual_start=None, resume=None)
    with_second = replace(
        network,
        tasks=[*network.tasks, second],
        waits=[*network.waits, *_waits_of(network, key, second.key)],
        estimates=network.estimates | _named(network.estimates, key, second.key),
        names=network.names | _named(network.names, key, second.key),
        hazards=[
            replace(hazard, factors=hazard.factors | _named(hazard.factors, key, second.key))
            for hazard in network.hazards
        ],
    )
    rest = task.minutes - task.done
    second.minutes = rest
    return _with(with_second, {key: 1 - percent / 100, second.key: percent / 100})


def _named(found: dict, key: str, name: str) -> dict:
    return {name: found[key]} if key in found else {}


def _waits_of(network: Simulated, key: str, name: str) -> list[Wait]:
    return [
        replace(
            wait,
            predecessor=name if wait.predecessor == key else wait.predecessor,
            successor=name if wait.successor == key else wait.successor,
        )
        for wait in network.waits
        if key in (wait.predecessor, wait.successor)
    ]


def _with(network: Simulated, factors: dict[str, float]) -> Simulated:
    """What is left of these activities, times a factor."""
    tasks, estimates = [], dict(network.estimates)
    for task in network.tasks:
        factor = factors.get(task.key)
        tasks.append(task if factor is None else _scaled(task, factor))
    for key, factor in factors.items():
        if factor and key in estimates:
            estimates[key] = estimates[key].scaled(factor)
        else:
            estimates.pop(key, None)
    return replace(network, tasks=tasks, estimates=estimates)


def _scaled(task: Task, factor: float) -> Task:
    if not factor:
        return replace(task, minutes=task.done, shares=(), pause=0)
    return lasting(task, task.done + round((task.minutes - task.done) * factor))
