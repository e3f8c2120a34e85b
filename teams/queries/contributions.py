"""The teams behind a group's figure of one month: what each of them brought in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum
from django.urls import reverse

from ipd.kernel import keyset
from ipd.kernel.measures import Unit
from teams.models import Kpi, KpiOpenReading, KpiReading, Person, Team
from teams.models.kpis import Together
from teams.queries import readings
from teams.queries.figures import parts_shown, shown
from teams.queries.points import Point, of_reading
from teams.queries.tiles import counted
from teams.subjects import Subject, subjects

PAGE = 50
KEYS = ["code", "pk"]
RATIO = F("numerator") / F("denominator")


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
    """One page of them, by the codes of teams; never ranked, since their phases differ.

    simple_mean  of the teams' own figures: said beside a ratio of sums, which it is not
    after        the cursor of the next page; "" at the end
    """

    rows: list[Contribution]
    total: int
    simple_mean: str
    after: str


def of_month(
    person: Person, group: str, kpi: Kpi, month: date, *, granted: bool, after: str = ""
) -> Contributions:
    """Visible teams with a figure in the month; five queries.

    granted  whether the reader may see the money of all of them; else amounts stay restricted
    """
    told = subjects()
    visible = told.visible_to(person, group=group)
    of_all = _of_all(visible, kpi, month)
    found = keyset.part(_figured(visible, kpi, month), KEYS, after=after, size=PAGE)
    ids = [team.pk for team in found.rows]
    rows, by_team = readings.at(ids, month, [kpi.pk]), told.of(ids)
    return Contributions(
        rows=[
            _contribution(by_team[pk], of_reading(kpi, row), kpi, granted)
            for pk in ids
            if pk in by_team and (row := rows.get((pk, kpi.pk))) and row.ratio is not None
        ],
        total=of_all["n"],
        simple_mean=_mean(kpi, of_all, granted),
        after=found.after,
    )


def _standing(kpi: Kpi, month: date) -> tuple[QuerySet, QuerySet]:
    """Readings of the month with a ratio: those that are kept, and the provisional ones."""
    of_it = {"kpi": kpi, "month": month, "denominator__isnull": False}
    kept, open_ = KpiReading.objects.current(), KpiOpenReading.objects.all()
    return kept.filter(**of_it), open_.filter(**of_it)


def _figured(visible: QuerySet, kpi: Kpi, month: date) -> QuerySet[Team]:
    """Teams with the ratio that stands in the month: kept, or else provisional."""
    kept, open_ = _standing(kpi, month)
    mine = {"team": OuterRef("pk")}
    stands = Exists(kept.filter(**mine)) | Exists(open_.filter(**mine))
    return Team.objects.filter(stands, pk__in=visible)


def _of_all(visible: QuerySet, kpi: Kpi, month: date) -> dict:
    """How many figures stand in the month, and their mean; two queries."""
    kept, open_ = _standing(kpi, month)
    open_ = open_.exclude(Exists(kept.filter(team=OuterRef("team"))))
    sums = [
        rows.filter(team__in=visible).aggregate(n=Count("pk"), sum=Sum(RATIO))
        for rows in (kept, open_)
    ]
    n = sum(one["n"] for one in sums)
    total = sum(one["sum"] or 0 for one in sums)
    return {"n": n, "mean": total / n if n else None}


def _contribution(subject: Subject, point: Point, kpi: Kpi, granted: bool) -> Contribution:
    figure = counted(kpi, point, granted=granted)
    plain = point.denominator == 1 or (kpi.is_money and not granted)
    parts = parts_shown(kpi, point.numerator, point.denominator, granted=granted)
    url = reverse("teams:kpi-trend", args=[subject.team, kpi.code])
    return Contribution(subject, point, figure, "" if plain else parts, url)


def _mean(kpi: Kpi, of_all: dict, granted: bool) -> str:
    """Only where it could be mistaken for the group's figure: beside a ratio of sums."""
    if kpi.together != Together.RATIO or of_all["n"] < 2:
        return ""
    times = 100 if kpi.unit == Unit.PERCENT else 1
    return shown(kpi, times * of_all["mean"], granted=granted)
