"""A series of a KPI: one point a month, of a team's readings or of a group's totals alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from teams.calculations.alerts import Band
from teams.calculations.months import row_of
from teams.calculations.scoring import Scale
from teams.models import Kpi, KpiTotal
from teams.models.kpis import Direction
from teams.models.readings import ReadingStatus
from teams.queries.standing import AnyReading, is_running


@dataclass(frozen=True)
class Point:
    """What stands for one month.

    is_few   of fewer observations than the KPI asks for: a list, not a figure to lean on
    is_open  provisional
    teams    how many teams are behind it; 1 for a team's own
    """

    month: date
    figure: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int = 0
    status: str = ReadingStatus.MISSING
    as_of: date | None = None
    is_few: bool = False
    is_open: bool = False
    teams: int = 1

    @property
    def ratio(self) -> Decimal | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def is_estimated(self) -> bool:
        return self.status == ReadingStatus.ESTIMATED


def of_reading(kpi: Kpi, row: AnyReading) -> Point:
    return Point(
        month=row.month,
        figure=row.figure(kpi),
        numerator=row.numerator,
        denominator=row.denominator,
        n=row.n,
        status=row.status,
        as_of=row.as_of,
        is_few=0 < row.n < kpi.least_n,
        is_open=getattr(row, "is_open", False),
    )


def of_total(kpi: Kpi, row: KpiTotal) -> Point:
    return Point(
        month=row.month,
        figure=row.figure(kpi),
        numerator=row.numerator,
        denominator=row.denominator,
        n=row.n,
        status=ReadingStatus.MEASURED,
        is_few=row.n < kpi.least_n,
        is_open=is_running(row.month),
        teams=row.teams,
    )


def by_month(found: Iterable[Point], last: date, count: int) -> list[Point | None]:
    """`count` months up to `last`; None where nothing was read."""
    at = {point.month: point for point in found}
    return [at.get(month) for month in row_of(last, count)]


def figures(points: Sequence[Point | None]) -> list[float | None]:
    """For arithmetic of signs: figures of too few observations are none."""
    return [
        float(point.figure) if point and point.figure is not None and not point.is_few else None
        for point in points
    ]


def rises(kpi: Kpi) -> bool:
    return kpi.direction == Direction.UP


def band(kpi: Kpi, scale: Scale | None) -> Band | None:
    """The floor of a scale as a limit for signs."""
    if scale is None:
        return None
    centre = None if scale.centre is None else float(scale.centre)
    return Band(float(scale.floor), scale.floor < scale.target, centre)


def is_better(kpi: Kpi, before: Decimal, now: Decimal, scale: Scale | None) -> bool | None:
    """Whether the change is for the better; None when nothing changed or nobody can say."""
    if kpi.direction == Direction.NEAR:
        if scale is None or scale.centre is None:
            return None
        before, now = -abs(before - scale.centre), -abs(now - scale.centre)
    if before == now:
        return None
    return (now > before) == (kpi.direction != Direction.DOWN)
