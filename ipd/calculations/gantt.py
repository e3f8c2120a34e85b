"""Where things stand in a Gantt chart: moments as places, elbows that keep clear of bars.

Lengths are CSS pixels, time runs from left to right. A working day (08:00 to 17:00) fills the
width of its day, so that bars of whole days end where their days end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Pixels of a day, by the name of the scale.
SCALES = {"weeks": 18.0, "months": 5.0, "quarters": 1.75}
ROW, MIDDLE = 32, 13  # height of a row; where its bar's middle lies
STUB, HEAD = 6, 4  # the least a line runs straight; the length of an arrow's head
DETOUR = 90  # how far a line goes aside to keep clear of bars
DAY_BEGINS, DAY_MINUTES = 480, 540

Span = tuple[float, float]


@dataclass(frozen=True)
class Tick:
    """A stretch of the time axis with its words."""

    x: float
    width: float
    label: str


@dataclass(frozen=True)
class Scale:
    """The time axis from one day to another, both whole; `name` is one of SCALES.

    `within` is a width it has to fit into, whatever a day's usual width is (on paper).
    """

    first: date
    last: date
    name: str
    within: float = 0

    @property
    def per_day(self) -> float:
        days = (self.last - self.first).days + 1
        return round(self.within / days, 4) if self.within else SCALES[self.name]

    @property
    def width(self) -> float:
        return round(((self.last - self.first).days + 1) * self.per_day, 1)

    def x_of_day(self, day: date) -> float:
        return round((day - self.first).days * self.per_day, 1)

    def x(self, moment: datetime) -> float:
        """The place of a moment; the hours before and after work lie at the day's edges."""
        worked = (moment.hour * 60 + moment.minute - DAY_BEGINS) / DAY_MINUTES
        share = min(1.0, max(0.0, worked))
        return round(((moment.date() - self.first).days + share) * self.per_day, 1)


def fitting(first: date, last: date) -> str:
    """The scale that shows a plan of this length on a screen or two.

    >>> fitting(date(2026, 1, 5), date(2026, 2, 20))
    'weeks'
    >>> fitting(date(2026, 1, 5), date(2027, 1, 20))
    'months'
    """
    days = (last - first).days
    return "weeks" if days <= 70 else "months" if days <= 500 else "quarters"


def scale(first: date, last: date, name: str) -> Scale:
    """The axis around a plan: from the Monday before it, with a little room behind it.

    >>> scale(date(2026, 11, 25), date(2026, 12, 24), "weeks").first
    datetime.date(2026, 11, 16)
    """
    first = first - timedelta(days=first.weekday() + 7)
    return Scale(first, last + timedelta(days=round(90 / SCALES[name])), name)


def _next(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday()) + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    month = day.month - (day.month - 1) % months + months
    return date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _label(day: date, step: str) -> str:
    if step == "week":
        return f"{day:%m-%d}"
    if step == "quarter":
        return f"Q{(day.month + 2) // 3}"
    return f"{day:%Y-%m}" if step == "month" else f"{day.year}"


def ticks(axis: Scale, *, upper: bool) -> list[Tick]:
    """The two lines of the axis: months over weeks, years over months or quarters."""
    steps = {
        "weeks": ("month", "week"),
        "months": ("year", "month"),
        "quarters": ("year", "quarter"),
    }
    step = steps[axis.name][0 if upper else 1]
    found, day, end = [], axis.first, axis.last + timedelta(days=1)
    while day < end:
        following = min(_next(day, step), end)
        x = axis.x_of_day(day)
        width = round(axis.x_of_day(following) - x, 1)
        label = f"{day:%m}" if step == "month" and not upper else _label(day, step)
        found.append(Tick(x, width, label if width >= 8 * len(label) else ""))
        day = following
    return found


def grid(axis: Scale, height: float) -> str:
    """Upright lines at the beginnings of the axis's lower line, as one path."""
    return "".join(f"M{tick.x:g} 0V{height:g}" for tick in ticks(axis, upper=False))


