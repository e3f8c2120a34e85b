"""One KPI over time: its series with target, forecast and gate decisions, and what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import NoReverseMatch, reverse

from ipd.kernel.measures import MEASURES, Measure
from teams.calculations.alerts import Ahead, forecast
from teams.calculations.formulas import FormulaError, parse
from teams.calculations.months import last_day, shifted
from teams.calculations.scoring import Scale
from teams.models import Kpi, KpiReading, KpiTarget, Person, Team
from teams.queries import figures, points, readings, targets, totals
from teams.queries.boards import common_scale, is_granted, ungranted
from teams.queries.points import Point
from teams.queries.standing import HOLDS, is_running
from teams.queries.tiles import counted
from teams.subjects import Mark, Subject, marks

SPANS = (12, 24, 36)


@dataclass(frozen=True)
class Trend:
    """A KPI of a team or group, `count` months up to `month`.

    series    oldest first; None where nothing was read
    readings  the rows of a team behind the points, by month
    """

    kpi: Kpi
    month: date
    series: list[Point | None]
    scale: Scale | None
    granted: bool
    marks: list[Mark] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    readings: list[KpiReading] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        return self.kpi.is_money and not self.granted

    @property
    def now(self) -> Point | None:
        held = self.series[-HOLDS[self.kpi.cadence] - is_running(self.month) :]
        return next((point for point in reversed(held) if point is not None), None)

    @property
    def first(self) -> date:
        return shifted(self.month, 1 - len(self.series))


def of_team(
    person: Person, team: Team, subject: Subject, kpi: Kpi, month: date, count: int
) -> Trend:
    """A team's series; three queries and those of the marks."""
    first = shifted(month, 1 - count)
    rows = readings.history([team.pk], first, month, [kpi.pk]).get((team.pk, kpi.pk), [])
    found = [points.of_reading(kpi, row) for row in rows]
    series = points.by_month(found, month, count)
    told = marks([subject.measured], first, last_day(month)).get(subject.measured, [])
    return Trend(
        kpi=kpi,
        month=month,
        series=series,
        scale=_targets(kpi, last_day(month)).scale(kpi.pk, subject.phase),
        granted=is_granted(person, team.pk),
        marks=told,
        ahead=_forecast(series),
        readings=list(reversed(rows)),
    )


def of_group(person: Person, group: str, kpi: Kpi, month: date, count: int) -> Trend:
    """What the teams of a line, or of the company (""), read together."""
    found = totals.seen_by(person, group, shifted(month, 1 - count), month, [kpi.pk])
    series = points.by_month((points.of_total(kpi, row) for row in found.values()), month, count)
    return Trend(
        kpi=kpi,
        month=month,
        series=series,
        scale=common_scale(_targets(kpi, last_day(month)), kpi),
        granted=not (kpi.is_money or kpi.has_amounts) or not ungranted(person, group),
        ahead=_forecast(series),
    )


def _targets(kpi: Kpi, day: date) -> targets.Targets:
    """The KPI's targets alone; one query."""
    rows = (
        KpiTarget.objects.filter(kpi=kpi, valid_from__lte=day)
        .order_by("phase", "-valid_from")
        .distinct("phase")
    )
    return targets.Targets(day, {(kpi.pk, row.phase): row for row in rows})


def _forecast(series: Sequence[Point | None]) -> list[Ahead]:
    """From the last month that was read; what is open or too few weighs as little as it should."""
    known = list(series)
    while known and (known[-1] is None or known[-1].figure is None):
        known.pop()
    return forecast(points.figures(known))


# What is behind a figure ------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One month as the page says it; `reading` is a team's row behind it."""

    point: Point
    figure: str
    parts: str
    tone: str
    reading: KpiReading | None = None


def rows(trend: Trend) -> list[Row]:
    """A team's readings, the newest first, with what was divided by what."""
    return [_row(trend, points.of_reading(trend.kpi, one), one) for one in trend.readings]


def total_rows(trend: Trend) -> list[Row]:
    """A group's months, the newest first."""
    return [_row(trend, point) for point in reversed(trend.series) if point is not None]


def _row(trend: Trend, point: Point, reading: KpiReading | None = None) -> Row:
    kpi, granted = trend.kpi, trend.granted
    if point.figure is None:
        return Row(point, figures.NOTHING, "", "none", reading)
    has_parts = point.denominator != 1 and not trend.hidden
    parts = figures.parts_shown(kpi, point.numerator, point.denominator, granted=granted)
    figure = figures.shown(kpi, point.figure, granted=granted)
    if point.is_few and not trend.hidden:
        figure = counted(kpi, point, granted=granted)
    tone = "none" if point.is_few or trend.hidden else figures.tone(point.figure, trend.scale)
    return Row(point, figure, parts if has_parts else "", tone, reading)


@dataclass(frozen=True)
class Bound:
    """A measure that a KPI reads, and the page that shows the rows behind it."""

    measure: Measure
    url: str


def bound(kpi: Kpi, measured: int | None) -> list[Bound]:
    """The measures of the KPI's expression; with their pages when it is about one team."""
    if not kpi.is_computed:
        return []
    try:
        names = parse(kpi.expression).names
    except FormulaError:
        return []
    return [
        Bound(MEASURES[name], _page(MEASURES[name], measured)) for name in names if name in MEASURES
    ]


def _page(measure: Measure, measured: int | None) -> str:
    if not measure.route or measured is None:
        return ""
    for arguments in ([measured], []):
        try:
            return reverse(measure.route, args=arguments)
        except NoReverseMatch:
            continue
    return ""
