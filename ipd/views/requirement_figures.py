"""Figures, trace and work lists of requirements: read, never changed, here."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ipd.kernel.keyset import part
from ipd.models import ProductLine
from ipd.models.requirement_words import RequirementStatus
from ipd.queries import requirement_figures, requirement_trace, requirement_work
from ipd.queries.requirements import TONES
from ipd.views.requirements import visible_product

QUEUES = {
    "analysis": _("To be analysed"),
    "distribution": _("To be distributed"),
    "confirmation": _("To be confirmed"),
}
PAGE = 50


@require_safe
def figures(request, pk):
    """One product's figures, each with what it is taken from."""
    product = visible_product(request, pk)
    context = {"product": product, "figures": requirement_figures.of_product(product)}
    return render(request, "ipd/requirements/figures.html", context)


@require_safe
def line_figures(request):
    """A line's products side by side; ?line= says which line."""
    lines = list(ProductLine.objects.all())
    chosen = next((one for one in lines if one.code == request.GET.get("line")), None)
    line = chosen or (lines[0] if lines else None)
    whole, rows = requirement_figures.of_line(request.user, line) if line else ([], [])
    context = {"lines": lines, "line": line, "whole": whole, "rows": rows}
    return render(request, "ipd/requirements/line_figures.html", context)


@require_safe
def trace(request, pk):
    """Coverage with the rows behind each gap, and a window of the matrix."""
    product = visible_product(request, pk)
    after, across = request.GET.get("after", ""), request.GET.get("across", "")
    context = {
        "product": product,
        "coverages": requirement_trace.coverages(product),
        "matrix": requirement_trace.matrix(product, after=after, columns_after=across),
        "moved": bool(after or across),
    }
    return render(request, "ipd/requirements/trace.html", context)


@require_safe
def work(request):
    """What waits for the analysts and the managers of each line, the oldest first."""
    what = request.GET.get("what") if request.GET.get("what") in QUEUES else "analysis"
    lines = requirement_work.of_lines(request.user)
    asked = request.GET.get("line")
    line = next((queue.line for queue in lines if queue.line.code == asked), None)
    rows = requirement_work.waiting(request.user, line=line, what=what)
    page = part(rows, ("raised_on", "pk"), after=request.GET.get("after", ""), size=PAGE)
    context = {
        "queues": [(queue.line, [(key, *queue.waiting[key]) for key in QUEUES]) for queue in lines],
        "names": QUEUES.items(),
        "what": what,
        "line": line,
        "rows": [
            (row, RequirementStatus(row.status).label, TONES[row.status]) for row in page.rows
        ],
        "page": page,
        "title": QUEUES[what],
    }
    return render(request, "ipd/requirements/work.html", context)
