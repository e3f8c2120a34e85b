"""The plan on paper: sheets of rows, each with the whole time axis, a portion at a time."""

from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ipd.calculations import gantt as places
from ipd.forms.plans import PlanFilter
from ipd.kernel.days import today
from ipd.queries import gantt, plan_rows, plan_ties, plans
from ipd.queries.plan_rows import DURATION, FINISH, START
from ipd.views.plans import address, first_row, plan_or_404

ROWS, SHEETS = 26, 20  # on a sheet of A4; in a portion
WIDTH = 830  # pixels of a sheet's chart


@dataclass(frozen=True)
class Sheet:
    """One page: its rows, and the chart beside them."""

    number: int
    lines: list[plan_rows.Line]
    chart: gantt.Chart


@require_safe
def page(request, pk):
    """Twenty sheets from the asked row on, with the filters of the plan page."""
    wanted = PlanFilter(request.GET).wanted()
    products = plans.with_branches(plans.find(request.user), wanted)
    product = get_object_or_404(plans.with_figures(products), pk=pk)
    plan = plan_or_404(product)
    outline = plans.outline(product, plan, wanted)
    portion = ROWS * SHEETS
    first = first_row(request) // portion * portion
    rows = plans.chunk(product, plan, wanted, first, portion)
    ties = plan_ties.ties(rows)
    axis = replace(outline.axis, within=WIDTH)
    whole = not (wanted.is_filtered or wanted.levels or wanted.closed)
    day, sheets = today(), []
    for begin in range(0, len(rows), ROWS):
        part = rows[begin : begin + ROWS]
        lines = plan_rows.lines(plan, part, [DURATION, START, FINISH], [], first=first + begin + 1)
        chart = gantt.chart(axis, part, ties, day, whole=whole)
        sheets.append(Sheet((first + begin) // ROWS + 1, lines, chart))
    base = f"{request.path}?{address(request, product).partition('?')[2]}from="
    context = {
        "product": product,
        "plan": plan,
        "outline": outline,
        "axis": axis,
        "sheets": sheets,
        "total": -(-outline.matching // ROWS),
        "from": first + 1,
        "to": first + len(rows),
        "earlier": f"{base}{first - portion + 1}" if first else "",
        "later": f"{base}{first + portion + 1}" if first + portion < outline.matching else "",
        "upper": places.ticks(axis, upper=True),
        "lower": places.ticks(axis, upper=False),
        "finish_on": plan.finishes_at and plan.finishes_at.date(),
        "words": {"critical": _("critical")},
    }
    return render(request, "ipd/plans/print.html", context)
