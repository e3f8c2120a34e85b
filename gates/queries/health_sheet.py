"""The health of the process as a sheet: a row for each measure, a column for each line or kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gates.calculations import health as rules
from gates.calculations.health import Share
from gates.models.held_reviews import DecisionKind
from gates.queries.health import Figures, Health
from ipd.kernel.charts import Bar, bars
from ipd.kernel.figures import NOTHING
from ipd.models import ProductLine

TONES = {True: "off", False: "on", None: "none"}


@dataclass(frozen=True)
class Column:
    """Whose figures: a line's, a kind's, or everybody's; `is_slow` as its kinds say."""

    name: Any
    now: Figures
    before: Figures
    is_slow: bool | None
    url: str = ""


@dataclass(frozen=True)
class Cell:
    """A figure, what it was counted from, and whether it calls for somebody."""

    shown: str
    counted: str
    tone: str = "none"
    column: Any = ""

    @property
    def word(self) -> str:
        return {"off": _("calls for somebody"), "on": _("as meant")}.get(self.tone, _("no limit"))


@dataclass(frozen=True)
class Row:
    name: Any
    formula: Any
    alarm: Any
    cells: list[Cell]


def by_line(health: Health, lines: Iterable[ProductLine]) -> list[Column]:
    """A column for each line that held reviews, and one for all of them."""
    found = [
        _column(health, line.name, line.pk, None, url=line.code)
        for line in lines
        if health.of(line.pk).reviews or health.was(line.pk).reviews
    ]
    return [*found, _column(health, _("All lines"), None, None)]


def by_kind(health: Health, line: ProductLine) -> list[Column]:
    """A column for each kind of decision in a line, and one for all of them."""
    found = [
        _column(health, kind.label, line.pk, kind.value)
        for kind in DecisionKind
        if health.of(line.pk, kind.value).reviews
    ]
    return [*found, _column(health, _("All kinds"), line.pk, None)]


def _column(health: Health, name, line: int | None, kind: str | None, url: str = "") -> Column:
    kinds = [kind] if kind else DecisionKind.values
    figures = [(one, health.of(line, one)) for one in kinds]
    said = [rules.is_slow(one, it.median, it.p90, it.timed) for one, it in figures]
    known = [one for one in said if one is not None]
    slow = any(known) if known else None
    return Column(name, health.of(line, kind), health.was(line, kind), slow, url)


def sheet(columns: list[Column]) -> list[Row]:
    return [
        Row(name, formula, alarm, [cell(column) for column in columns])
        for name, formula, alarm, cell in MEASURES
    ]


def _latency(column: Column) -> Cell:
    it = column.now
    if not it.timed:
        return Cell(NOTHING, _n(0), column=column.name)
    shown = _("%(median)s d · %(p90)s d") % {"median": plain(it.median), "p90": plain(it.p90)}
    return Cell(shown, _n(it.timed), TONES[column.is_slow], column.name)


def _hours(column: Column) -> Cell:
    it, was = column.now, column.before
    tone = TONES[rules.rises(it.hours_each, was.hours_each)]
    return Cell(hours(it.hours_each), _than(it.logged, was.hours_each), tone, column.name)


def _by_change(column: Column) -> Cell:
    it, was = column.now, column.before
    tone = TONES[rules.rises(it.hours_by_change, was.hours_by_change)]
    counted = _than(it.changed_logged, was.hours_by_change)
    return Cell(hours(it.hours_by_change), counted, tone, column.name)


def _touch(column: Column) -> Cell:
    share = column.now.touch
    low = None if share.ratio is None else share.ratio < rules.LEAST_TOUCH
    return Cell(percent(share.ratio), _n(column.now.logged), TONES[low], column.name)


def _share(figure: Callable[[Figures], Share], limit: float) -> Callable[[Column], Cell]:
    def cell(column: Column) -> Cell:
        share = figure(column.now)
        told = {"part": number_format(share.part), "whole": number_format(share.whole)}
        counted = _("%(part)s of %(whole)s") % told
        if share.whole < rules.LEAST_N:
            return Cell(counted if share.whole else NOTHING, _("too few"), column=column.name)
        return Cell(percent(share.ratio), counted, TONES[share.above(limit)], column.name)

    return cell


