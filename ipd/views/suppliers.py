"""Suppliers: the list with their newest scores, and one with its trend and what hangs on it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ipd.forms.supply import SupplierFilter
from ipd.models import Supplier
from ipd.queries import exposures
from ipd.queries import suppliers as queries


def scores_of(scored) -> list[int | None]:
    """The three scores of a month, or of a supplier with its newest."""
    return [getattr(scored, name) for name in queries.SCORES]


@require_safe
def supplier_list(request):
    wanted = SupplierFilter(request.GET).wanted()
    found = queries.listed(request.user, text=wanted["q"], sort=wanted["sort"])
    page = Paginator(found, queries.SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, **wanted, "low": queries.LOW}
    context["rows"] = [
        (row, delivered, [(score, queries.tone(score)) for score in scores_of(row)])
        for row, delivered in queries.shown(request.user, page.object_list)
    ]
    return render(request, "ipd/suppliers/list.html", context)


@require_safe
def supplier(request, pk):
    row = get_object_or_404(Supplier, pk=pk)
    scores = list(row.scores.order_by("month"))
    sources = queries.delivers(request.user, row)
    context = {
        "supplier": row,
        "latest": scores[-1] if scores else None,
        "first": scores[0] if scores else None,
        "tones": [queries.tone(score) for score in scores_of(scores[-1])] if scores else [],
        "chart": queries.trend(row, scores),
        "sources": [(source, exposures.tone(source.part)) for source in sources[: queries.SHOWN]],
        "more": len(sources) > queries.SHOWN,
        "products": queries.products_behind(request.user, sources),
    }
    return render(request, "ipd/suppliers/detail.html", context)
