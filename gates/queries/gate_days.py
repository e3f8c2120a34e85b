"""Days of gate meetings, for the plans of products: a gate stands not before its meeting."""

from datetime import date

from gates.models import Review


def meetings(product_id: int) -> dict[str, date]:
    """By gate code, and by the gate's name in this product, the day of its open review."""
    rows = Review.objects.open().real().filter(product=product_id).order_by("planned_on", "pk")
    days: dict[str, date] = {}
    for code, label, day in rows.values_list("gate__code", "label", "planned_on"):
        days.setdefault(code, day)
        days.setdefault(label, day)
    return days
