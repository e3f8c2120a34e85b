"""The drawing of a KPI over time: its band, what is ahead, gate decisions on the axis."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel import charts
from teams.calculations.months import shifted
from teams.calculations.scoring import Scale
from teams.models import Kpi
from teams.queries import figures
from teams.queries.points import Point
from teams.queries.tiles import counted
from teams.queries.trends import Trend


@dataclass(frozen=True)
class Drawn:
    """A chart, and what is needed to draw it alone on paper."""

    figure: str
    title: str
    keys: list[tuple[int, str, bool]]


def drawn(trend: Trend, *, title: str) -> Drawn:
    """The series over its months, its band, what is ahead, and gate decisions on the axis."""
    kpi, scale = trend.kpi, trend.scale
    months = [shifted(trend.first, place) for place in range(len(trend.series))]
    values = [
        float(figures.rounded(point.figure, kpi.places + 1)) if has_figure(point) else None
        for point in trend.series
    ]
    soft = {
        point.month
        for point in trend.series
        if has_figure(point) and (point.is_few or point.is_open or point.is_estimated)
    }
    series = [
        charts.Series(kpi.code, list(zip(months, values, strict=True)), dots=True, hollow=soft)
    ]
    ahead = _ahead(trend)
    if ahead:
        line = [(one.place, middle) for one, middle in ahead]
        series.append(charts.Series(_("Forecast"), line, dashed=True, colour=1))
    figure = charts.lines(
        series,
        title=title,
        about=about(trend),
        place=_("Month"),
        marks=[charts.Mark(mark.day, mark.short, mark.tone) for mark in trend.marks],
        show=lambda value: figures.shown(kpi, Decimal(str(value)), granted=trend.granted),
        zero=False,
        levels_at=_levels(kpi, scale),
        zones=_zones(scale),
        ahead=[one for one, _middle in ahead],
        height=240,
    )
    return Drawn(figure, title, charts.keys(series))


def has_figure(point: Point | None) -> bool:
    return point is not None and point.figure is not None


def about(trend: Trend) -> str:
    """What the drawing shows, for who does not see it."""
    known = [point for point in trend.series if has_figure(point)]
    if not known:
        return _("Nothing was read in these months.")
    return _("%(n)s months read, from %(first)s (%(from)s) to %(last)s (%(to)s).") % {
        "n": len(known),
        "first": f"{known[0].month:%Y-%m}",
        "from": counted(trend.kpi, known[0], granted=trend.granted),
        "last": f"{known[-1].month:%Y-%m}",
        "to": counted(trend.kpi, known[-1], granted=trend.granted),
    }


def _ahead(trend: Trend) -> list[tuple[charts.Ahead, float]]:
    """The forecast's range by month with its middle, begun at the last figure."""
    known = [point for point in trend.series if has_figure(point) and not point.is_few]
    if not trend.ahead or not known:
        return []
    last = known[-1]
    at = float(last.figure)
    found = [(charts.Ahead(last.month, at, at), at)]
    for one in trend.ahead:
        place = shifted(last.month, one.months)
        found.append((charts.Ahead(place, one.low, one.high), one.middle))
    return found


def _levels(kpi: Kpi, scale: Scale | None) -> list[charts.Level]:
    if scale is None:
        return []

    def named(value: Decimal, words: str, *, solid: bool = False) -> charts.Level:
        label = words % {"figure": figures.shown(kpi, value, granted=True)}
        return charts.Level(float(value), label, solid)

    if scale.centre is None:
        return [
            named(scale.target, _("target %(figure)s"), solid=True),
            named(scale.floor, _("floor %(figure)s")),
        ]
    edges = (scale.centre - scale.target, scale.centre + scale.target)
    limits = (scale.centre - scale.floor, scale.centre + scale.floor)
    return [named(edge, _("target %(figure)s"), solid=True) for edge in edges] + [
        named(limit, _("floor %(figure)s")) for limit in limits
    ]


def _zones(scale: Scale | None) -> list[charts.Zone]:
    """Where figures are on target."""
    if scale is None:
        return []
    if scale.centre is not None:
        low, high = scale.centre - scale.target, scale.centre + scale.target
        return [charts.Zone(float(low), float(high))]
    rising = scale.floor < scale.target
    target = float(scale.target)
    return [charts.Zone(target, None) if rising else charts.Zone(None, target)]
