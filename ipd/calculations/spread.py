"""Three-point estimates: how a duration spreads between its least, likely and most.

Durations come from a standard normal z, so that they can be correlated: u = Φ(z), and then the
inverse of the distribution at u. Both steps are folded into one table over z per shape and
place of the mode, so that a run costs one look-up. The triangle is inverted in closed form,
the beta-PERT by a table of its distribution with 2,000 cells.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import erf, sqrt

import numpy as np

CELLS = 2000
Z_MOST, Z_CELLS = 6.0, 4096
Z = np.linspace(-Z_MOST, Z_MOST, Z_CELLS + 1)
U = np.array([(1 + erf(z / sqrt(2))) / 2 for z in Z])  # Φ(z)
T = np.linspace(0, 1, CELLS + 1)
PLACES = np.linspace(0, 1, 101)  # of the mode, where tails are extended
PERT, TRIANGULAR = "pert", "triangular"


@dataclass(frozen=True)
class Estimate:
    """Least, likely and most, in any one unit; `shape` is "pert" or "triangular".

    group   what correlates it with others: a team, a supplier, a technology
    """

    low: float
    likely: float
    high: float
    shape: str = PERT
    group: str = ""

    @property
    def is_certain(self) -> bool:
        return self.high <= self.low

    @property
    def place(self) -> float:
        """Where the mode lies between the least (0) and the most (1)."""
        return (self.likely - self.low) / (self.high - self.low) if not self.is_certain else 0.0

    @property
    def mean(self) -> float:
        """
        >>> Estimate(10, 14, 26).mean, Estimate(10, 14, 26, "triangular").mean
        (15.333333333333334, 16.666666666666668)
        """
        weight = 4 if self.shape == PERT else 1
        return (self.low + weight * self.likely + self.high) / (weight + 2)

    def with_tails(self) -> "Estimate":
        """Its least and most read as P10 and P90: the limits beyond them, of the same mode.

        >>> wide = Estimate(10, 14, 26, "triangular").with_tails()
        >>> [round(float(quantile(wide, u)), 2) for u in (0.1, 0.9)]
        [10.0, 26.0]
        """
        if self.is_certain:
            return self
        places, spans = _tails(self.shape)
        place = float(np.interp(self.place, places, PLACES))
        span = float(np.interp(place, PLACES, spans)) * (self.high - self.low)
        low = self.likely - place * span
        return replace(self, low=low, high=low + span)

    def scaled(self, factor: float) -> "Estimate":
        """
        >>> Estimate(10, 20, 40).scaled(0.5).high
        20.0
        """
        return replace(
            self, low=self.low * factor, likely=self.likely * factor, high=self.high * factor
        )


def quantile(estimate: Estimate, u: float | np.ndarray) -> np.ndarray:
    """The duration that is not exceeded with probability u.

    >>> round(float(quantile(Estimate(15, 20, 25, "triangular"), 0.5)), 6)
    20.0
    """
    unit = _unit(estimate.shape, estimate.place, np.asarray(u, dtype=float))
    return estimate.low + (estimate.high - estimate.low) * unit


def durations(estimate: Estimate, z: np.ndarray) -> np.ndarray:
    """The duration in each run, from its standard normal z."""
    if estimate.is_certain:
        return np.full(z.shape, float(estimate.likely))
    table, slope = _by_z(estimate.shape, round(estimate.place, 9))
    at = (z + Z_MOST) * (Z_CELLS / (2 * Z_MOST))
    np.clip(at, 0, Z_CELLS - 1e-9, out=at)
    cell = at.astype(np.intp)
    at -= cell
    at *= slope.take(cell)
    at += table.take(cell)
    at *= estimate.high - estimate.low
    at += estimate.low
    return at


@lru_cache(maxsize=1024)
def _by_z(shape: str, place: float) -> tuple[np.ndarray, np.ndarray]:
    """The unit quantile at each z of the grid, and its rise to the next."""
    table = _unit(shape, place, U)
    return table, np.diff(table)


def _unit(shape: str, place: float, u: np.ndarray) -> np.ndarray:
    """The quantile of the distribution between 0 and 1 with its mode at `place`."""
    if shape == TRIANGULAR:
        rising = np.sqrt(u * place)
        falling = 1 - np.sqrt((1 - u) * (1 - place))
        return np.where(u < place, rising, falling)
    return np.interp(u, pert_distribution(place), T)


@lru_cache(maxsize=256)
def pert_distribution(place: float) -> np.ndarray:
    """The beta-PERT's distribution at 2,001 places, by Simpson's rule in each cell.

    α = 1 + 4·place and β = 1 + 4·(1 − place), neither below one, so its density is finite.
    """
    before, behind = 4 * place, 4 * (1 - place)

    def density(t: np.ndarray) -> np.ndarray:
        return t**before * (1 - t) ** behind

    at, between = density(T), density((T[1:] + T[:-1]) / 2)
    summed = np.concatenate([[0.0], np.cumsum(at[:-1] + 4 * between + at[1:])])
    return summed / summed[-1]


@lru_cache(maxsize=2)
def _tails(shape: str) -> tuple[np.ndarray, np.ndarray]:
    """For each place of the mode between the limits: its place between P10 and P90, and how
    much wider the limits are than P90 − P10."""
    tenths = np.array([_unit(shape, place, np.array([0.1, 0.9])) for place in PLACES])
    width = tenths[:, 1] - tenths[:, 0]
    return (PLACES - tenths[:, 0]) / width, 1 / width
