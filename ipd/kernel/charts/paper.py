"""A chart that stands alone: its drawing with title and colours inside, to be sent or printed.

The colours are those of static/css/1-tokens.css in light; a file outside of the house cannot
ask for them.
"""

import re
from collections.abc import Sequence

from django.utils.html import escape

WIDE, BESIDE, ABOVE, BELOW = 1000, (64, 24), 64, 16
DRAWING = re.compile(r'<svg class="chart__drawing" height="([\d.]+)"[^>]*>(.*)</svg></div>', re.S)
SERIES = ("#045990", "#069185", "#8d6300", "#c075d7", "#722b1c", "#2b2965")
TONES = {
    "on": ("#007f82", "#005456"),
    "risk": ("#c58220", "#744207"),
    "off": ("#8e1a0b", "#951f17"),
    "info": ("#4495ea", "#144c9b"),
    "none": ("#474d59", "#49505b"),
}
STYLE = """
text { font-family: "Noto Sans CJK SC", "Noto Sans", system-ui, sans-serif; }
text { font-size: 12px; font-weight: 500; fill: #49505b; }
.paper__title { font-size: 18px; font-weight: 600; fill: #18202b; }
.chart__y { text-anchor: end; } .chart__x { text-anchor: middle; }
.chart__grid { stroke: #dde0e4; } .chart__axis { stroke: #81878f; }
.chart__zone { fill: #18202b; fill-opacity: 0.07; }
.chart__level { stroke: #18202b; stroke-dasharray: 2 3; }
.chart__level[data-solid] { stroke-width: 2; stroke-dasharray: none; }
.chart__level-name { fill: #18202b; }
.chart__mark { stroke: #18202b; stroke-width: 1.5; stroke-dasharray: 4 3; }
.chart__mark-name { fill: #18202b; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
.chart__line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.chart__line[data-dashed] { stroke-dasharray: 6 4; }
.chart__ahead { fill-opacity: 0.16; }
"""
HOLLOW = ".chart__dot[data-hollow][data-series] { fill: #ffffff; stroke-width: 2; }"


def on_paper(
    figure: str, *, title: str, note: str = "", legend: Sequence[tuple[int, str, bool]] = ()
) -> str:
    """The drawing of a figure (ipd.kernel.charts) as an SVG file, 1088 pixels wide.

    note    stands at the end of the title's line, as "as of 2026-11-22"
    legend  (order, name, whether dashed) of each series, as the figure's own legend names them
    """
    found = DRAWING.search(figure)
    if found is None:
        raise ValueError("There is no drawing in this figure.")
    height, content = float(found[1]), found[2]
    width = WIDE + sum(BESIDE)
    keys, x = [], BESIDE[0]
    for order, name, dashed in legend:
        dash = " data-dashed=''" if dashed else ""
        keys.append(
            f"<line class='chart__line' data-series='{order}'{dash} x1='{x}' x2='{x + 22}' "
            f"y1='46' y2='46'/><text x='{x + 28}' y='50'>{escape(name)}</text>"
        )
        x += 28 + 9 * len(name) + 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
        f'height="{height + ABOVE + BELOW:g}" '
        f'viewBox="0 0 {width} {height + ABOVE + BELOW:g}"><style>{_style()}</style>'
        '<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text class="paper__title" x="{BESIDE[0]}" y="28">{escape(title)}</text>'
        f'<text x="{width - BESIDE[1]}" y="28" text-anchor="end">{escape(note)}</text>'
        f'{"".join(keys)}<svg x="{BESIDE[0]}" y="{ABOVE}" width="{WIDE}" height="{height:g}" '
        f'overflow="visible">{_attributes(content)}</svg></svg>'
    )


def _attributes(content: str) -> str:
    """Attributes without a value are HTML's alone; a file is XML."""
    return re.sub(r" (data-(?:dashed|solid|hollow))(?=[ />])", r' \1=""', content)


def _style() -> str:
    series = "".join(
        f'.chart__line[data-series="{n}"], .chart__dot[data-hollow][data-series="{n}"] '
        f'{{ stroke: {colour}; }} .chart__dot[data-series="{n}"], '
        f'.chart__ahead[data-series="{n}"] {{ fill: {colour}; }}'
        for n, colour in enumerate(SERIES, start=1)
    )
    tones = "".join(
        f'[data-tone="{tone}"] .chart__mark {{ stroke: {solid}; }} '
        f'[data-tone="{tone}"] .chart__mark-name {{ fill: {text}; }}'
        for tone, (solid, text) in TONES.items()
    )
    return STYLE + series + tones + HOLLOW
