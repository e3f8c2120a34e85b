"""The health of the process as a sheet: a row for each line or kind, a column for each measure."""

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

MOST_BARS = 12
TONES = {True: "off", False: "on", None: "none"}


@dataclass(frozen=True)
class Group:
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

    @property
    def word(self) -> str:
        return {"off": _("calls for somebody"), "on": _("as meant")}.get(self.tone, _("no limit"))


@dataclass(frozen=True)
class Row:
    group: Group
    cells: list[tuple["Measured", Cell]]


@dataclass(frozen=True)
class Measured:
    """A column: its head, how it is computed, and what calls for somebody."""

    head: Any
    name: Any
    formula: Any
    alarm: Any
    cell: Callable[[Group], Cell]


def by_line(health: Health, lines: Iterable[ProductLine]) -> list[Group]:
    """Each line that held reviews, and all of them."""
    found = [
        _group(health, line.name, line.pk, None, url=line.code)
        for line in lines
        if health.of(line.pk).reviews or health.was(line.pk).reviews
    ]
    return [*found, _group(health, _("All lines"), None, None)]


def by_kind(health: Health, line: ProductLine) -> list[Group]:
    """Each kind of decision in a line, and all of them."""
    found = [
        _group(health, kind.label, line.pk, kind.value)
        for kind in DecisionKind
        if health.of(line.pk, kind.value).reviews
    ]
    return [*found, _group(health, _("All kinds"), line.pk, None)]


def _group(health: Health, name, line: int | None, kind: str | None, url: str = "") -> Group:
    kinds = [kind] if kind else DecisionKind.values
    figures = [(one, health.of(line, one)) for one in kinds]
    said = [rules.is_slow(one, it.median, it.p90, it.timed) for one, it in figures]
    known = [one for one in said if one is not None]
    slow = any(known) if known else None
    return Group(name, health.of(line, kind), health.was(line, kind), slow, url)


def sheet(groups: list[Group]) -> list[Row]:
    """A row for each; its cells stand with the measure they are of."""
    return [Row(group, [(one, one.cell(group)) for one in MEASURES]) for group in groups]


def _latency(group: Group) -> Cell:
    it = group.now
    if it.timed < rules.LEAST_N:
        return Cell(NOTHING, _few(it.timed))
    shown = _("%(median)s d · %(p90)s d") % {"median": plain(it.median), "p90": plain(it.p90)}
    return Cell(shown, _n(it.timed), TONES[group.is_slow])


def _hours(group: Group) -> Cell:
    it, was = group.now, group.before
    if it.logged < rules.LEAST_N:
        return Cell(NOTHING, _few(it.logged))
    tone = TONES[rules.rises(it.hours_each, was.hours_each)]
    return Cell(hours(it.hours_each), _than(it.logged, was.hours_each), tone)


def _by_change(group: Group) -> Cell:
    it, was = group.now, group.before
    if it.changed_logged < rules.LEAST_N:
        return Cell(NOTHING, _few(it.changed_logged))
    tone = TONES[rules.rises(it.hours_by_change, was.hours_by_change)]
    counted = _than(it.changed_logged, was.hours_by_change)
    return Cell(hours(it.hours_by_change), counted, tone)


def _touch(group: Group) -> Cell:
    share = group.now.touch
    if group.now.logged < rules.LEAST_N or share.ratio is None:
        return Cell(NOTHING, _few(group.now.logged))
    low = share.ratio < rules.LEAST_TOUCH
    return Cell(percent(share.ratio), _n(group.now.logged), TONES[low])


def _share(figure: Callable[[Figures], Share], limit: float) -> Callable[[Group], Cell]:
    def cell(group: Group) -> Cell:
        share = figure(group.now)
        told = {"part": number_format(share.part), "whole": number_format(share.whole)}
        counted = _("%(part)s of %(whole)s") % told
        if share.whole < rules.LEAST_N:
            return Cell(counted if share.whole else NOTHING, _("too few"))
        return Cell(percent(share.ratio), counted, TONES[share.above(limit)])

    return cell


def _n(count: int) -> str:
    return _("n = %(n)s") % {"n": number_format(count)}


def _few(count: int) -> str:
    """A figure of few observations is none: the page lists what they were."""
    return _("too few, n = %(n)s") % {"n": count} if count else _n(0)


def _than(count: int, before: float | None) -> str:
    said = _n(count)
    if before is None:
        return said
    return f"{said} · {_('%(hours)s before') % {'hours': hours(before)}}"


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
    Measured(
        gettext_lazy("Days: median · nine of ten"),
        gettext_lazy("Days from asked to told: median · nine of ten"),
        gettext_lazy("From a complete pack to decided, documented and communicated."),
        gettext_lazy("A kind's median beyond its target, or its nine of ten beyond three times"),
        _latency,
    ),
    Measured(
        gettext_lazy("Hours each"),
        gettext_lazy("Hours of a review"),
        gettext_lazy("Everybody's hours in the meeting, preparing and reading, by reviews."),
        gettext_lazy("A tenth above the year before"),
        _hours,
    ),
    Measured(
        gettext_lazy("Hours per change"),
        gettext_lazy("Hours for each decision that was changed"),
        gettext_lazy(
            "All hours by the reviews that ended otherwise than recommended, or gave a condition."
        ),
        gettext_lazy("A tenth above the year before"),
        _by_change,
    ),
    Measured(
        gettext_lazy("Touched"),
        gettext_lazy("Touched"),
        gettext_lazy("Hours worked by the working hours that passed for everybody who took part."),
        gettext_lazy("Below 10 %"),
        _touch,
    ),
    Measured(
        gettext_lazy("One voice"),
        gettext_lazy("Decided as recommended, with one voice"),
        gettext_lazy(
            "The outcome was the team's, all first votes were the same, no score differed."
        ),
        gettext_lazy("Above 95 %: stamped, not decided"),
        _share(lambda it: it.agreement, rules.MOST_AGREED),
    ),
    Measured(
        gettext_lazy("No decision"),
        gettext_lazy("Meetings without a decision"),
        gettext_lazy("Deferred for quorum or otherwise, by all meetings; the board's own delay."),
        gettext_lazy("Above 10 %"),
        _share(lambda it: it.deferred, rules.MOST_DEFERRED),
    ),
    Measured(
        gettext_lazy("Waived"),
        gettext_lazy("Waivers"),
        gettext_lazy("Must-criteria that were waived, by those that were assessed."),
        gettext_lazy("Above 10 %"),
        _share(lambda it: it.waivers, rules.MOST_WAIVED),
    ),
    Measured(
        gettext_lazy("Reopened"),
        gettext_lazy("Decided anew within 90 days"),
        gettext_lazy("Passed, and decided again at the same or an unplanned gate."),
        gettext_lazy("Above 10 %: fast, and not good"),
        _share(lambda it: it.reopenings, rules.MOST_REOPENED),
    ),
]


def latency_chart(groups: list[Group]):
    """Medians as bars, nine of ten as the line beyond them; of many lines the slowest."""
    timed = [group for group in groups if group.now.timed >= rules.LEAST_N]
    if len(timed) > MOST_BARS:
        timed = sorted(timed, key=lambda group: group.now.p90, reverse=True)[:MOST_BARS]
    rows = [
        Bar(
            str(group.name),
            float(group.now.median),
            tone={True: "off", False: "on", None: ""}[group.is_slow],
            low=float(group.now.median),
            high=float(group.now.p90),
            beside=_("%(p90)s d, n = %(n)s") % {"p90": plain(group.now.p90), "n": group.now.timed},
        )
        for group in timed
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
