"""The charts of a module's text: drawn where it is served, the figures as a table beside."""

from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel import charts
from ipd.kernel.charts.frame import whole_or_plain
from teams.calculations.academy.lessons import Chart


def drawn(chart: Chart) -> SafeString:
    """The chart's figure; a row of boxes is a list of steps."""
    return _KINDS[chart.kind](chart)


def _about(chart: Chart) -> str:
    return _("%(y)s, by: %(x)s.") % {"y": chart.y, "x": chart.x}


def _bars(chart: Chart) -> SafeString:
    series = chart.heads[1:]
    return charts.bars(
        [
            charts.Bar(
                row[0] if len(series) == 1 else f"{row[0]}: {name}", float(value), series=order
            )
            for row in chart.rows
            for order, (name, value) in enumerate(zip(series, row[1:], strict=True), 1)
        ],
        title=chart.title,
        about=_about(chart),
        heads=[chart.x, chart.y],
        show=whole_or_plain,
    )


def _lines(chart: Chart) -> SafeString:
    values = [float(value) for row in chart.rows for value in row[1:]]
    return charts.lines(
        [
            charts.Series(
                name,
                [(float(row[0]), float(row[order])) for row in chart.rows],
                dots=True,
                dashed=order > 1,
            )
            for order, name in enumerate(chart.heads[1:], 1)
        ],
        title=chart.title,
        about=_about(chart),
        place=chart.x,
        zero=min(values) * 2 < max(values),
    )


def _ranges(chart: Chart) -> SafeString:
    rows = [(label, *map(float, rest)) for label, *rest in chart.rows]
    return charts.bars(
        [
            charts.Bar(
                label,
                middle,
                low=low,
                high=high,
                beside=f"{whole_or_plain(low)} – {whole_or_plain(high)}",
            )
            for label, low, middle, high in rows
        ],
        title=chart.title,
        about=_about(chart),
        heads=[chart.x, chart.heads[2], f"{chart.heads[1]} – {chart.heads[3]}"],
        show=whole_or_plain,
    )


def _radar(chart: Chart) -> SafeString:
    shapes = [
        charts.Spoke(name, [float(row[order]) for row in chart.rows])
        for order, name in enumerate(chart.heads[1:], 1)
    ]
    most = max(value for shape in shapes for value in shape.values)
    return charts.radar(
        shapes,
        [row[0] for row in chart.rows],
        most=10 if 5 < most <= 10 else most,
        title=chart.title,
        about=_about(chart),
    )


def _steps(chart: Chart) -> SafeString:
    """What each step is called, who or what it is about, and what happens; its own table."""
    return format_html(
        '<ol class="timeline steps" aria-label="{}">{}</ol>',
        chart.title,
        format_html_join(
            "",
            '<li><b>{}</b><div><span class="muted">{}</span> · {}</div></li>',
            ((step, who, what) for step, who, what in chart.rows),
        ),
    )


_KINDS: dict[str, Callable[[Chart], SafeString]] = {
    "bar": _bars,
    "line": _lines,
    "range": _ranges,
    "radar": _radar,
    "steps": _steps,
}
