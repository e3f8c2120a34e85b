"""Boards: a team's tiles with its score, a line's or the company's tiles of what adds up.

A team's board reads a year of its readings at once; a group's reads the totals that are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from teams.calculations.months import last_day, month_of, shifted
from teams.calculations.scoring import Scale
from teams.models import Kpi, Person, Team
from teams.models.kpis import Dimension
from teams.queries import cautions, points, readings, scores, targets, totals
from teams.queries.standing import LONGEST, of_rows, since
from teams.queries.tiles import Since, Tile, tile
from teams.subjects import Mark, Subject, marks, subjects

GATE, MONTH, YEAR = "gate", "month", "year"
OF_NO_DIMENSION = ""


@dataclass(frozen=True)
class Section:
    """The tiles of one dimension, and what it weighs."""

    name: str
    tiles: list[Tile]
    weight: int = 0
    key: str = ""


@dataclass(frozen=True)
class Board:
    """What a page about a team, a line or the company shows.

    not_due  KPIs that are not read in the team's phase
    """

    month: date
    sections: list[Section]
    since: Since | None = None
    score: scores.Score | None = None
    not_due: list[Kpi] = field(default_factory=list)

    @property
    def tiles(self) -> list[Tile]:
        return [one for section in self.sections for one in section.tiles]

    @property
    def missing(self) -> list[Tile]:
        return [one for one in self.tiles if one.is_missing]

    @property
    def off(self) -> list[Tile]:
        return [one for one in self.tiles if one.tone == "off"]


def cards(month: date) -> list[Kpi]:
    """The KPIs in use in the month, in the catalogue's order; one query."""
    in_use = Kpi.objects.active().filter(valid_from__lte=last_day(month))
    return list(in_use.select_related("owner"))


def is_granted(person: Person, team: int) -> bool:
    """Whether the person may see the team's money; one query."""
    return subjects().granted(person).filter(team=team).exists()


def of_team(
    person: Person, team: Team, subject: Subject, month: date, against: str = GATE
) -> Board:
    """A team's tiles and score: the KPIs due in its phase, by dimension."""
    kpis = cards(month)
    found = readings.history([team.pk], shifted(month, -LONGEST), month)
    aims = targets.on(last_day(month))
    granted = is_granted(person, team.pk)
    compared = compare(month, against, subject)
    standing = {kpi: of_rows(found.get((team.pk, kpi.pk), []), kpi, month) for kpi in kpis}
    score = scores.scored(subject, month, standing, aims)
    now = {
        kpi: points.of_reading(kpi, row) if row is not None else None
        for kpi, row in standing.items()
    }
    scales = {row.kpi: row.scale for row in score.rows}
    beside = cautions.of_board(now, scales)
    by_dimension: dict[str, list[Tile]] = {}
    not_due = []
    for row in score.rows:
        rows = found.get((team.pk, row.kpi.pk), [])
        standing_now = now[row.kpi]
        if not row.is_due and (standing_now is None or standing_now.figure is None):
            not_due.append(row.kpi)
            continue
        made = tile(
            row.kpi,
            standing_now,
            points.by_month((points.of_reading(row.kpi, one) for one in rows), month, LONGEST),
            row.scale,
            url=reverse("teams:kpi-trend", args=[team.pk, row.kpi.code]),
            granted=granted,
            since=compared,
            score=row.score,
            is_due=row.is_due,
        )
        made.beside.extend(beside.get(row.kpi, []))
        by_dimension.setdefault(row.kpi.dimension, []).append(made)
    weights = {name: aims.weight(subject.phase, name) for name in Dimension.values}
    return Board(month, sections(by_dimension, weights), compared, score, not_due)


def of_group(person: Person, group: str, month: date, against: str = YEAR) -> Board:
    """A line's tiles, or the company's (""): what its teams read together."""
    kpis = cards(month)
    first = shifted(month, -LONGEST)
    found = totals.seen_by(person, group, first, month)
    aims = targets.on(last_day(month))
    granted = not ungranted(person, group)
    compared = compare(month, against, None)
    series = {
        kpi: [
            points.of_total(kpi, row)
            for at in months(first, month)
            if (row := found.get((kpi.pk, at))) is not None
        ]
        for kpi in kpis
    }
    now = {kpi: latest(kpi, rows, month) for kpi, rows in series.items()}
    scales = {kpi: common_scale(aims, kpi) for kpi in kpis}
    beside = cautions.of_board(now, scales)
    by_dimension: dict[str, list[Tile]] = {}
    for kpi, rows in series.items():
        if not rows:
            continue
        made = tile(
            kpi,
            now[kpi],
            points.by_month(rows, month, LONGEST),
            scales[kpi],
            url=group_url(kpi, group),
            granted=granted,
            since=compared,
            is_due=now[kpi] is not None,
        )
        made.beside.extend(beside.get(kpi, []))
        by_dimension.setdefault(kpi.dimension, []).append(made)
    return Board(month, sections(by_dimension), compared)


def group_url(kpi: Kpi, group: str) -> str:
    asked = {"line": group} if group else None
    return reverse("teams:kpi-group-trend", args=[kpi.code], query=asked)


def latest(kpi: Kpi, rows: list[points.Point], month: date) -> points.Point | None:
    """The newest total that still stands in the month."""
    first = since(kpi, month)
    return next((row for row in reversed(rows) if first <= row.month <= month), None)


def months(first: date, last: date) -> Iterable[date]:
    at = first
    while at <= last:
        yield at
        at = shifted(at, 1)


def ungranted(person: Person, group: str) -> bool:
    """Whether a group's sums contain money that the person may not see; one query."""
    seen = subjects().visible_to(person, group=group)
    return seen.exclude(team__in=subjects().granted(person)).exists()


def common_scale(aims: targets.Targets, kpi: Kpi) -> Scale | None:
    """The scale for all phases, or the one that every phase in which the KPI is due has."""
    scales = {
        targets.scale_of(found)
        for (pk, _phase), found in aims.targets.items()
        if pk == kpi.pk and found.is_due
    }
    return scales.pop() if len(scales) == 1 else aims.scale(kpi.pk, targets.EVERY_PHASE)


def sections(by_dimension: dict[str, list[Tile]], weights: dict | None = None) -> list[Section]:
    """Dimensions in their order; what counts in none comes last."""
    named = [
        Section(str(dimension.label), tiles, (weights or {}).get(dimension.value, 0), dimension)
        for dimension in Dimension
        if (tiles := by_dimension.get(dimension.value))
    ]
    others = by_dimension.get(OF_NO_DIMENSION)
    return named + ([Section(_("Beside the score"), others, key="beside")] if others else [])


def compare(month: date, against: str, subject: Subject | None) -> Since | None:
    """What the tiles compare with: the last gate that was decided before the month, or a month."""
    if against == GATE and subject is not None:
        gate = last_gate(subject, month)
        return Since(month_of(gate.day), gate.short) if gate else None
    then = shifted(month, -1 if against == MONTH else -12)
    return Since(then, f"{then:%Y-%m}")


def last_gate(subject: Subject, month: date) -> Mark | None:
    """The newest decision before the month shown, within what a board looks back."""
    told = marks([subject.measured], shifted(month, -LONGEST), last_day(month))
    found = [mark for mark in told.get(subject.measured, []) if month_of(mark.day) < month]
    return found[-1] if found else None
