"""Drawing of a product's way through its gates, as SVG made on the server.

A ribbon is a list of gates, each with `label`, `on` (a day or text), `state`
(decided, open, future, late, skipped), and optionally `title`, `url`, `word` (the state as
it is spoken) and `at`, its place in 0..1. Without places the gates stand at equal distances and
the line of today stands between the last gate that is behind us and the first one ahead.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BEHIND = {"decided", "skipped"}
STATES = {
    "decided": gettext_lazy("decided"),
    "open": gettext_lazy("open"),
    "future": gettext_lazy("planned"),
    "late": gettext_lazy("late"),
    "skipped": gettext_lazy("skipped"),
}
LEFT, WIDTH = 9, 282


def _gates(ribbon, today):
    if isinstance(ribbon, dict):
        today = ribbon.get("today") if today is None else today
        ribbon = ribbon.get("gates") or []
    return [gate for gate in ribbon if gate.get("label")], today


def _title(gate) -> str:
    if gate.get("title"):
        return str(gate["title"])
    state = STATES.get(gate.get("state"), "")
    return f"{gate['label']} {gate.get('on') or ''}".strip() + (f", {state}" if state else "")


def _diamond(x, y, state, size=5.5) -> SafeString:
    path = f"M{x:g} {y - size:g}l{size} {size} {-size} {size} {-size} {-size}z"
    mark = format_html('<path class="gate" data-state="{}" d="{}"/>', state, path)
    if state == "open":
        half = f"M{x:g} {y - size:g}l{size} {size} {-size} {size}z"
        mark += format_html('<path class="gate__half" d="{}"/>', half)
    if state == "late":
        mark += format_html('<circle class="gate__late" cx="{}" cy="{}" r="1.8"/>', x, y)
    return mark


def _places(gates, today):
    if all(gate.get("at") is not None for gate in gates):
        return [min(1.0, max(0.0, float(gate["at"]))) for gate in gates], today
    places = [(number + 0.5) / len(gates) for number in range(len(gates))]
    behind = [number for number, gate in enumerate(gates) if gate.get("state") in BEHIND]
    return places, (behind[-1] + 1) / len(gates) if behind else 0.0


def row(ribbon, today=None) -> SafeString:
    """The ribbon of a table row, 18 px high, with one spoken summary."""
    gates, today = _gates(ribbon or [], today)
    if not gates:
        return mark_safe("–")
    places, today = _places(gates, today)
    xs = [round(LEFT + place * WIDTH, 1) for place in places]
    decided = [x for x, gate in zip(xs, gates, strict=True) if gate.get("state") in BEHIND]
    now = None if today is None else round(LEFT + min(1.0, max(0.0, float(today))) * WIDTH, 1)
    done = now if now is not None else (decided[-1] if decided else LEFT)
    ahead = next((gate for gate in gates if gate.get("state") not in BEHIND), None)
    summary = _("%(done)d of %(all)d gates decided") % {"done": len(decided), "all": len(gates)}
    if ahead:
        summary += "; " + _("next: %(gate)s") % {"gate": _title(ahead)}
    marks = format_html_join(
        "",
        "<g><title>{}</title>{}</g>",
        (
            (_title(gate), _diamond(x, 9, gate.get("state", "future")))
            for x, gate in zip(xs, gates, strict=True)
        ),
    )
    return format_html(
        '<svg class="ribbon" viewBox="0 0 300 18" preserveAspectRatio="xMinYMid" role="img" '
        'aria-label="{}"><path class="ribbon__line" d="M4 9H296"/>'
        '<path class="ribbon__done" d="M4 9H{}"/>{}{}</svg>',
        summary,
        done,
        format_html('<path class="ribbon__today" d="M{} 0V18"/>', now) if now is not None else "",
        marks,
    )


def track(ribbon) -> SafeString:
    """The ribbon of a page: every gate with its name, day and state, wrapping on a phone."""
    gates, _today = _gates(ribbon or [], None)
    return format_html(
        '<ol class="track">{}</ol>',
        format_html_join(
            "",
            '<li class="track__gate" data-state="{}" title="{}">'
            '<svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>{}'
            '<span class="track__on">{}</span>'
            '<span class="visually-hidden">{}</span></li>',
            (
                (
                    gate.get("state", "future"),
                    _title(gate),
                    _diamond(10, 10, gate.get("state", "future"), 6.5),
                    _name(gate),
                    gate.get("on") or "–",
                    gate.get("word") or STATES.get(gate.get("state"), ""),
                )
                for gate in gates
            ),
        ),
    )


def _name(gate) -> SafeString:
    if gate.get("url"):
        return format_html('<a class="track__label" href="{}">{}</a>', gate["url"], gate["label"])
    return format_html('<span class="track__label">{}</span>', gate["label"])
