"""Bars that lie: what weighs most. To both sides of zero they make a tornado."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ipd.kernel.charts.frame import TOP, figure, plain, plot
from ipd.kernel.charts.scales import Scale

ROW = 36  # pixels: the name above, the bar below
LONGEST = 42  # letters of a name beside its figure


@dataclass(frozen=True)
class Bar:
    """One bar from zero to `value`; `beside` is said in the table's last column.

    low, high   a range drawn as a thin line over the bar
    """

    label: str
    value: float
    tone: str = ""
    low: float | None = None
    high: float | None = None
    beside: str = ""
    series: int = 1


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    about: str,
    heads: Sequence[str],
    show: Callable[[float], str] = plain,
) -> SafeString:
    """Bars in the order given. `heads` name label and value, and `beside` when there is any."""
    reach = [0.0]
    for row in rows:
        reach += [row.value, *(end for end in (row.low, row.high) if end is not None)]
    width = Scale.over(reach) if any(reach) else Scale(0, 1)
    zero = width.percent(0)
    drawn = format_html_join(
        "",
        '<g data-tone="{}"><title>{}</title><text class="chart__name" x="0" y="{}">{}</text>'
        '<text class="chart__value" x="100%" y="{}">{}</text>'
        '<rect class="chart__bar" data-series="{}" x="{}%" width="{}%" y="{}" height="8"/>{}</g>',
        (
            (
                *(row.tone, row.label, y, shortened(row.label), y, show(row.value), row.series),
                *(min(zero, x), max(round(abs(x - zero), 3), 0.2), y + 7, _range(row, width, y)),
            )
            for place, row in enumerate(rows)
            for x, y in [(width.percent(row.value), 12 + place * ROW)]
        ),
    )
    height = max(len(rows) * ROW - TOP, 0)
    content = format_html(
        '{}<line class="chart__axis" x1="{}%" x2="{}%" y1="16" y2="{}"/>',
        *(drawn, zero, zero, len(rows) * ROW - 6),
    )
    with_beside = len(heads) > 2
    return figure(
        format_html(
            '<div class="chart__whole">{}</div>', plot(height, content, title=title, about=about)
        ),
        title=title,
        heads=heads,
        rows=[
            [row.label, show(row.value), *([row.beside or "–"] if with_beside else [])]
            for row in rows
        ],
    )


def shortened(label: str) -> str:
    """A name that leaves room for its figure on a phone; the table says all of it.

    >>> shortened("A6 Part approval of the optical engine at its only supplier")
    'A6 Part approval of the optical engine…'
    """
    if len(label) <= LONGEST:
        return label
    return label[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _range(row: Bar, width: Scale, y: float) -> SafeString | str:
    if row.low is None or row.high is None:
        return ""
    low, high = width.percent(row.low), width.percent(row.high)
    return format_html(
        '<line class="chart__range" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', low, high, y + 11, y + 11
    )