def _n(count: int) -> str:
    return _("n = %(n)s") % {"n": number_format(count)}


def _than(count: int, before: float | None) -> str:
    said = _n(count)
    if before is None:
        return said
    return f"{said} · {_('%(hours)s the year before') % {'hours': hours(before)}}"


def plain(value: float | None) -> str:
    """Whole, or with one decimal.

    >>> plain(14.0), plain(13.55), plain(None)
    ('14', '13.6', '–')
    """
    if value is None:
        return NOTHING
    return rounded(value, 0 if float(value).is_integer() else 1)


def rounded(value: float, places: int) -> str:
    """Half up, as people round."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(exact, places, force_grouping=True)


def hours(value: float | None) -> str:
    return NOTHING if value is None else _("%(n)s h") % {"n": rounded(value, 0)}


def percent(ratio: float | None) -> str:
    """Whole percents; below one of them with a decimal.

    >>> percent(0.0606), percent(14 / 22), percent(0.004), percent(None)
    ('6 %', '64 %', '0.4 %', '–')
    """
    if ratio is None:
        return NOTHING
    value = 100 * float(ratio)
    return _("%(n)s %%") % {"n": rounded(value, 0 if value >= 1 or not value else 1)}


MEASURES = [
    (
        gettext_lazy("Days from asked to told: median · nine of ten"),
        gettext_lazy("From a complete pack to decided, documented and communicated."),
        gettext_lazy("A kind's median beyond its target, or its nine of ten beyond three times"),
        _latency,
    ),
    (
        gettext_lazy("Hours of a review"),
        gettext_lazy("Everybody's hours in the meeting, preparing and reading, by reviews."),
        gettext_lazy("A tenth above the year before"),
        _hours,
    ),
    (
        gettext_lazy("Hours for each decision that was changed"),
        gettext_lazy(
            "All hours by the reviews that ended otherwise than recommended, or gave a condition."
        ),
        gettext_lazy("A tenth above the year before"),
        _by_change,
    ),
    (
        gettext_lazy("Touched"),
        gettext_lazy("Hours worked by the working hours that passed for everybody who took part."),
        gettext_lazy("Below 10 %"),
        _touch,
    ),
    (
        gettext_lazy("Decided as recommended, with one voice"),
        gettext_lazy(
            "The outcome was the team's, all first votes were the same, no score differed."
        ),
        gettext_lazy("Above 95 %: stamped, not decided"),
        _share(lambda it: it.agreement, rules.MOST_AGREED),
    ),
    (
        gettext_lazy("Meetings without a decision"),
        gettext_lazy("Deferred for quorum or otherwise, by all meetings; the board's own delay."),
        gettext_lazy("Above 10 %"),
        _share(lambda it: it.deferred, rules.MOST_DEFERRED),
    ),
    (
        gettext_lazy("Waivers"),
        gettext_lazy("Must-criteria that were waived, by those that were assessed."),
        gettext_lazy("Above 10 %"),
        _share(lambda it: it.waivers, rules.MOST_WAIVED),
    ),
    (
        gettext_lazy("Decided anew within 90 days"),
        gettext_lazy("Passed, and decided again at the same or an unplanned gate."),
        gettext_lazy("Above 10 %: fast, and not good"),
        _share(lambda it: it.reopenings, rules.MOST_REOPENED),
    ),
]


def latency_chart(columns: list[Column]):
    """Medians as bars, nine of ten as the line beyond them."""
    rows = [
        Bar(
            str(column.name),
            float(column.now.median),
            tone={True: "off", False: "on", None: ""}[column.is_slow],
            low=float(column.now.median),
            high=float(column.now.p90),
            beside=_("%(p90)s d, n = %(n)s")
            % {"p90": plain(column.now.p90), "n": column.now.timed},
        )
        for column in columns
        if column.now.median is not None
    ]
    if not rows:
        return ""
    return bars(
        rows,
        title=_("Days from asked to told"),
        about=ngettext("%(n)s bar", "%(n)s bars", len(rows)) % {"n": len(rows)},
        heads=[_("Of"), _("Median, days"), _("Nine of ten within")],
        show=lambda value: _("%(days)s d") % {"days": plain(value)},
    )
