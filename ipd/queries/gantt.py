"""The chart beside a stretch of a plan's rows: bars, baselines, tails and lines, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.utils.html import escape
from django.utils.safestring import SafeString

from ipd.calculations.gantt import (
    MIDDLE,
    ROW,
    STUB,
    Scale,
    drawn,
    elbow,
    grid,
    head,
    weekends,
)
from ipd.kernel.days import working_days_between
from ipd.models import Activity
from ipd.models.plans import ActivityKind
from ipd.queries.plan_ties import Tie

POINTS = {ActivityKind.MILESTONE, ActivityKind.GATE}
HALF = {"gate": 8, "milestone": 5.5}  # of a diamond's width
BEGINS, ENDS = time(8, 0, tzinfo=UTC), time(17, 0, tzinfo=UTC)
Span = tuple[float, float]


@dataclass(slots=True)
class Bar:
    """What is drawn in one row; x, width and so on are ready to be attributes."""

    pk: int
    y: int
    shape: str
    is_critical: bool
    x: float
    width: float
    done: float = 0
    tail: Span | None = None
    base: Span | None = None
    slack: Span | None = None
    label: str = ""

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> int:
        return self.y + MIDDLE

    @property
    def svg(self) -> str:
        """The bar's elements. Written out here: in a template they are half of a page's time."""
        y, critical = self.y, " data-critical" if self.is_critical else ""
        parts = [f'<g class="bar" data-a="{self.pk}" data-shape="{self.shape}"{critical}>']
        if self.base:
            x, width = self.base
            parts.append(
                f'<rect class="bar__base" x="{x:g}" y="{y + 24}" width="{width:g}" height="3"/>'
                f'<path class="bar__tick" d="M{x + width:g} {y + 21}v8"/>'
            )
        if self.slack:
            x, width = self.slack
            path = f"M{x:g} {self.middle}h{width:g}m0 -3v6"
            parts.append(f'<path class="bar__slack" d="{path}"/>')
        if self.tail:
            x, width = self.tail
            place = f'x="{x:g}" y="{y + 8}" width="{width:g}" height="10"'
            parts.append(f'<rect class="bar__tail" {place}/>')
        parts.append(f'<path class="bar__body" d="{self.path}"/>')
        if self.done:
            place = f'x="{self.x:g}" y="{y + 11}" width="{self.done:g}" height="4"'
            parts.append(f'<rect class="bar__done" {place}/>')
        if self.label:
            x = self.end + HALF.get(self.shape, 0) + 5 + (self.tail[1] if self.tail else 0)
            words = f'<text class="bar__label" x="{x:g}" y="{y + 17}">{escape(self.label)}</text>'
            parts.append(words)
        parts.append("</g>")
        return "".join(parts)

    @property
    def path(self) -> str:
        """A bar, pointed when critical; the diamond of a gate; the bracket of a summary."""
        x, width = f"{self.x:g}", self.width
        if self.shape == "summary":
            drop = min(5.0, width / 2)
            return f"M{x} {self.y + 8}h{width:g}v9l-{drop:g} -5h{2 * drop - width:g}l-{drop:g} 5z"
        if self.shape in HALF:
            half = HALF[self.shape]
            return f"M{x} {self.middle - half:g}l{half} {half} -{half} {half} -{half} -{half}z"
        if self.is_critical:
            point = min(6.0, width / 2)
            return (
                f"M{x} {self.y + 6}h{width - point:g}l{point:g} 7 -{point:g} 7h{point - width:g}z"
            )
        corner = min(3.0, width / 2)
        return (
            f"M{self.x + corner:g} {self.y + 6}h{width - 2 * corner:g}q{corner:g} 0 {corner:g} 3v8"
            f"q0 3 -{corner:g} 3h{2 * corner - width:g}q-{corner:g} 0 -{corner:g} -3v-8"
            f"q0 -3 {corner:g} -3z"
        )


@dataclass
class Chart:
    """The drawing of a stretch of rows."""

    width: float
    height: int
    grid: str
    weekends: str
    today: float | None
    bars: list[Bar] = field(default_factory=list)
    lines: str = ""
    heads: str = ""
    critical_lines: str = ""
    critical_heads: str = ""

    @property
    def drawn_bars(self) -> SafeString:
        """All bars; what people wrote in them is escaped."""
        return SafeString("".join(bar.svg for bar in self.bars))


def chart(
    axis: Scale, rows: Sequence[Activity], ties: Sequence[Tie], day: date, *, whole: bool
) -> Chart:
    """The drawing of these rows; `whole` when no row that lies between them was filtered out."""
    height = ROW * len(rows)
    drawing = Chart(
        width=axis.width,
        height=height,
        grid=grid(axis, height),
        weekends=weekends(axis, height),
        today=axis.x_of_day(day) if axis.first <= day <= axis.last else None,
    )
    drawing.bars = [
        bar(axis, row, place * ROW) for place, row in enumerate(rows) if row.start_at is not None
    ]
    _draw_lines(drawing, axis, rows, ties, whole=whole)
    return drawing


def bar(axis: Scale, row: Activity, y: int) -> Bar:
    """One row's bar: to P50 with a tail to P80 where it was simulated, else to its finish."""
    start, finish = axis.x(row.start_at), axis.x(row.finish_at)
    shape = row.kind if row.kind in {ActivityKind.SUMMARY, *POINTS} else "task"
    if row.kind == ActivityKind.TASK and not row.minutes:
        shape = "milestone"
    tail = slack = None
    p50, p80 = getattr(row, "p50", None), getattr(row, "p80", None)
    if p50 and p80 and row.percent < 100:
        if shape in POINTS:
            start = finish = axis.x(datetime.combine(p50, ENDS))
        else:
            start = max(start, axis.x(datetime.combine(row.p50_start, BEGINS)))
            finish = max(axis.x(datetime.combine(p50, ENDS)), start)
        late = axis.x(datetime.combine(p80, ENDS))
        tail = (finish, round(late - finish, 1)) if late > finish else None
    elif shape == "task" and not row.is_critical and row.late_finish_at and row.percent < 100:
        late = min(axis.x(row.late_finish_at), axis.width)
        slack = (finish, round(late - finish, 1)) if late - finish > 3 else None
    base_start, base_finish = getattr(row, "base_start", None), getattr(row, "base_finish", None)
    base = None
    if base_start and base_finish:
        base = (axis.x(base_start), round(axis.x(base_finish) - axis.x(base_start), 1))
    width = 0 if shape in POINTS else round(max(finish - start, 2), 1)
    return Bar(
        pk=row.pk,
        y=y,
        shape=shape,
        is_critical=row.is_critical and shape != "summary",
        x=start,
        width=width,
        done=round(width * row.percent / 100, 1),
        tail=tail,
        base=base,
        slack=slack,
        label=row.gate or row.name if shape == "gate" else "",
    )


