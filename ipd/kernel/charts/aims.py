"""What a line is held against: levels it should reach, zones it should stay in, a range ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ipd.kernel.charts.frame import TOP
from ipd.kernel.charts.scales import Place, Scale


@dataclass(frozen=True)
class Level:
    """A line across at a value, named at its end; `solid` for the one that is aimed at."""

    value: float
    label: str
    solid: bool = False


@dataclass(frozen=True)
class Zone:
    """Values from `low` to `high`, shaded across; None reaches to the edge."""

    low: float | None
    high: float | None


@dataclass(frozen=True)
class Ahead:
    """How far a figure may spread at a place: the outline of a forecast."""

    place: Place
    low: float
    high: float


def drawn_zones(zones: Sequence[Zone], tall: Scale, height: float) -> SafeString:
    def up(value: float | None, edge: float) -> float:
        share = edge if value is None else min(max(tall.percent(value), 0), 100)
        return round(TOP + height * (1 - share / 100), 1)

    return format_html_join(
        "",
        '<rect class="chart__zone" x="0" width="100%" y="{}" height="{}"/>',
        (
            (high, round(low - high, 1))
            for zone in zones
            for low, high in [(up(zone.low, 0), up(zone.high, 100))]
        ),
    )


def drawn_levels(levels: Sequence[Level], tall: Scale, height: float) -> SafeString:
    """Names stand over their line at the start, where no figure of today is."""
    return format_html_join(
        "",
        '<line class="chart__level"{} x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text class="chart__level-name" x="6" y="{}">{}</text>',
        (
            (format_html(" data-{}", "solid") if level.solid else "", y, y, y - 4, level.label)
            for level in levels
            for y in [round(TOP + height * (1 - tall.percent(level.value) / 100), 1)]
            if 0 <= tall.percent(level.value) <= 100
        ),
    )


def drawn_ahead(
    ahead: Sequence[Ahead], width: Scale, tall: Scale, height: float, *, order: int, fine: int
) -> SafeString | str:
    """The range around a forecast, stretched over the plot like the lines are."""
    if len(ahead) < 2:
        return ""

    def point(place: Place, value: float) -> str:
        x, y = width.percent(place) * fine / 100, height * (1 - tall.percent(value) / 100)
        return f"{x:.1f},{y:.1f}"

    outline = [point(one.place, one.high) for one in ahead]
    outline += [point(one.place, one.low) for one in reversed(ahead)]
    return format_html(
        '<svg y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'class="chart__stretched"><polygon class="chart__ahead" data-series="{}" points="{}"/>'
        "</svg>",
        *(TOP, height, fine, height, order, " ".join(outline)),
    )


def reach(levels: Sequence[Level], zones: Sequence[Zone], ahead: Sequence[Ahead]) -> list[float]:
    """The values that the upright axis has to have room for."""
    found = [level.value for level in levels]
    found += [end for zone in zones for end in (zone.low, zone.high) if end is not None]
    return found + [end for one in ahead for end in (one.low, one.high)]
