"""The teams behind a group's figure of one month: what each of them brought in."""

from dataclasses import dataclass
from datetime import date
from statistics import mean

from django.urls import reverse

from teams.models import Kpi, Person
from teams.models.kpis import Together
from teams.queries import readings
from teams.queries.figures import parts_shown, shown
from teams.queries.points import Point, of_reading
from teams.queries.tiles import counted
from teams.subjects import Subject, subjects

PAGE = 50


@dataclass(frozen=True)
class Contribution:
    """A team's part; `url` leads to its own series."""

    subject: Subject
    point: Point
    figure: str
    parts: str
    url: str


@dataclass(frozen=True)
class Contributions:
    """One page of them, by code; never ranked, since their phases differ.

    simple_mean  of the teams' own figures: said beside a ratio of sums, which it is not
    after        the code behind which the next page begins; "" at the end
    """

    rows: list[Contribution]
    total: int
    simple_mean: str
    after: str


def of_month(
    person: Person, group: str, kpi: Kpi, month: date, *, granted: bool, after: str = ""
) -> Contributions:
    """Visible teams with a figure in the month; three queries.

    granted  whether the reader may see the money of all of them; else amounts stay restricted
    """
    told = subjects()
    teams = [row["team"] for row in told.visible_to(person, group=group)]
    found = {team: row for (team, _kpi), row in readings.at(teams, month, [kpi.pk]).items()}
    figured = {team: row for team, row in found.items() if row.ratio is not None}
    by_team = told.of(figured)
    rows = sorted(
        (
            _contribution(by_team[team], of_reading(kpi, row), kpi, granted)
            for team, row in figured.items()
            if team in by_team
        ),
        key=lambda one: one.subject.code,
    )
    shown = [one for one in rows if one.subject.code > after]
    more = len(shown) > PAGE
    return Contributions(
        rows=shown[:PAGE],
        total=len(rows),
        simple_mean=_mean(kpi, rows, granted),
        after=shown[PAGE - 1].subject.code if more else "",
    )


def _contribution(subject: Subject, point: Point, kpi: Kpi, granted: bool) -> Contribution:
    figure = counted(kpi, point, granted=granted)
    plain = point.denominator == 1 or (kpi.is_money and not granted)
    parts = parts_shown(kpi, point.numerator, point.denominator, granted=granted)
    url = reverse("teams:kpi-trend", args=[subject.team, kpi.code])
    return Contribution(subject, point, figure, "" if plain else parts, url)


def _mean(kpi: Kpi, rows: list[Contribution], granted: bool) -> str:
    """Only where it could be mistaken for the group's figure: beside a ratio of sums."""
    if kpi.together != Together.RATIO or len(rows) < 2:
        return ""
    return shown(kpi, mean(one.point.figure for one in rows), granted=granted)