def weekends(axis: Scale, height: float) -> str:
    """Saturdays and Sundays as one path, where a day is wide enough to show them."""
    if axis.name != "weeks":
        return ""
    saturday = axis.first + timedelta(days=(5 - axis.first.weekday()) % 7)
    parts = []
    while saturday <= axis.last:
        parts.append(
            f"M{axis.x_of_day(saturday):g} 0h{2 * axis.per_day:g}V{height:g}h-{2 * axis.per_day:g}z"
        )
        saturday += timedelta(days=7)
    return "".join(parts)


# Dependency lines -----------------------------------------------------------------------------


def column(preferred: float, low: float, high: float, bars: Iterable[Span]) -> float:
    """The place nearest to `preferred`, from `low` to `high`, where no bar stands in the way.

    Where every place is taken it is `preferred` itself.

    >>> column(50, 0, 100, [(40, 60)])
    36
    >>> column(50, 45, 100, [(40, 60)])
    64
    >>> column(50, 45, 55, [(40, 60)])
    50
    """
    gap = STUB - 2
    taken = list(bars)
    edges = [place for start, end in taken for place in (start - gap, end + gap)]
    places = sorted({preferred, *edges}, key=lambda place: (abs(place - preferred), place))
    for place in places:
        if low <= place <= high and all(not start - 2 < place < end + 2 for start, end in taken):
            return place
    return preferred


def elbow(kind: str, start: Span, end: Span, between: Sequence[Span]) -> list[Span]:
    """The corners of a line from one bar to another, both ends included.

    kind     "fs", "ss", "ff" or "sf"
    start    where the line leaves the predecessor: x and y; `end` likewise the successor
    between  the bars (from, to) of the rows that lie between the two

    A line leaves and enters along its row. Where the successor lies behind, it turns in the
    gap between two rows, where no bar is.
    """
    (x1, y1), (x2, y2) = start, end
    out = 1 if kind in ("fs", "ff") else -1
    into = 1 if kind in ("fs", "ss") else -1
    if out == -into:  # ss and ff: around the outer of the two
        outer = max(x1, x2) + STUB if out > 0 else min(x1, x2) - STUB
        low, high = (outer, outer + DETOUR) if out > 0 else (outer - DETOUR, outer)
        x = column(outer, low, high, between)
        return [(x1, y1), (x, y1), (x, y2), (x2, y2)]
    near, far = x1 + out * STUB, x2 - into * STUB
    if out * (far - near) >= 0:
        x = column(far, min(near, far), max(near, far), between)
        return [(x1, y1), (x, y1), (x, y2), (x2, y2)]
    turn = y2 - MIDDLE + 1 if y2 > y1 else y2 - MIDDLE + ROW - 1
    low, high = (near, near + DETOUR) if out > 0 else (near - DETOUR, near)
    x = column(near, low, high, between)
    return [(x1, y1), (x, y1), (x, turn), (far, turn), (far, y2), (x2, y2)]


def drawn(corners: Sequence[Span]) -> str:
    """The line as a path; upright and level pieces only.

    >>> drawn([(0, 5), (6, 5), (6, 37), (20, 37)])
    'M0 5H6V37H20'
    """
    (x, y), *others = corners
    parts = [f"M{x:g} {y:g}"]
    for next_x, next_y in others:
        if next_y == y and next_x != x:
            parts.append(f"H{next_x:g}")
        elif next_y != y:
            parts.append(f"V{next_y:g}")
        x, y = next_x, next_y
    return "".join(parts)


def head(corners: Sequence[Span]) -> str:
    """The arrow's head at the end of a line."""
    (before, _), (x, y) = corners[-2:]
    back = -HEAD if before <= x else HEAD
    return f"M{x:g} {y:g}l{back} -{HEAD - 1}v{2 * (HEAD - 1)}z"
