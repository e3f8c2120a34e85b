"""When a KPI's series calls for somebody: pure arithmetic over figures by month.

Three signs, each of its own weight: the figure stands outside its band (at the floor or beyond);
it got worse three times in a row; or it is inside and the straight line through its last months
leaves the band soon. One bad month inside the band is not a sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

LEAST_POINTS = 6  # months through which a line may be drawn
LOOKS_BACK = 12  # months that a forecast is drawn from, at most
LOOKS_AHEAD = 3  # months a forecast reaches
IN_A_ROW = 3
# Student's t for a two-sided band of 80 %, by degrees of freedom 1…10.
T_OF_80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)


class Sign(StrEnum):
    OUTSIDE = "outside"
    WORSENING = "worsening"
    FORECAST = "forecast"


@dataclass(frozen=True)
class Ahead:
    """What the line says `months` after the last figure, and between what with 80 %."""

    months: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Band:
    """The floor as a limit: figures rise towards the good side, or fall.

    centre  set when the figure shall be near it; the floor is then a distance
    """

    floor: float
    rises: bool
    centre: float | None = None

    def badness(self, value: float) -> float:
        """How far the value is beyond the floor; negative inside.

        >>> Band(20, rises=False).badness(29), Band(70, rises=True).badness(88)
        (9, -18)
        >>> Band(10, rises=False, centre=0).badness(-12)
        2
        """
        at = value if self.centre is None else abs(value - self.centre)
        return self.floor - at if self.rises else at - self.floor

    def is_outside(self, value: float) -> bool:
        """At the floor or beyond: a score of zero."""
        return self.badness(value) >= 0


def forecast(figures: Sequence[float | None], months: int = LOOKS_AHEAD) -> list[Ahead]:
    """A straight line through the last months' figures and its band; empty on too few of them.

    The band is where 80 % of single figures fall if the line is right: least squares with
    Student's t, so that few or scattered points make it wide.

    >>> [round(one.middle, 6) for one in forecast([1, 2, 3, 4, 5, 6], 2)]
    [7.0, 8.0]
    >>> forecast([1, 2, 3, 4, 5])
    []
    """
    series = list(figures)[-LOOKS_BACK:]
    points = [(place, value) for place, value in enumerate(series) if value is not None]
    n = len(points)
    if n < LEAST_POINTS:
        return []
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    start = mean_y - slope * mean_x
    left = sum((y - start - slope * x) ** 2 for x, y in points)
    noise, t = sqrt(left / (n - 2)), T_OF_80[n - 3]
    found = []
    for months_on in range(1, months + 1):
        x = len(series) - 1 + months_on
        middle = start + slope * x
        reach = t * noise * sqrt(1 + 1 / n + (x - mean_x) ** 2 / spread)
        found.append(Ahead(months_on, middle - reach, middle, middle + reach))
    return found


def worsened(figures: Sequence[float | None], band: Band | None, *, rises: bool) -> int:
    """How often in a row, up to now, a figure was worse than the one of the month before.

    A month without a figure ends the row. Near a centre, worse is farther from it.

    >>> worsened([1.1, 1.3, 1.6, 2.0, 2.3], None, rises=False)
    4
    >>> worsened([88, 87, None, 86, 85], None, rises=True)
    1
    """

    def bad(value: float) -> float:
        if band is not None and band.centre is not None:
            return abs(value - band.centre)
        return -value if rises else value

    count = 0
    for before, now in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if before is None or now is None or bad(now) <= bad(before):
            break
        count += 1
    return count


def signs(figures: Sequence[float | None], band: Band | None, *, rises: bool) -> list[Sign]:
    """The signs that the series gives now, the gravest first.

    >>> signs([1.1, 1.3, 1.6, 2.0, 2.3], Band(5, rises=False), rises=False)
    [<Sign.WORSENING: 'worsening'>]
    >>> signs([11, 14, 18, 22, 26, 29], Band(20, rises=False), rises=False)
    [<Sign.OUTSIDE: 'outside'>, <Sign.WORSENING: 'worsening'>]
    >>> signs([10, 11, 12, 11, 13, 14], Band(15, rises=False), rises=False)
    [<Sign.FORECAST: 'forecast'>]
    """
    if not figures or figures[-1] is None:
        return []
    found = []
    outside = band is not None and band.is_outside(figures[-1])
    if outside:
        found.append(Sign.OUTSIDE)
    if worsened(figures, band, rises=rises) >= IN_A_ROW:
        found.append(Sign.WORSENING)
    if band is not None and not outside:
        ahead = forecast(figures)
        if any(band.is_outside(one.middle) for one in ahead):
            found.append(Sign.FORECAST)
    return found
