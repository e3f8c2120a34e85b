"""A slow second opinion on simulations: the same luck, every run scheduled by itself."""

from collections import Counter

from ipd.calculations.factors import Factors, Streams
from ipd.calculations.monte_carlo import Options
from ipd.calculations.simulated import Simulated
from ipd.calculations.spread import durations


def plain_finishes(network: Simulated, options: Options) -> list[tuple[int, int]]:
    """Runs by the ordinal day on which they end."""
    factors = Factors(Streams(options.seed), rho=options.rho, rho_group=options.rho_group)
    factors.draw(options.runs)
    drawn = {
        task.key: durations(network.estimates[task.key], factors.z(task.key))
        for task in network.tasks
        if task.key in network.estimates and task.actual_finish is None
    }
    found: Counter = Counter()
    for run in range(options.runs):
        rest = {key: max(1, round(float(values[run]))) for key, values in drawn.items()}
        found[(network.planned(network.whole(rest)).finish - 1) // 1440] += 1
    return sorted(found.items())
