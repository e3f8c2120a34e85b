"""How much money the register's risks may cost together: what the risk reserve is sized from.

Each risk happens or does not; when it does, it costs a triangle of its three estimates. Risks
are taken as independent, and the sum of many is seldom near the sum of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ipd.calculations.factors import Streams
from ipd.calculations.spread import TRIANGULAR, Estimate, quantile

RUNS = 20_000


@dataclass(frozen=True)
class Money:
    """One risk: its name, probability, and cost when it happens, all in one currency."""

    name: str
    probability: float
    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Reserve:
    """What the risks cost together: in the mean, and in 50, 80 and 90 percent of the runs."""

    n: int
    mean: float
    p50: float
    p80: float
    p90: float
    most: float


def reserve(risks: Sequence[Money], *, seed: int, runs: int = RUNS) -> Reserve:
    """The sum of the risks over many runs. With the same seed the result is the same.

    >>> sure = [Money("R-01", 1.0, 10, 20, 60), Money("R-02", 0.0, 5, 5, 5)]
    >>> round(reserve(sure, seed=1).mean)
    30
    >>> reserve([Money("R-01", 1.0, 7, 7, 7)], seed=1).p80
    7.0
    """
    streams, total = Streams(seed), np.zeros(runs)
    for risk in risks:
        stream = streams.of(f"risk {risk.name}")
        happens = stream.random(runs) < risk.probability
        cost = quantile(Estimate(risk.low, risk.likely, risk.high, TRIANGULAR), stream.random(runs))
        total += np.where(happens, cost, 0.0)
    p50, p80, p90 = np.percentile(total, [50, 80, 90], method="inverted_cdf")
    return Reserve(
        n=len(risks),
        mean=float(total.mean()),
        p50=float(p50),
        p80=float(p80),
        p90=float(p90),
        most=float(sum(risk.high for risk in risks if risk.probability)),
    )
