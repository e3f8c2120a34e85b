"""Reminding of readings: once when a month is over, and again before it is closed."""

from datetime import date
from itertools import batched

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel.actions.notices import tell
from ipd.kernel.days import add_working_days, today
from teams.actions import months
from teams.calculations.months import last_day, month_of, shifted
from teams.models import Kpi, KpiMonth, Person
from teams.queries import duties, missing
from teams.queries.missing import Lacking
from teams.subjects import subjects

AT_ONCE = 200
NAMED = 3
FIRST, LAST = 1, 4  # working days after the month's end


def remind(day: date | None = None) -> int:
    """Tell who has still to read what of the month that is over; how many were told of it.

    From the first working day after it in the digest; from the fourth at once, as it will be
    closed two days later. Telling the same twice changes nothing, so that a clock that stood
    still catches up.
    """
    day = day or today()
    month = shifted(month_of(day), -1)
    ended = last_day(month)
    if day < add_working_days(ended, FIRST) or KpiMonth.objects.filter(month__gte=month).exists():
        return 0
    is_last = day >= add_working_days(ended, LAST)
    told = 0
    for chunk in batched(subjects().measured().values(), AT_ONCE, strict=False):
        lacking = missing.of(chunk, month)
        seats = duties.holders(lacking, duties.ENTER)
        for team, found in lacking.items():
            told += _tell(found, seats.get(team, []), month, is_last=is_last)
    return told


def _tell(found: Lacking, seats: list, month: date, *, is_last: bool) -> int:
    by_person: dict[Person, list[Kpi]] = {}
    for kpi in found.entered:
        person = duties.reader_of(kpi, seats)
        if person is not None:
            by_person.setdefault(person, []).append(kpi)
    for person, kpis in by_person.items():
        tell(
            [person],
            news=f"kpi-missing:{found.subject.team}:{month}:{'last' if is_last else 'first'}",
            text=_text(found, kpis, month, is_last=is_last),
            link=f"{reverse('teams:kpi-readings', args=[found.subject.team])}?month={month:%Y-%m}",
            why=_("You read these KPIs for the team, and the month is over."),
            needs_action=is_last,
        )
    return len(by_person)


def _text(found: Lacking, kpis: list[Kpi], month: date, *, is_last: bool) -> str:
    named = ", ".join(kpi.name for kpi in kpis[:NAMED])
    more = len(kpis) - NAMED
    if more > 0:
        named += ngettext(" and %(n)d more", " and %(n)d more", more) % {"n": more}
    told = {
        "subject": f"{found.subject.code} {found.subject.name}",
        "month": f"{month:%Y-%m}",
        "kpis": named,
        "day": months.closes_on(month),
    }
    if is_last:
        return _("%(subject)s, %(month)s is closed on %(day)s and lacks: %(kpis)s") % told
    return _("%(subject)s, to be read for %(month)s: %(kpis)s") % told
