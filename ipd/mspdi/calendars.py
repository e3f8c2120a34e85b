"""Calendars of project files: weeks, work weeks and exceptions, inherited from base calendars."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.calculations.working_time import STANDARD, STANDARD_WEEK, Hours, tidy
from ipd.mspdi import recurring, values
from ipd.mspdi.faults import Faults
from ipd.mspdi.xml import children, keep, text

DAYS = {1: 6, 2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5}  # the format's days, Sunday 1, to Monday 0
LONGEST = 366 * 40  # days of one exception or work week that are looked at
Differing = dict[date, tuple[Hours, str]]


@dataclass
class Calendar:
    """As the file has it; None for a weekday: the base's."""

    uid: int
    name: str
    base: int | None
    week: list[Hours | None]
    weeks: Differing = field(default_factory=dict)
    exceptions: Differing = field(default_factory=dict)
    element: Element | None = None


def read(root: Element, faults: Faults) -> dict[int, Calendar]:
    """The calendars by UID; each fault is named with the calendar's name."""
    found: dict[int, Calendar] = {}
    for element in children(root, "Calendars/Calendar"):
        where = text(element, "Name") or text(element, "UID", "?")
        with faults.at(_("calendar"), where) as at:
            uid = at.whole(element, "UID")
            if uid in found:
                at.refuse("UID", str(uid), _("a number that no other calendar has"))
                continue
            base = at.whole(element, "BaseCalendarUID", -1)
            calendar = Calendar(uid, where[:120], base if base > 0 else None, [None] * 7)
            calendar.element = element
            if values.yes(text(element, "IsBaseCalendar", "0")):
                calendar.base = None
            _week(element, calendar, at)
            _weeks(element, calendar, at)
            for exception in children(element, "Exceptions/Exception"):
                _exception(exception, calendar, at)
            found[uid] = calendar
    for calendar in found.values():
        if calendar.base is not None and calendar.base not in found:
            with faults.at(_("calendar"), calendar.name) as at:
                at.refuse("BaseCalendarUID", str(calendar.base), _("the UID of a calendar"))
            calendar.base = None
    return found


def _week(element: Element, calendar: Calendar, at) -> None:
    for day in children(element, "WeekDays/WeekDay"):
        kind = at.whole(day, "DayType", 0)
        if kind == 0:
            _exception(day, calendar, at)  # how files before 2007 say it
        elif kind not in DAYS:
            at.refuse("DayType", str(kind), _("a day from 1, Sunday, to 7"))
        else:
            calendar.week[DAYS[kind]] = _hours(day, at)


def _weeks(element: Element, calendar: Calendar, at) -> None:
    for week in children(element, "WorkWeeks/WorkWeek"):
        first, last = _stretch(week, at)
        if first is None:
            continue
        hours: dict[int, Hours] = {}
        for day in children(week, "WeekDays/WeekDay"):
            kind = at.whole(day, "DayType", 0)
            if kind in DAYS:
                hours[DAYS[kind]] = _hours(day, at)
        for n in range(min((last - first).days, LONGEST) + 1):
            day = first + timedelta(days=n)
            if day.weekday() in hours:
                calendar.weeks[day] = hours[day.weekday()], text(week, "Name")[:120]


def _exception(element: Element, calendar: Calendar, at) -> None:
    first, last = _stretch(element, at)
    if first is None:
        return
    last = min(last, first + timedelta(days=LONGEST))
    hours = _hours(element, at)
    name = text(element, "Name")[:120]
    for day in recurring.days(element, first, last):
        calendar.exceptions[day] = hours, name


def _stretch(element: Element, at) -> tuple[date | None, date | None]:
    period = element.find("TimePeriod")
    if period is None or not text(period, "FromDate") or not text(period, "ToDate"):
        return None, None
    first, last = at.moment(period, "FromDate"), at.moment(period, "ToDate")
    if first is None or last is None:
        return None, None
    if last < first:
        at.refuse("ToDate", text(period, "ToDate"), _("a day on or after FromDate"))
        return None, None
    return first.date(), last.date()


def _hours(element: Element, at) -> Hours:
    """Stretches of work; without any a working day has the usual ones."""
    working = text(element, "DayWorking", "")
    stretches = []
    for part in children(element, "WorkingTimes/WorkingTime"):
        if not text(part, "FromTime") or not text(part, "ToTime"):
            continue
        start, end = at.time(part, "FromTime"), at.time(part, "ToTime")
        if start is None or end is None:
            continue
        end = end or 1440
        if end < start:
            at.refuse("ToTime", text(part, "ToTime"), _("a time after FromTime"))
        else:
            stretches.append((start, end))
    if working and not values.yes(working):
        return ()
    if not stretches and values.yes(working or "0"):
        return STANDARD
    return tidy(stretches)


def resolved(calendars: dict[int, Calendar], uid: int) -> tuple[list[Hours], Differing]:
    """Week and differing days with all that is inherited; a base of itself ends the search."""
    chain, seen = [], set()
    while uid in calendars and uid not in seen:
        seen.add(uid)
        chain.append(calendars[uid])
        uid = calendars[uid].base
    week = [
        next((c.week[n] for c in chain if c.week[n] is not None), STANDARD_WEEK[n])
        for n in range(7)
    ]
    differing: Differing = {}
    for calendar in reversed(chain):
        differing |= calendar.weeks
    for calendar in reversed(chain):
        differing |= calendar.exceptions
    return week, differing


def stretches(week: list[Hours], differing: Differing) -> list[list]:
    """The differing days as [first, last, name, hours], neighbours alike joined.

    A day that differs in nothing from its week is left out, unless it has a name.
    """
    found: list[list] = []
    for day in sorted(differing):
        hours, name = differing[day]
        if not name and hours == week[day.weekday()]:
            continue
        listed = [list(part) for part in hours]
        last = found[-1] if found else None
        if last and last[1] == day - timedelta(days=1) and last[2:] == [name, listed]:
            last[1] = day
        else:
            found.append([day, day, name, listed])
    return found


def kept(calendar: Calendar) -> dict:
    """What goes back into a file as it came."""
    return {"xml": keep(calendar.element)} if calendar.element is not None else {}
