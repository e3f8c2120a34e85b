"""The simulation of a plan: thousands of runs with sampled durations, and what they say.

Durations are in working minutes, results in working days of the plan's calendar or in ordinal
days. With the same seed and network the result is the same, in whatever parts it is run.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ipd.calculations.factors import Factors, Streams
from ipd.calculations.findings import OfHazard, OfTask, Result
from ipd.calculations.graph import Graph
from ipd.calculations.runs import Runs
from ipd.calculations.sensitivity import lesson, spearman
from ipd.calculations.simulated import Hazard, Simulated, span
from ipd.calculations.spread import TRIANGULAR, Estimate, durations, quantile
from ipd.calculations.ticks import Ticks
from ipd.calculations.working_time import DAY

CHUNK = 2000
MOST_CELLS = 20_000_000  # runs times activities that are kept for the percentiles
Progress = Callable[[float], None]


class Unworkable(ValueError):
    """The network cannot be simulated: it goes in a circle, or has nothing in it."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How it is run.

    rho, rho_group   correlation of any two activities, and of two in one group
    shape            "pert" or "triangular" for all; "" as each estimate says
    tails            least and most are read as P10 and P90
    """

    runs: int = 5000
    seed: int = 1
    rho: float = 0.3
    rho_group: float = 0.6
    shape: str = ""
    tails: bool = False
    with_hazards: bool = False


def simulate(network: Simulated, options: Options, progress: Progress | None = None) -> Result:
    """Run it. `progress(share done)` is called between parts, and may raise to stop it all.

    Raises Unworkable when the network goes in a circle or has nothing in it.
    """
    plan = network.planned()
    if plan.problems or plan.finish is None:
        raise Unworkable(plan.problems)
    run = _Run(network, options)
    done = 0
    while done < options.runs:
        if progress:
            progress(0.9 * done / options.runs)
        count = min(CHUNK, options.runs - done)
        run.part(done, count)
        done += count
    if progress:
        progress(0.9)
    return run.result(plan)


class _Run:
    """The runs so far: what is kept of each sampled activity, and of the whole."""

    def __init__(self, network: Simulated, options: Options):
        self.network, self.options = network, options
        self.graph = Graph(network.tasks, network.waits)
        first, last = span(self._widest())
        self.origin = first * DAY
        clocks = {network.clock, *(task.clock for task in network.tasks)}
        clocks |= {clock for task in network.tasks for clock, _minutes in task.shares}
        self.ticks = {clock: Ticks(clock, self.origin, last * DAY) for clock in clocks}
        self.runs = Runs(self.graph, network.rules, self.ticks, self.origin)
        self.streams = Streams(options.seed)
        self.factors = Factors(self.streams, rho=options.rho, rho_group=options.rho_group)
        self.estimates = {key: self._treated(one) for key, one in network.estimates.items()}
        self.kept = [
            number
            for number, task in enumerate(network.tasks)
            if task.counts and task.actual_finish is None and not self.graph.is_summary[number]
        ]
        shape = (len(self.kept), options.runs)
        self.starts, self.finishes = (np.zeros(shape, dtype=np.int32) for _each in range(2))
        self.minutes = np.zeros(shape, dtype=np.int32)
        self.critical = np.zeros(shape, dtype=bool)
        self.last = np.zeros(options.runs, dtype=np.int32)
        self.hazards = network.hazards if options.with_hazards else []
        self.happened = np.zeros((len(self.hazards), options.runs), dtype=bool)

    def _treated(self, estimate: Estimate) -> Estimate:
        shape = self.options.shape or estimate.shape
        treated = Estimate(estimate.low, estimate.likely, estimate.high, shape, estimate.group)
        return treated.with_tails() if self.options.tails else treated

    def _widest(self) -> Simulated:
        """The network with the estimates as they are treated, for how far it may reach."""
        wide = {key: self._treated(one) for key, one in self.network.estimates.items()}
        hazards = self.network.hazards if self.options.with_hazards else []
        return Simulated(
            self.network.tasks,
            self.network.waits,
            self.network.rules,
            self.network.clock,
            wide,
            hazards=hazards,
        )

    def part(self, done: int, count: int) -> None:
        """`count` more runs after those that are done."""
        self.factors.draw(count)
        part = slice(done, done + count)
        factors = self._multipliers(part, count)
        minutes = {}
        for number, task in enumerate(self.graph.tasks):
            estimate = self.estimates.get(task.key)
            if estimate is None or task.actual_finish is not None:
                continue
            rest = durations(estimate, self.factors.z(task.key, estimate.group))
            if task.key in factors:
                rest *= factors[task.key]
            least = 1 if estimate.likely else 0
            minutes[number] = np.maximum(np.rint(rest), least).astype(np.int32) + task.done
        self.last[part] = self.runs.forward(minutes)
        critical = self.runs.critical()
        for row, number in enumerate(self.kept):
            self.starts[row, part] = self.runs.start[number]
            self.finishes[row, part] = self.runs.finish[number]
            self.minutes[row, part] = self.runs.minutes[number]
            self.critical[row, part] = critical[number]

    def _multipliers(self, part: slice, count: int) -> dict[str, np.ndarray]:
        """By how much each activity takes longer in these runs, through the risks that happen."""
        found: dict[str, np.ndarray] = {}
        for row, hazard in enumerate(self.hazards):
            stream = self.streams.of(f"risk {hazard.code}")
            happens = self._happens(hazard, stream.random(count))
            self.happened[row, part] = happens
            u = stream.random(count)
            for key, (low, likely, high) in hazard.factors.items():
                factor = quantile(Estimate(low, likely, high, TRIANGULAR), u) if high > low else low
                times = np.where(happens, factor, 1.0)
                found[key] = found[key] * times if key in found else times
        return found

    @staticmethod
    def _happens(hazard: Hazard, u: np.ndarray) -> np.ndarray:
        return u < hazard.probability

    # What came out ------------------------------------------------------------------------------

    def result(self, plan) -> Result:
        network, whole = self.network, self.ticks[self.network.clock]
        per_day = network.minutes_per_day
        begin = int(whole.count(network.first_work - self.origin))
        days = (whole.count(self.last) - begin) / per_day
        ends, runs = np.unique(self._day_of_finish(self.last), return_counts=True)
        with_means = network.planned(network.means()).finish
        mean_days = float(whole.count(with_means - self.origin) - begin) / per_day
        planned_days = float(whole.count(plan.finish - self.origin) - begin) / per_day
        tasks = self._tasks(float(days.std()))
        keys = [self.graph.tasks[number].key for number in self.kept]
        return Result(
            finishes={int(day): int(count) for day, count in zip(ends, runs, strict=True)},
            days=days,
            planned=(plan.finish - 1) // DAY,
            planned_days=planned_days,
            merge_days=float(days.mean()) - mean_days,
            tasks=tasks,
            hazards=[self._hazard(row, hazard, days) for row, hazard in enumerate(self.hazards)],
            lesson=lesson(
                keys, self.critical, [task.ssi for task in tasks], set(map(str, plan.critical))
            ),
        )

    def _day_of_finish(self, moments: np.ndarray) -> np.ndarray:
        """What ends at midnight ended on the day before."""
        return (moments - 1) // DAY + self.origin // DAY

    def _tasks(self, sd_days: float) -> list[OfTask]:
        per_day = self.network.minutes_per_day
        varies = [row for row in range(len(self.kept)) if np.ptp(self.minutes[row])]
        ranked = spearman([self.minutes[row] for row in varies], self.last)
        cruciality = dict(zip(varies, ranked, strict=True))
        found = []
        for row, number in enumerate(self.kept):
            task = self.graph.tasks[number]
            starts = self._percentiles(self.starts[row] // DAY + self.origin // DAY)
            ends = self._percentiles(self._day_of_finish(self.finishes[row]))
            sd = float(self.minutes[row].std()) / per_day
            share = float(self.critical[row].mean())
            estimate = self.estimates.get(task.key)
            found.append(
                OfTask(
                    key=task.key,
                    group=estimate.group if estimate else "",
                    p50_start=starts[0],
                    p80_start=starts[1],
                    p50_finish=ends[0],
                    p80_finish=ends[1],
                    mean=float(self.minutes[row].mean()) / per_day,
                    sd=sd,
                    criticality=share,
                    ssi=share * sd / sd_days if sd_days else 0.0,
                    cruciality=abs(cruciality.get(row, 0.0)),
                )
            )
        return found

    @staticmethod
    def _percentiles(days: np.ndarray) -> tuple[int, int]:
        """P50 and P80 of days, by counting them."""
        first = int(days.min())
        seen = np.cumsum(np.bincount(days - first))
        wanted = [-(-percent * len(days) // 100) for percent in (50, 80)]
        p50, p80 = np.searchsorted(seen, wanted)
        return first + int(p50), first + int(p80)

    def _hazard(self, row: int, hazard: Hazard, days: np.ndarray) -> OfHazard:
        happened = self.happened[row]
        share = float(happened.mean())
        delay = None
        if 0 < share < 1:
            delay = float(days[happened].mean() - days[~happened].mean())
        return OfHazard(hazard.code, hazard.title, share, delay)
