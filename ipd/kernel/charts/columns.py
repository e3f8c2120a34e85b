"""Upright bars over a day or a number: how often something fell where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ipd.kernel.charts.frame import (
    TOP,
    drawn_marks,
    figure,
    foot,
    grid,
    join,
    named,
    plot,
    whole_or_plain,
)
from ipd.kernel.charts.scales import Mark, Place, Scale, levels, number


@dataclass(frozen=True)
class Column:
    """`value` between the places `first` and `last`, both counted in; `series` is its colour.

    >>> Column(1, 5, 3.0).value
    3.0
    """

    first: Place
    last: Place
    value: float
    series: int = 1


def columns(
    rows: Sequence[Column],
    *,
    title: str,
    about: str,
    heads: tuple[str, str],
    marks: Sequence[Mark] = (),
    show: Callable[[float], str] = whole_or_plain,
    height: int = 180,
) -> SafeString:
    """A histogram. `heads` name the place and the value in the table, `marks` stand upright."""
    days = bool(rows) and not isinstance(rows[0].first, int | float)
    edge = 1 if days else 0  # a day is as wide as itself
    left = [number(row.first) for row in rows]
    right = [number(row.last) + edge for row in rows]
    width = Scale.over([*left, *right, *(number(mark.at) for mark in marks)], room=0.02)
    tall = levels(row.value for row in rows)
    drawn = format_html_join(
        "",
        '<rect class="chart__column" data-series="{}" x="{}%" width="{}%" y="{}" height="{}">'
        "<title>{}</title></rect>",
        (
            (
                row.series,
                x,
                max(round(width.percent(end) - x - 0.15, 3), 0.1),
                *(round(TOP + height - up, 1), round(up, 1)),
                f"{_range(row)}: {show(row.value)}",
            )
            for row, start, end in zip(rows, left, right, strict=True)
            for x, up in [(width.percent(start), height * tall.percent(row.value) / 100)]
        ),
    )
    content = join(
        [
            grid(tall, height, show),
            drawn,
            foot(width, height, days=days),
            drawn_marks(marks, width, height),
        ]
    )
    return figure(
        plot(height, content, title=title, about=about),
        title=title,
        heads=heads,
        rows=[(_range(row), show(row.value)) for row in rows],
    )


def _range(row: Column) -> str:
    if row.first == row.last:
        return named(row.first)
    return f"{named(row.first)} – {named(row.last)}"
