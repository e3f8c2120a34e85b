"""A radar: how a few offers stand on the same criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ipd.kernel.charts.frame import figure, join, whole_or_plain
from ipd.kernel.charts.lines import legend

WIDTH, HEIGHT, RADIUS = 460, 300, 104
RINGS = 5


@dataclass(frozen=True)
class Spoke:
    """A named shape: one value for each criterion, from 0 to the chart's `most`."""

    name: str
    values: Sequence[float]


def point(order: int, count: int, share: float) -> tuple[float, float]:
    """Where a share of the radius stands on the spoke of this order; the first points up.

    >>> point(0, 4, 1.0), point(1, 4, 0.5)
    ((230.0, 46.0), (282.0, 150.0))
    """
    turn = 2 * pi * order / count
    x = WIDTH / 2 + RADIUS * share * sin(turn)
    y = HEIGHT / 2 - RADIUS * share * cos(turn)
    return round(x, 1), round(y, 1)


def radar(
    shapes: Sequence[Spoke], criteria: Sequence[str], *, most: float, title: str, about: str
) -> SafeString:
    """Shapes over the same criteria, with a legend and the figures as a table."""
    count = len(criteria)
    rings = format_html_join(
        "",
        '<polygon class="chart__ring" points="{}"/>',
        ((_path([ring / RINGS] * count),) for ring in range(1, RINGS + 1)),
    )
    names = format_html_join(
        "",
        '<line class="chart__grid" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text class="chart__spoke" text-anchor="{}" x="{}" y="{}">{}</text>',
        (
            (WIDTH / 2, HEIGHT / 2, *end, _anchor(order, count), label[0], label[1] + 4, name)
            for order, name in enumerate(criteria)
            for end in [point(order, count, 1)]
            for label in [point(order, count, 1.13)]
        ),
    )
    drawn = join(
        format_html(
            '<polygon class="chart__shape" data-series="{}"{} points="{}"><title>{}</title>'
            "</polygon>",
            *(order, format_html(" data-{}", "dashed") if order > 1 else ""),
            *(_path([value / most for value in shape.values]), shape.name),
        )
        for order, shape in enumerate(shapes, start=1)
    )
    drawing = format_html(
        '<div class="chart__whole"><svg class="chart__radar" viewBox="0 0 {} {}" role="img" '
        'aria-label="{}"><desc>{}</desc>{}{}{}</svg></div>',
        *(WIDTH, HEIGHT, title, about, rings, names, drawn),
    )
    return figure(
        drawing,
        title=title,
        heads=["", *(shape.name for shape in shapes)],
        rows=[
            [name, *(whole_or_plain(shape.values[order]) for shape in shapes)]
            for order, name in enumerate(criteria)
        ],
        legend=legend([(n, shape.name, n > 1) for n, shape in enumerate(shapes, start=1)]),
    )


def _path(shares: Sequence[float]) -> str:
    points = (point(order, len(shares), share) for order, share in enumerate(shares))
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _anchor(order: int, count: int) -> str:
    side = sin(2 * pi * order / count)
    return "middle" if abs(side) < 0.1 else "start" if side > 0 else "end"
