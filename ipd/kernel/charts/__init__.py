"""Charts drawn on the server: SVG by class and attribute alone, with the same figures as a table.

    columns(…)   how often something fell where: a histogram
    lines(…)     something over time or over another figure: S-curves, burn-downs, calibration
    spark(…)     the last few points of something, in a tile or a row of a table
    radar(…)     how offers stand on the same criteria
    bars(…)      what weighs most, longest first; bars to both sides of zero make a tornado

Each takes plain values, escapes what it is given, makes no query and returns a <figure>: the
drawing (role img, with title and description), and the table twin in <details>. A place on the
horizontal axis is a day or a number. Widths are percentages, so text keeps its size on a phone.
`on_paper` makes of such a figure a picture that stands alone.
"""

from ipd.kernel.charts.aims import Ahead, Level, Zone
from ipd.kernel.charts.bars import Bar, bars
from ipd.kernel.charts.columns import Column, columns
from ipd.kernel.charts.lines import Series, keys, lines
from ipd.kernel.charts.paper import on_paper
from ipd.kernel.charts.radar import Spoke, radar
from ipd.kernel.charts.scales import Mark
from ipd.kernel.charts.spark import spark

__all__ = [
    "Ahead",
    "Bar",
    "Column",
    "Level",
    "Mark",
    "Series",
    "Spoke",
    "Zone",
    "bars",
    "columns",
    "keys",
    "lines",
    "on_paper",
    "radar",
    "spark",
]
