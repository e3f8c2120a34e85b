"""Alerts: signs of teams' KPIs are raised once, told to who stands for the readings, and cleared.

A sign is looked for in what stands in a month; of too few observations there is none. What lasts
is not told again; what is gone is cleared, and may be raised anew.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import batched

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.calculations.alerts import signs
from teams.calculations.months import last_day, month_of
from teams.models import DecisionRight, Kpi, KpiAlert, Person, Team
from teams.models.rights import SeatedIn
from teams.queries import points, series, targets
from teams.queries.standing import LONGEST
from teams.subjects import Subject, subjects

AT_ONCE = 200
RESPONSIBLE = "approve_readings"  # whoever stands for a team's readings hears of its signs
NAMED = 3  # signs that a notice spells out
Sign = tuple[int, int, str]  # team, KPI, kind


def raise_for(month: date | None = None) -> int:
    """Raise and clear the alerts of all measured teams; how many were raised.

    Some hundred teams at a time, each in a transaction of its own; done twice it changes nothing.
    """
    month = month or month_of(today())
    measured = subjects().measured()
    kpis = {kpi.pk: kpi for kpi in Kpi.objects.active()}
    aims = targets.on(last_day(month))
    return sum(
        _raise({team: measured[team] for team in chunk}, month, kpis, aims)
        for chunk in batched(measured, AT_ONCE, strict=False)
    )


@transaction.atomic
def _raise(
    chunk: dict[int, Subject], month: date, kpis: dict[int, Kpi], aims: targets.Targets
) -> int:
    # Of two clocks the second waits here, and then finds what the first has raised.
    list(Team.objects.select_for_update(no_key=True).filter(pk__in=chunk).order_by("pk"))
    standing = KpiAlert.objects.filter(team__in=chunk, cleared_in=None)
    known = {(one.team_id, one.kpi_id, one.kind): one for one in standing}
    found = _signs(chunk, month, kpis, aims)
    gone = [one.pk for key, one in known.items() if key not in found]
    KpiAlert.objects.filter(pk__in=gone).update(cleared_in=month)
    made = KpiAlert.objects.bulk_create(
        KpiAlert(team_id=team, kpi_id=kpi, kind=kind, raised_in=month)
        for team, kpi, kind in sorted(found - known.keys())
    )
    _tell(chunk, kpis, made)
    return len(made)


def _signs(
    chunk: dict[int, Subject], month: date, kpis: dict[int, Kpi], aims: targets.Targets
) -> set[Sign]:
    found = set()
    for (team, pk), figures in series.of_teams(chunk, kpis, month, LONGEST).items():
        kpi, scale = kpis[pk], aims.scale(pk, chunk[team].phase)
        if scale is not None:
            calls = signs(figures, points.band(kpi, scale), rises=points.rises(kpi))
            found |= {(team, pk, sign.value) for sign in calls}
    return found


def _tell(chunk: dict[int, Subject], kpis: dict[int, Kpi], made: list[KpiAlert]) -> None:
    """One notice a team, however many signs were raised."""
    by_team: dict[int, list[KpiAlert]] = defaultdict(list)
    for one in made:
        by_team[one.team_id].append(one)
    people = _responsible(by_team)
    for team, alerts in by_team.items():
        said = [f"{kpis[one.kpi_id].code} {one.get_kind_display()}" for one in alerts[:NAMED]]
        if more := len(alerts) - NAMED:
            said += [_("and %(n)s more") % {"n": more}] if more > 0 else []
        tell(
            people.get(team, []),
            news=f"kpi-alerts:{min(one.pk for one in alerts)}",
            text=_("%(team)s: %(signs)s") % {"team": chunk[team].code, "signs": ", ".join(said)},
            link=reverse("teams:kpi-team", args=[team]),
            why=_("You stand for the readings of this team."),
        )


def _responsible(teams: Iterable[int]) -> dict[int, list[Person]]:
    rights = DecisionRight.objects.filter(
        act=RESPONSIBLE,
        seated_in=SeatedIn.TEAM,
        role__seats__team__in=list(teams),
        role__seats__person__isnull=False,
        role__seats__period__contains=today(),
    )
    pairs = set(rights.values_list("role__seats__team", "role__seats__person"))
    people = Person.objects.in_bulk({person for _team, person in pairs})
    found: dict[int, list[Person]] = defaultdict(list)
    for team, person in sorted(pairs):
        found[team].append(people[person])
    return found