def _draw_lines(drawing: Chart, axis: Scale, rows, ties: Sequence[Tie], *, whole: bool) -> None:
    """Dependency lines; where a line's other end is in another stretch it goes off the edge."""
    bars = {one.pk: one for one in drawing.bars}
    # A bracket is thin: lines may cross it.
    solid = {one.pk: (one.x, one.end) for one in drawing.bars if one.shape != "summary"}
    spans = [solid.get(row.pk) for row in rows]
    reach = (rows[0].order, rows[-1].order, drawing.height, whole) if rows else (0, 0, 0, whole)
    passing: set[float] = set()
    parts: dict[bool, tuple[list[str], list[str]]] = {False: ([], []), True: ([], [])}
    for tie in ties:
        leaves, enters = bars.get(tie.from_pk), bars.get(tie.to_pk)
        y1, y2 = _height(leaves, tie.from_order, *reach), _height(enters, tie.to_order, *reach)
        from_end, to_end = tie.kind in ("fs", "ff"), tie.kind in ("ff", "sf")
        x1 = _side(axis, leaves, tie.from_finish if from_end else tie.from_start, at_end=from_end)
        x2 = _side(axis, enters, tie.to_finish if to_end else tie.to_start, at_end=to_end)
        if None in (x1, y1, x2, y2):
            continue
        if leaves is None and enters is None:
            if y1 == y2:  # both in the same other stretch
                continue
            passing.add(x2 + STUB if to_end else x2 - STUB)
            continue
        corners = elbow(tie.kind, (x1, y1), (x2, y2), _between(spans, y1, y2))
        lines, heads = parts[_drives(tie)]
        lines.append(drawn(corners))
        if enters is not None:
            heads.append(head(corners))
    parts[False][0].extend(f"M{x:g} 0V{drawing.height}" for x in sorted(passing))
    drawing.lines, drawing.heads = ("".join(part) for part in parts[False])
    drawing.critical_lines, drawing.critical_heads = ("".join(part) for part in parts[True])


def _drives(tie: Tie) -> bool:
    """It lies on the critical path: both its ends do, and the successor really waits for it."""
    if not (tie.from_critical and tie.to_critical):
        return False
    leaves = tie.from_finish if tie.kind in ("fs", "ff") else tie.from_start
    enters = tie.to_start if tie.kind in ("fs", "ss") else tie.to_finish
    if leaves is None or enters is None:
        return False
    lag = max(tie.lag, 0) // 480 if tie.unit == "working" else 5
    return working_days_between(leaves.date(), enters.date()) <= lag + 1


def _side(axis: Scale, found: Bar | None, moment: datetime | None, *, at_end: bool):
    """Where a line touches: the end or the start of a bar, the corner of a diamond."""
    if found is None:
        return axis.x(moment) if moment else None
    half = HALF.get(found.shape, 0)
    return found.end + half if at_end else found.x - half


def _height(found: Bar | None, order: int, first: int, last: int, height: int, whole: bool):
    """The height at which a line ends; off the edge for other stretches, None for hidden rows."""
    if found is not None:
        return found.middle
    if not whole or first <= order <= last:
        return None
    return -ROW if order < first else height + ROW


def _between(spans: list[Span | None], begin: float, end: float) -> list[Span]:
    upper, lower = sorted((int(begin // ROW), int(end // ROW)))
    return [span for span in spans[max(upper + 1, 0) : max(lower, 0)] if span is not None]
