"""The health of the process, what gates cost, and what they changed."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gates.queries import health, health_sheet, review_costs
from ipd.kernel.days import today
from ipd.kernel.htmx import render_part
from ipd.kernel.money import money
from ipd.models import ProductLine
from ipd.permissions import acts_in_line
from teams.subjects import subjects


@require_safe
def page(request):
    """Every line beside the others."""
    read = health.by_kind(request.user)
    groups = health_sheet.by_line(read, ProductLine.objects.order_by("code"))
    return render(request, "gates/health/page.html", _sheet(read, groups) | {"here": "health"})


@require_safe
def line(request, code):
    """One line by kinds of decisions, and what waited longest in it."""
    it = get_object_or_404(ProductLine, code=code)
    read = health.by_kind(request.user)
    groups = health_sheet.by_kind(read, it)
    slow = review_costs.slowest(request.user, read.first, read.last, line=it.pk)
    context = _sheet(read, groups) | {"line": it, "slowest": slow, "here": "line"}
    return render(request, "gates/health/line.html", context)


def _sheet(read: health.Health, groups: list[health_sheet.Group]) -> dict:
    return {
        "health": read,
        "rows": health_sheet.sheet(groups),
        "measures": health_sheet.MEASURES,
        "chart": health_sheet.latency_chart(groups),
    }


@require_safe
def costs(request):
    """What gates cost and what they changed, of one line or of all."""
    lines = list(ProductLine.objects.order_by("code"))
    chosen = next((row for row in lines if row.code == request.GET.get("line")), None)
    read = health.by_gate(request.user, line=chosen.pk if chosen else None)
    granted = _sees_money(request.user, chosen)
    an_hour = review_costs.hour_cost(today()) if granted else None
    rows = review_costs.rows_of_gates(read, an_hour=an_hour, burdens=review_costs.burdens())
    everything = read.of()
    found = review_costs.changed(
        request.user,
        read.first,
        read.last,
        line=chosen.pk if chosen else None,
        after=request.GET.get("after", ""),
    )
    context = {
        "here": "costs",
        "health": read,
        "lines": lines,
        "chosen": chosen,
        "rows": [(row, _amount(row.cost, granted)) for row in rows],
        "everything": everything,
        "everything_cost": _amount(review_costs.cost_of(everything, an_hour), granted),
        "an_hour": _amount(an_hour, granted),
        "changes": found.rows,
        "after": found.after,
    }
    return render_part(request, "gates/health/costs.html", "changes", context)


def _sees_money(person, line: ProductLine | None) -> bool:
    """What reviews cost a line its board sees; of the company whoever sees some board's money."""
    acts = acts_in_line(person, line) if line else subjects().acts_in_group(person, "")
    return "see_money" in acts


def _amount(amount, granted: bool) -> str:
    return money(amount, settings.CURRENCY, granted=granted)
