"""What all charts share: the figure with its table twin, grid, axes and marks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from zlib import crc32

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel.charts.scales import LEVELS, Mark, Place, Scale, day_ticks, ticks

TOP, FOOT = 22, 22  # pixels over the plot for marks, under it for the axis


def plain(value: float) -> str:
    """A figure with as many decimals as it needs, two at most."""
    text = number_format(round(value, 2), use_l10n=True, force_grouping=True)
    return text.rstrip("0").rstrip(".,") if isinstance(value, float) and value % 1 else text


def whole_or_plain(value: float) -> str:
    return number_format(int(value), force_grouping=True) if value == int(value) else plain(value)


def named(place: Place) -> str:
    return place.isoformat() if isinstance(place, date) else whole_or_plain(place)


def join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def grid(scale: Scale, height: float, show: Callable[[float], str]) -> SafeString:
    """Horizontal lines at round values, each named at the start of its line."""
    return format_html_join(
        "",
        '<line class="chart__grid" x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text class="chart__y" x="-6" y="{}">{}</text>',
        (
            (y, y, y + 4, show(value))
            for value in ticks(scale, most=LEVELS + 1)
            for y in [round(TOP + height * (1 - scale.percent(value) / 100), 1)]
        ),
    )


def foot(scale: Scale, height: float, *, days: bool) -> SafeString:
    """The horizontal axis with a few named places."""
    marks = day_ticks(scale) if days else [(value, whole_or_plain(value)) for value in ticks(scale)]
    base = TOP + height
    return format_html(
        '<line class="chart__axis" x1="0" x2="100%" y1="{}" y2="{}"/>{}',
        base,
        base,
        format_html_join(
            "",
            '<line class="chart__axis" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
            '<text class="chart__x" x="{}%" y="{}">{}</text>',
            (
                (x, x, base, base + 4, x, base + 17, label)
                for place, label in marks
                for x in [scale.percent(place)]
            ),
        ),
    )


def drawn_marks(marks: Sequence[Mark], scale: Scale, height: float) -> SafeString:
    """Upright lines with their names above; names of neighbours take turns in height."""
    inside = sorted(
        (mark for mark in marks if 0 <= scale.percent(mark.at) <= 100),
        key=lambda mark: scale.percent(mark.at),
    )
    return format_html_join(
        "",
        '<g data-tone="{}"><title>{} {}</title><line class="chart__mark" x1="{}%" x2="{}%" '
        'y1="{}" y2="{}"/><text class="chart__mark-name" text-anchor="{}" x="{}%" y="{}">{}</text>'
        "</g>",
        (
            (
                *(mark.tone, mark.label, named(mark.at), x, x, 14 if place % 2 else 2),
                *(TOP + height, anchor_of(x), x, 20 if place % 2 else 9, mark.label),
            )
            for place, mark in enumerate(inside)
            for x in [scale.percent(mark.at)]
        ),
    )


def anchor_of(percent: float) -> str:
    """Text at the edges stays inside."""
    return "start" if percent < 8 else "end" if percent > 92 else "middle"


def plot(height: float, content: SafeString, *, title: str, about: str) -> SafeString:
    """The drawing: what is inside the plot stands at percentages of its width.

    Two charts of one page have two titles: their ids are made from them.
    """
    name = f"chart-{crc32(title.encode())}"
    return format_html(
        '<div class="chart__plot" dir="ltr"><svg class="chart__drawing" height="{}" role="img" '
        'aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}'
        "</svg></div>",
        *(height + TOP + FOOT, name, name, name, title, name, about, content),
    )


def figure(
    drawing: SafeString,
    *,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    legend: SafeString | str = "",
) -> SafeString:
    """The drawing, its legend, and the same figures as a table; the first cell names its row."""
    table = format_html(
        '<table class="table table--dense"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        title,
        format_html_join(
            "",
            '<th scope="col"{}>{}</th>',
            ((_number(place), head) for place, head in enumerate(heads)),
        ),
        join(_row(row, heads) for row in rows),
    )
    return format_html(
        '<figure class="chart">{}{}<details class="chart__twin"><summary>{}</summary>'
        '<div class="chart__rows">{}</div></details></figure>',
        *(legend, drawing, _("The figures as a table"), table),
    )


def _number(place: int) -> SafeString | str:
    return format_html(' class="{}"', "num") if place else ""


def _row(row: Sequence[str], heads: Sequence[str]) -> SafeString:
    cells = format_html_join(
        "",
        '<td class="num" data-label="{}">{}</td>',
        zip(heads[1:], row[1:], strict=True),
    )
    return format_html('<tr><th scope="row">{}</th>{}</tr>', row[0], cells)
