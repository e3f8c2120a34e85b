"""Calendars as rows become working time to count in."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import holidays

from ipd.calculations.working_time import WorkingTime
from ipd.models import CalendarException, PlanCalendar

LONGEST = 366 * 60  # days of one exception that are looked at


@lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[int]:
    """The ordinals of a country's public holidays in a year; none for one that is not known."""
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        return frozenset()
    return frozenset(day.toordinal() for day in found)


def is_country(country: str, subdivision: str = "") -> bool:
    """Its public holidays are known."""
    known = holidays.list_supported_countries(include_aliases=False)
    return country in known and (not subdivision or subdivision in known[country])


def days_off(calendar: PlanCalendar) -> Callable[[int], frozenset[int]] | None:
    """A function from a year to its holidays, or None for a calendar without a country."""
    if not calendar.country:
        return None
    return lambda year: public_holidays(calendar.country, calendar.subdivision, year)


def working_time(
    calendar: PlanCalendar, exceptions: Iterable[CalendarException] | None = None
) -> WorkingTime:
    """The calendar to count in; one query for its exceptions unless they are given.

    Raises NoWorkingTime when no day of it has any.
    """
    rows = calendar.exceptions.all() if exceptions is None else exceptions
    return made(calendar, rows)


def made(calendar: PlanCalendar, rows: Iterable[CalendarException]) -> WorkingTime:
    """Of exceptions that overlap, the one that begins later holds, and the shorter of two."""
    differing: dict[int, list] = {}
    for row in sorted(rows, key=lambda row: (row.first, -row.last.toordinal())):
        first, last = row.first.toordinal(), row.last.toordinal()
        for day in range(first, min(last, first + LONGEST) + 1):
            differing[day] = row.hours
    return WorkingTime.of(calendar.hours, differing, days_off(calendar))


def by_calendar(calendar_ids: Iterable[int]) -> dict[int, WorkingTime]:
    """Working time by the calendars' ids, in two queries; calendars alike share theirs."""
    ids = set(calendar_ids) - {None}
    exceptions: dict[int, list[CalendarException]] = {}
    for row in CalendarException.objects.filter(calendar__in=ids):
        exceptions.setdefault(row.calendar_id, []).append(row)
    alike: dict[str, WorkingTime] = {}
    found = {}
    for pk, row in PlanCalendar.objects.in_bulk(ids).items():
        differing = exceptions.get(pk, [])
        days = sorted((e.first, e.last, e.hours) for e in differing)
        key = repr((row.hours, row.country, row.subdivision, days))
        if key not in alike:
            alike[key] = made(row, differing)
        found[pk] = alike[key]
    return found
