"""Cells of plans: durations, lags and weeks as people write them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ipd.calculations import plan_words
from ipd.calculations.working_time import DAY, tidy
from ipd.kernel.tables.columns import Column, Unreadable

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAG = re.compile(r"^(?P<sign>[+\-−]?)\s*(?P<number>\d{1,6}(?:[.,]\d{1,4})?)\s*(?P<unit>[a-z]*|%)$")
STRETCH = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")
MOST = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Duration(Column):
    """Working minutes; a bare number is days of eight hours."""

    def read(self, text, shift):
        try:
            minutes = plan_words.minutes_of(text.replace(",", "."))
        except plan_words.Unreadable as error:
            raise Unreadable(self.accepts) from error
        if minutes > MOST:
            raise Unreadable(self.accepts)
        return minutes

    @property
    def accepts(self):
        return _("a duration in days, or with its unit: 10, 2.5d, 4h, 3w; not negative")

    def show(self, value):
        return "" if value is None else plan_words.duration(value).replace(" ", "")


@dataclass(frozen=True, kw_only=True)
class Lag(Column):
    """A lag and its unit: (minutes or percent, "working", "elapsed" or "percent")."""

    blank = (0, "working")

    def read(self, text, shift):
        match = LAG.match(text.lower())
        if match is None:
            raise Unreadable(self.accepts)
        sign, unit = (-1 if match["sign"] in {"-", "−"} else 1), match["unit"]
        number = float(match["number"].replace(",", "."))
        if unit == "%":
            return sign * round(number), "percent"
        elapsed = unit.startswith("e") and unit[1:] in plan_words.UNITS
        word = plan_words.UNITS.get(unit[1:] if elapsed else unit)
        if word is None:
            raise Unreadable(self.accepts)
        if elapsed:
            minutes, kind = round(number * plan_words.ELAPSED[word]), "elapsed"
        else:
            minutes, kind = plan_words.minutes_of(f"{match['number']}{unit}"), "working"
        if minutes > MOST:
            raise Unreadable(self.accepts)
        return sign * minutes, kind

    @property
    def accepts(self):
        return _("a lag: 2d, -1d for a lead, 3ed by the clock, 50% of the predecessor")

    def show(self, value):
        lag, unit = value
        said = plan_words.link_text("", "fs", lag, unit)
        return said.removeprefix("FS")


@dataclass(frozen=True, kw_only=True)
class Week(Column):
    """Seven days' hours: "mon-fri 08:00-12:00 13:00-17:00; sat 08:00-12:00"."""

    def read(self, text, shift):
        week: list[list] = [[] for _day in DAYS]
        try:
            for part in filter(None, (piece.strip() for piece in text.lower().split(";"))):
                days, *stretches = part.split()
                hours = [list(stretch) for stretch in tidy(map(_stretch, stretches))]
                first, _dash, last = days.partition("-")
                places = range(DAYS.index(first), DAYS.index(last or first) + 1)
                for place in places:
                    week[place] = hours
        except ValueError as error:
            raise Unreadable(self.accepts) from error
        if not any(week):
            raise Unreadable(_("a week with some working time"))
        return week

    @property
    def accepts(self):
        return _("days and their hours, as mon-fri 08:00-12:00 13:00-17:00; sat 08:00-12:00")

    def show(self, value):
        said = []
        for name, hours in zip(DAYS, value, strict=True):
            times = " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in hours)
            if times:
                said.append(f"{name} {times}")
        return "; ".join(said)


def _stretch(text: str) -> tuple[int, int]:
    match = STRETCH.match(text)
    if match is None:
        raise ValueError(text)
    first, second, third, fourth = map(int, match.groups())
    start, end = first * 60 + second, third * 60 + fourth
    if second > 59 or fourth > 59 or not 0 <= start < end <= DAY:
        raise ValueError(text)
    return start, end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
