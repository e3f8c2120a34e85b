"""Correlated random numbers: one factor for all, one for each group, one for each activity.

z = √ρ₀·f₀ + √(ρ_g − ρ₀)·f_g + √(1 − ρ_g)·ε, all of them standard normal: two activities
correlate by ρ₀, two of a group by ρ_g, and no choice of the two can contradict itself.

Every name has a stream of its own, made from the seed and the name. So the same seed gives an
activity the same luck whatever else is in the plan: a what-if differs by what was changed and
by nothing else (common random numbers). Runs drawn in parts are the runs drawn at once.
"""

from hashlib import blake2b
from math import sqrt

import numpy as np

ALL = "all"


class Streams:
    """Streams of random numbers by name, each going on where it stopped."""

    def __init__(self, seed: int):
        self.seed = seed
        self._known: dict[str, np.random.Generator] = {}

    def of(self, name: str) -> np.random.Generator:
        if name not in self._known:
            key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest())
            self._known[name] = np.random.Generator(np.random.PCG64([self.seed, key]))
        return self._known[name]


class Factors:
    """The z of activities, run after run.

    rho         correlation of any two activities
    rho_group   of two of the same group; not below rho
    """

    def __init__(self, streams: Streams, *, rho: float, rho_group: float):
        if not 0 <= rho <= rho_group <= 1:
            raise ValueError((rho, rho_group))
        self.streams = streams
        self.rho, self.rho_group = rho, rho_group
        self._count = 0
        self._shared: dict[str, np.ndarray] = {}

    def draw(self, count: int) -> None:
        """Begin the next `count` runs: what is shared is drawn once for all of them."""
        self._count = count
        self._shared = {}

    def _of(self, name: str) -> np.ndarray:
        if name not in self._shared:
            self._shared[name] = self.streams.of(name).standard_normal(self._count)
        return self._shared[name]

    def z(self, name: str, group: str = "") -> np.ndarray:
        """Standard normal numbers of an activity, one for each of these runs."""
        within = self.rho_group if group else self.rho
        z = self.streams.of(f"activity {name}").standard_normal(self._count)
        z *= sqrt(1 - within)
        if self.rho:
            z += sqrt(self.rho) * self._of(ALL)
        if group and within > self.rho:
            z += sqrt(within - self.rho) * self._of(f"group {group}")
        return z
