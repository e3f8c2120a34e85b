"""Where a value stands in a drawing, and which round values are named beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

Place = date | float
MOST_TICKS = 5
LEVELS = 5  # steps of the upright axis


@dataclass(frozen=True)
class Mark:
    """A place of the horizontal axis that is named: a contract date, today."""

    at: Place
    label: str
    tone: str = ""


def number(place: Place) -> float:
    """A day as its ordinal, a number as itself."""
    return place.toordinal() if isinstance(place, date) else float(place)


@dataclass(frozen=True)
class Scale:
    """Values from `least` to `most` over 0 to 100 percent."""

    least: float
    most: float

    @classmethod
    def over(cls, places: Iterable[Place], *, room: float = 0) -> "Scale":
        """From the least to the most of the places, `room` of the range left free on each side."""
        found = [number(place) for place in places] or [0.0, 1.0]
        least, most = min(found), max(found)
        free = (most - least) * room or (0.5 if most == least else 0)
        return cls(least - free, most + free)

    def percent(self, place: Place) -> float:
        """
        >>> Scale(0, 8).percent(2)
        25.0
        """
        return round(100 * (number(place) - self.least) / (self.most - self.least), 3)


def round_up(most: float) -> float:
    """The next of 1, 2, 2.5, 5 and their tens that is not below `most`.

    >>> [round_up(value) for value in (0, 3, 21, 180)]
    [1.0, 5.0, 25.0, 200.0]
    """
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(
        float(f"{step * power:.12g}")
        for step in (1, 2, 2.5, 5, 10)
        if most <= step * power * 1.0001
    )


def levels(values: Iterable[float], most: float | None = None, *, zero: bool = True) -> Scale:
    """The upright axis for the values: from zero, or a round number below, to a round one above.

    zero  false where the way of a line matters and its distance from zero does not

    >>> levels([46]), levels([-3, 8]), levels([82, 88], zero=False)
    (Scale(least=0.0, most=50.0), Scale(least=-5.0, most=10.0), Scale(least=82.0, most=88.0))
    """
    found = [0.0, *map(float, values)] if most is None else [0.0, most]
    if not zero and len(set(found)) > 2:
        found = found[1:]
    step = round_up((max(found) - min(found)) / LEVELS)
    top = max(ceil(max(found) / step - 1e-9), 1 if not any(found) else 0)
    return Scale(floor(min(found) / step) * step, top * step)


def ticks(scale: Scale, *, most: int = MOST_TICKS) -> list[float]:
    """At most so many round numbers within the scale.

    >>> ticks(Scale(0, 100))
    [0.0, 25.0, 50.0, 75.0, 100.0]
    """
    step = round_up((scale.most - scale.least) / (most - 1))
    first = ceil(scale.least / step - 1e-9)
    count = floor(scale.most / step + 1e-9) - first
    return [float(f"{(first + place) * step:.12g}") for place in range(count + 1)]


def day_ticks(scale: Scale) -> list[tuple[date, str]]:
    """A few days with their labels: Mondays of a short time, first days of months of a long one.

    >>> [label for _day, label in day_ticks(Scale.over([date(2027, 1, 8), date(2027, 8, 30)]))]
    ['2027-02', '2027-04', '2027-06', '2027-08']
    """
    first, last = date.fromordinal(ceil(scale.least)), date.fromordinal(floor(scale.most))
    if (last - first).days <= 90:
        weeks = max(1, ceil((last - first).days / 7 / MOST_TICKS))
        monday = first + timedelta(days=-first.weekday() % 7)
        days = [monday + timedelta(weeks=weeks * place) for place in range(MOST_TICKS + 1)]
        return [(day, f"{day:%m-%d}") for day in days if day <= last]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    every = ceil(len(months) / MOST_TICKS)
    return [(day, f"{day:%Y-%m}") for day in months[::every]]
