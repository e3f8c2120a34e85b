"""A few points in the height of a line of text: which way something goes."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDE, TALL, FREE = 96, 24, 3  # units of the drawing, and what is left free around the line


def spark(
    values: Sequence[float | None],
    *,
    about: str,
    target: float | None = None,
    tone: str = "",
    dashed_last: bool = False,
) -> SafeString:
    """A line through the values, oldest first; None interrupts it, the last one is a dot.

    target       drawn as a tick across at its height
    dashed_last  the last figure is provisional: its dot is hollow
    """
    found = [value for value in values if value is not None]
    if not found:
        return format_html('<span class="spark spark--empty" aria-hidden="true">{}</span>', "")
    inside = [*found, target] if target is not None else found
    least, most = min(inside), max(inside)
    span = (most - least) or 1.0

    def y(value: float) -> float:
        flat = most == least
        return round(TALL / 2 if flat else TALL - FREE - (value - least) / span * (TALL - 6), 1)

    step = (WIDE - 2 * FREE) / max(len(values) - 1, 1)
    path, pen_down, last = [], False, (0.0, 0.0)
    for place, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        last = (round(FREE + place * step, 1), y(value))
        path.append(f"{'L' if pen_down else 'M'}{last[0]:g} {last[1]:g}")
        pen_down = True
    tick = (
        format_html(
            '<line class="spark__target" x1="0" x2="{}" y1="{}" y2="{}"/>',
            *(WIDE, y(target), y(target)),
        )
        if target is not None
        else ""
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}'
        '<path class="spark__line" d="{}"/><circle class="spark__dot" data-tone="{}"{} cx="{}" '
        'cy="{}" r="2.6"/></svg>',
        *(WIDE, TALL, about, about, tick, "".join(path), tone),
        *(format_html(" data-{}", "hollow") if dashed_last else "", *last),
    )
