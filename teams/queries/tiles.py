"""Tiles of a board: a figure with everything that is needed to judge it, ready to be shown.

A figure of fewer observations than its KPI asks for is shown as what was counted ("3 of 4"),
what should be there and is not is said to be missing, and a change says since when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.charts import spark
from ipd.kernel.figures import NOTHING
from ipd.kernel.measures import Unit
from teams.calculations.alerts import Sign, signs
from teams.calculations.scoring import Scale
from teams.models import Kpi
from teams.models.readings import ReadingStatus
from teams.queries.figures import rounded, shown, tone, unit_of
from teams.queries.points import Point, band, figures, is_better, rises

SPARK = 8
WORDS = {
    "on": gettext_lazy("on target"),
    "risk": gettext_lazy("short of target"),
    "off": gettext_lazy("outside the band"),
    "none": gettext_lazy("no target"),
}


@dataclass(frozen=True)
class Since:
    """What a tile compares with: the month, and how it is called ("TR4", "October")."""

    month: date
    label: str


@dataclass(frozen=True)
class Tile:
    """What a tile says; every text is ready.

    beside   sentences that keep the figure from being misread
    series   the months behind the spark, for exports
    """

    kpi: Kpi
    figure: str
    tone: str
    word: str
    url: str
    of: str = ""
    month: date | None = None
    as_of: date | None = None
    n: int = 0
    is_few: bool = False
    is_open: bool = False
    is_estimated: bool = False
    is_missing: bool = False
    target: str = ""
    change: str = ""
    change_word: str = ""
    since: str = ""
    spark: str = ""
    score: Decimal | None = None
    signs: list[Sign] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    series: list[Point | None] = field(default_factory=list)
    hidden: bool = False


def tile(
    kpi: Kpi,
    now: Point | None,
    series: Sequence[Point | None],
    scale: Scale | None,
    *,
    url: str,
    granted: bool,
    since: Since | None = None,
    score: Decimal | None = None,
    of: str = "",
    is_due: bool = True,
) -> Tile:
    """`now` is what stands; `series` ends with the month that is shown.

    granted  whether the reader may see the money behind it; an amount is nothing without
    """
    hidden = kpi.is_money and not granted
    if hidden:
        return Tile(
            kpi, shown(kpi, None, granted=False), "none", _("restricted"), url, of=of, hidden=True
        )
    has_figure = now is not None and now.figure is not None
    if not has_figure:
        return _without(kpi, now, scale, url, of, is_due, series)
    found = "none" if now.is_few else tone(now.figure, scale)
    calls = signs(upto(figures(series), now, series), band(kpi, scale), rises=rises(kpi))
    change, change_word = _change(kpi, now, series, scale, since)
    return Tile(
        kpi=kpi,
        figure=counted(kpi, now, granted=granted)
        if now.is_few
        else shown(kpi, now.figure, granted=granted),
        tone=found,
        word=_("few observations") if now.is_few else str(WORDS[found]),
        url=url,
        of=of,
        month=now.month,
        as_of=now.as_of,
        n=now.n,
        is_few=now.is_few,
        is_open=now.is_open,
        is_estimated=now.is_estimated,
        target=target_shown(kpi, scale),
        change=change,
        change_word=change_word,
        since=since.label if since and change else "",
        spark=_spark(kpi, series, scale, found, now),
        score=None if now.is_few else score,
        signs=[] if now.is_few else calls,
        series=list(series),
    )


def upto(values: list[float | None], now: Point, series: Sequence[Point | None]) -> list:
    """The figures up to the month that stands: what has not been read yet is no hole."""
    months = [point.month if point else None for point in series]
    return values[: months.index(now.month) + 1] if now.month in months else values


def counted(kpi: Kpi, point: Point, *, granted: bool) -> str:
    """What was counted, where it is too little for a share: "3 of 4"; else the figure itself."""
    if kpi.unit == Unit.PERCENT and point.denominator == point.n and point.numerator % 1 == 0:
        parts = {"hits": int(point.numerator), "all": point.n}
        return _("%(hits)s of %(all)s") % parts
    return shown(kpi, point.figure, granted=granted)


def figure_shown(kpi: Kpi, point: Point, *, granted: bool) -> str:
    return shown(kpi, point.figure, granted=granted)


def target_shown(kpi: Kpi, scale: Scale | None) -> str:
    """As "≥ 85 %", "≤ 5 %", "0 ± 5 %"."""
    if scale is None:
        return ""
    if scale.centre is not None:
        centre = shown(kpi, scale.centre, granted=True)
        return f"{centre} ± {shown(kpi, scale.target, granted=True)}"
    sign = "≥" if scale.floor < scale.target else "≤"
    return f"{sign} {shown(kpi, scale.target, granted=True)}"


def signed(kpi: Kpi, difference: Decimal) -> str:
    """A difference in the KPI's unit; points where the figure is a percentage."""
    number = rounded(difference, kpi.places)
    unit = _("points") if kpi.unit == Unit.PERCENT else unit_of(kpi)
    text = f"{number:+,.{kpi.places}f}".replace("-", "−")
    return f"{text} {unit}" if unit else text


def _without(kpi, now, scale, url, of, is_due, series) -> Tile:
    not_due = not is_due or (now is not None and now.status == ReadingStatus.NOT_DUE)
    return Tile(
        kpi=kpi,
        figure=NOTHING if not_due else _("Missing"),
        tone="none",
        word=_("not due") if not_due else _("missing"),
        url=url,
        of=of,
        month=now.month if now else None,
        is_missing=not not_due,
        target=target_shown(kpi, scale),
        spark=_spark(kpi, series, scale, "none", None),
        series=list(series),
    )


def _change(
    kpi: Kpi, now: Point, series: Sequence[Point | None], scale: Scale | None, since: Since | None
) -> tuple[str, str]:
    """The difference to the figure of then, and whether it is for the better."""
    if since is None or now.is_few:
        return "", ""
    upto_then = [p for p in series if p and p.month <= since.month and p.figure is not None]
    if not upto_then or upto_then[-1].month >= now.month:
        return "", ""
    then = upto_then[-1].figure
    if rounded(then, kpi.places) == rounded(now.figure, kpi.places):
        return _("unchanged"), ""
    better = is_better(kpi, then, now.figure, scale)
    word = "" if better is None else _("better") if better else _("worse")
    return signed(kpi, now.figure - then), word


def _spark(kpi, series, scale, found, now) -> str:
    last = [*([None] * SPARK), *series][-SPARK:]
    values = [float(p.figure) if p and p.figure is not None else None for p in last]
    told = ", ".join(
        NOTHING
        if p is None or p.figure is None
        else (counted if p.is_few else figure_shown)(kpi, p, granted=True)
        for p in last
    )
    aim = None
    if scale is not None:
        aim = float(scale.target if scale.centre is None else scale.centre)
    about = _("Last months: %(figures)s") % {"figures": told}
    hollow = now is not None and (now.is_open or now.is_estimated)
    return spark(values, about=about, target=aim, tone=found, dashed_last=hollow)
