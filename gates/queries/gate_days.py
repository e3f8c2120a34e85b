"""Days of gate meetings, for the plans of products: a gate stands not before its meeting."""

from datetime import date

from django.db.models.functions import Coalesce

from gates.models import Review
from gates.models.reviews import Stage


def meetings(product_id: int) -> dict[str, date]:
    """By gate code, and by the gate's name in this product, the day of its meeting.

    The first of those to come; of a gate that has only been held, the last one.
    """
    kept = Review.objects.real().filter(product=product_id).exclude(stage=Stage.WITHDRAWN)
    names = ("stage", "gate__code", "label", "on")
    rows = list(
        kept.annotate(on=Coalesce("held_on", "planned_on")).order_by("on", "pk").values_list(*names)
    )
    coming = [row for row in rows if row[0] != Stage.DECIDED]
    held = [row for row in reversed(rows) if row[0] == Stage.DECIDED]
    days: dict[str, date] = {}
    for _stage, code, label, day in [*coming, *held]:
        days.setdefault(code, day)
        days.setdefault(label, day)
    return days
