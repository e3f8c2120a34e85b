"""People's own boards: only their own, with tiles of what they may see today."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.days import today
from ipd.kernel.figures import NOTHING
from teams.calculations.months import last_day, month_of, shifted
from teams.models import Kpi, KpiBoard, KpiBoardTile, Person
from teams.queries import boards, points, readings, targets, totals
from teams.queries.standing import LONGEST, of_rows
from teams.queries.tiles import Since, Tile, tile
from teams.subjects import Subject, subjects


def of(person: Person) -> QuerySet[KpiBoard]:
    """The boards of a person; nobody else's are there for them."""
    return KpiBoard.objects.filter(person=person)


def with_first(person: Person) -> QuerySet[Kpi]:
    """KPIs, each with `first_board` of the person: the one shown first, or the first by name."""
    mine = of(person).order_by("-is_default", "name")
    told = mine.annotate(told=JSONObject(pk="pk", name="name")).values("told")[:1]
    return Kpi.objects.select_related("owner").annotate(first_board=Subquery(told))


def default_of(person: Person) -> KpiBoard | None:
    return of(person).filter(is_default=True).first()


def tiles_of(board: KpiBoard) -> list[KpiBoardTile]:
    """In their order, with the KPI and team that each names; one query."""
    return list(board.tiles.select_related("kpi__owner", "team"))


def placed(board: KpiBoard, names: dict[str, str]) -> list[KpiBoardTile]:
    """The tiles with `of` said: what a name is missing for can no longer be seen."""
    tiles = tiles_of(board)
    for one in tiles:
        key = f"team:{one.team_id}" if one.team_id else f"line:{one.group}" if one.group else ""
        one.of = names.get(key, NOTHING) if key else _("The company")
    return tiles


def drawn(person: Person, placed: list[KpiBoardTile], month: date) -> list[Tile | None]:
    """Each tile as it stands in the month; None for what the person no longer sees."""
    told, kpis = subjects(), {one.kpi_id for one in placed}
    teams = {one.team_id for one in placed if one.team_id}
    seen = {row["team"] for row in told.visible_to(person).filter(team__in=teams)} if teams else ()
    by_team = told.of(seen) if seen else {}
    first, aims = shifted(month, -LONGEST), targets.on(last_day(month))
    found = readings.history(seen, first, month, kpis) if seen else {}
    money_of = told.granted(person).filter(team__in=teams) if teams else []
    granted = {row["team"] for row in money_of}
    groups: dict[str, set[int]] = defaultdict(set)
    for one in placed:
        if one.team_id is None:
            groups[one.group].add(one.kpi_id)
    of_groups = {
        group: (totals.seen_by(person, group, first, month, ids), _has_money(placed, group, person))
        for group, ids in groups.items()
    }
    names = dict(told.groups()) if any(groups) else {}
    compared = boards.compare(month, boards.YEAR, None)
    made: list[Tile | None] = []
    for one in placed:
        if one.team_id is None:
            rows, may = of_groups[one.group]
            made.append(_of_group(one, rows, names, aims, month, may, compared))
        elif one.team_id in by_team:
            rows = found.get((one.team_id, one.kpi_id), [])
            subject = by_team[one.team_id]
            made.append(_of_team(one, subject, rows, aims, month, one.team_id in granted, compared))
        else:
            made.append(None)
    return made


def _has_money(placed: list[KpiBoardTile], group: str, person: Person) -> bool:
    """Whether the person may see the group's money; asked only where a tile shows some."""
    money = any(
        one.kpi.is_money or one.kpi.has_amounts
        for one in placed
        if one.team_id is None and one.group == group
    )
    return money and not boards.ungranted(person, group)


def _of_team(
    one: KpiBoardTile,
    subject: Subject,
    rows: list,
    aims: targets.Targets,
    month: date,
    granted: bool,
    since: Since | None,
) -> Tile:
    kpi, scale = one.kpi, aims.scale(one.kpi_id, subject.phase)
    row = of_rows(rows, kpi, month)
    series = points.by_month((points.of_reading(kpi, at) for at in rows), month, LONGEST)
    return tile(
        kpi,
        points.of_reading(kpi, row) if row is not None else None,
        series,
        scale,
        url=reverse("teams:kpi-trend", args=[one.team_id, kpi.code]),
        granted=granted,
        since=since,
        of=f"{subject.code} {subject.name}",
        is_due=scale is not None,
    )


def _of_group(
    one: KpiBoardTile,
    totals_: dict,
    names: dict[str, str],
    aims: targets.Targets,
    month: date,
    granted: bool,
    since: Since | None,
) -> Tile:
    kpi = one.kpi
    rows = [
        points.of_total(kpi, total)
        for at in boards.months(shifted(month, -LONGEST), month)
        if (total := totals_.get((kpi.pk, at))) is not None
    ]
    now = boards.latest(kpi, rows, month)
    return tile(
        kpi,
        now,
        points.by_month(rows, month, LONGEST),
        boards.common_scale(aims, kpi),
        url=boards.group_url(kpi, one.group),
        granted=granted,
        since=since,
        of=names.get(one.group, one.group),
        is_due=now is not None,
    )


def choices(person: Person) -> tuple[list[Kpi], list[tuple[str, str]]]:
    """What a tile may show: KPIs, and lines and teams that the person sees."""
    told = subjects()
    teams = told.of(row["team"] for row in told.visible_to(person))
    lines = [(f"line:{code}", name) for code, name in told.groups()]
    of_teams = sorted(
        ((f"team:{pk}", f"{one.code} {one.name}") for pk, one in teams.items()),
        key=lambda pair: pair[1],
    )
    return boards.cards(month_of(today())), lines + of_teams
