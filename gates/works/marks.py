"""Decisions of gates belong on a team's time axes: what was decided, and on which day."""

from datetime import date

from gates.models import Review
from teams.subjects import Mark, marks_things


@marks_things
def decisions(measured: list[int], first: date, last: date) -> dict[int, list[Mark]]:
    """The reviews held in these days with their outcomes, by product; one query.

    A decision gate says its outcome; a technical review only where it did not pass cleanly.
    """
    held = Review.objects.real().held().filter(product__in=measured, held_on__range=(first, last))
    rows = held.select_related("gate", "outcome").order_by("held_on", "pk")
    found: dict[int, list[Mark]] = {}
    for row in rows:
        if row.gate.feeds_id and row.outcome.passes_clean:
            continue
        label = f"{row.label} {row.outcome.name}"
        mark = Mark(row.held_on, label, row.outcome.tone, row.get_absolute_url())
        found.setdefault(row.product_id, []).append(mark)
    return found
