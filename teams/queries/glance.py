"""A team's KPIs at a glance, for pages about its product: what calls for somebody goes first."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from ipd.kernel.days import today
from ipd.kernel.measures import Unit
from teams.calculations.months import month_of
from teams.models import Kpi, KpiAlert, KpiOpenReading, KpiReading
from teams.models.boards import AlertKind
from teams.models.readings import WITH_FIGURE
from teams.queries.points import Point
from teams.queries.standing import since
from teams.queries.tiles import counted, figure_shown

SHOWN = 6
FIELDS = ("month", "numerator", "denominator", "n", "status")


@dataclass(frozen=True)
class Glance:
    """A KPI as it stands, and the signs it gives."""

    kpi: Kpi
    figure: str
    month: date
    url: str
    signs: list[str] = field(default_factory=list)

    @property
    def is_outside(self) -> bool:
        return AlertKind.OUTSIDE.value in self.signs

    @property
    def words(self) -> list[str]:
        return [str(AlertKind(sign).label) for sign in self.signs]


def of_team(team: int, most: int = SHOWN) -> list[Glance]:
    """KPIs that weigh something and have a figure: those with signs first; one query."""
    kpis = (
        Kpi.objects.active()
        .exclude(dimension="")
        .exclude(unit=Unit.MONEY)
        .annotate(
            kept=Subquery(_newest(KpiReading.objects.current(), team)),
            provisional=Subquery(_newest(KpiOpenReading.objects.all(), team)),
            raised=ArraySubquery(
                KpiAlert.objects.filter(kpi=OuterRef("pk"), team=team, cleared_in=None)
                .order_by("kind")
                .values("kind")
            ),
        )
    )
    month = month_of(today())
    found = [one for kpi in kpis if (one := _glance(kpi, team, month)) is not None]
    return sorted(found, key=lambda one: (not one.is_outside, not one.signs))[:most]


def _newest(rows: QuerySet, team: int) -> QuerySet:
    told = JSONObject(**{name: F(name) for name in FIELDS})
    mine = rows.filter(kpi=OuterRef("pk"), team=team)
    return mine.order_by("-month").annotate(told=told).values("told")[:1]


def _glance(kpi: Kpi, team: int, month: date) -> Glance | None:
    """What stands of both; what was entered or kept goes before what is provisional."""
    rows = [row for row in (kpi.provisional, kpi.kept) if row is not None]
    if not rows:
        return None
    row = max(rows, key=lambda row: row["month"])
    row = kpi.kept if kpi.kept and kpi.kept["month"] == row["month"] else row
    at = date.fromisoformat(row["month"])
    if at < since(kpi, month) or row["status"] not in WITH_FIGURE:
        return None
    numerator, denominator = Decimal(str(row["numerator"])), Decimal(str(row["denominator"]))
    ratio = numerator / denominator
    point = Point(
        month=at,
        figure=100 * ratio if kpi.unit == Unit.PERCENT else ratio,
        numerator=numerator,
        denominator=denominator,
        n=row["n"],
        status=row["status"],
        is_few=0 < row["n"] < kpi.least_n,
    )
    said = (counted if point.is_few else figure_shown)(kpi, point, granted=False)
    url = reverse("teams:kpi-trend", args=[team, kpi.code])
    return Glance(kpi, said, at, url, list(kpi.raised))
