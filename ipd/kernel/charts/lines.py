"""Lines over time, or over another figure: S-curves, burn-downs, calibration."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ipd.kernel.charts.aims import (
    Ahead,
    Level,
    Zone,
    drawn_ahead,
    drawn_levels,
    drawn_zones,
    reach,
)
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

FINE = 1000  # units across the stretched drawing of a line


@dataclass(frozen=True)
class Series:
    """A named line through (place, value); a value of None interrupts it.

    dashed   planned, or a comparison
    steps    the value holds until the next place: a stock, a budget
    dots     each point is drawn as well
    hollow   places whose dot is hollow: what is provisional or estimated
    colour   the number of the series whose colour it shares, as a forecast does
    """

    name: str
    points: Sequence[tuple[Place, float | None]]
    dashed: bool = False
    steps: bool = False
    dots: bool = False
    hollow: Collection[Place] = ()
    colour: int = 0


def lines(
    series: Sequence[Series],
    *,
    title: str,
    about: str,
    place: str,
    marks: Sequence[Mark] = (),
    show: Callable[[float], str] = whole_or_plain,
    most: float | None = None,
    zero: bool = True,
    levels_at: Sequence[Level] = (),
    zones: Sequence[Zone] = (),
    ahead: Sequence[Ahead] = (),
    height: int = 180,
) -> SafeString:
    """Lines with a legend. `place` names the first column of the table, `most` fixes the top.

    zero   false lets the upright axis begin where the values do
    ahead  the range around the last series, which is then a forecast
    """
    places = sorted({at for one in series for at, _value in one.points}, key=number)
    values = [value for one in series for _at, value in one.points if value is not None]
    days = bool(places) and not isinstance(places[0], int | float)
    width = Scale.over([*places, *(mark.at for mark in marks)], room=0.01)
    tall = levels([*values, *reach(levels_at, zones, ahead)], most, zero=zero)
    colour_of_last = series[-1].colour or len(series) if series else 0
    drawn = join(
        _line(one, one.colour or order, width, tall, height)
        for order, one in enumerate(series, start=1)
    )
    content = join(
        [
            drawn_zones(zones, tall, height),
            grid(tall, height, show),
            foot(width, height, days=days),
            drawn_levels(levels_at, tall, height),
            drawn_ahead(ahead, width, tall, height, order=colour_of_last, fine=FINE),
            drawn,
            drawn_marks(marks, width, height),
        ]
    )
    found = [dict(one.points) for one in series]
    return figure(
        plot(height, content, title=title, about=about),
        title=title,
        heads=[place, *(one.name for one in series)],
        rows=(
            [named(at), *("–" if row.get(at) is None else show(row[at]) for row in found)]
            for at in places
        ),
        legend=legend(keys(series)),
    )


def keys(series: Sequence[Series]) -> list[tuple[int, str, bool]]:
    """What a legend says of each series: its colour, its name, whether it is dashed."""
    return [(one.colour or order, one.name, one.dashed) for order, one in enumerate(series, 1)]


def legend(entries: Sequence[tuple[int, str, bool]]) -> SafeString | str:
    """The colours and dashes by name; none for a single line, whose title says it."""
    if len(entries) < 2:
        return ""
    return format_html(
        '<ul class="chart__legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg class="chart__key" aria-hidden="true"><line class="chart__line" '
            'data-series="{}"{} x1="0" x2="18" y1="6" y2="6"/></svg>{}</li>',
            ((order, _dash(dashed), name) for order, name, dashed in entries),
        ),
    )


def _dash(dashed: bool) -> SafeString | str:
    return format_html(" data-{}", "dashed") if dashed else ""


def _line(one: Series, order: int, width: Scale, tall: Scale, height: float) -> SafeString:
    found = sorted(one.points, key=lambda point: number(point[0]))
    at = [
        (width.percent(place), None if value is None else height * (1 - tall.percent(value) / 100))
        for place, value in found
    ]
    path, pen_down = [], False
    for x, y in at:
        if y is None:
            pen_down = False
            continue
        across = round(x * FINE / 100, 1)
        if pen_down and one.steps:
            path.append(f"H{across:g}")
        path.append(f"{'L' if pen_down else 'M'}{across:g} {y:.1f}")
        pen_down = True
    stretched = format_html(
        '<svg y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'class="chart__stretched"><path class="chart__line" data-series="{}"{} d="{}"/></svg>',
        *(TOP, height, FINE, height, order, _dash(one.dashed), "".join(path)),
    )
    if not one.dots:
        return stretched
    return stretched + format_html_join(
        "",
        '<circle class="chart__dot" data-series="{}"{} cx="{}%" cy="{}" r="3.5"/>',
        (
            (order, _hollow(place in one.hollow), x, round(TOP + y, 1))
            for (place, _value), (x, y) in zip(found, at, strict=True)
            if y is not None
        ),
    )


def _hollow(is_hollow: bool) -> SafeString | str:
    return format_html(" data-{}", "hollow") if is_hollow else ""
