"""The portfolio page: filter, totals, and rows that come page by page."""

from django.views.decorators.http import require_safe

from ipd.forms.portfolio import PortfolioFilter
from ipd.kernel import keyset
from ipd.kernel.htmx import render_part, wants_part
from ipd.queries import portfolio


@require_safe
def page(request):
    """All visible products; htmx asks for the following rows alone."""
    if wants_part(request):
        # More of a list that is there already: its choices need not be counted again.
        found = []
        lines, phases = ([(request.GET.get(name, ""), "")] for name in ("line", "phase"))
    else:
        found = portfolio.facets(request.user, request.GET.get("q", "")[:60].replace("\0", ""))
        lines, phases = portfolio.choices(found)
    form = PortfolioFilter(request.GET, lines=lines, phases=phases)
    wanted = form.wanted()
    after = request.GET.get("after", "")
    rows = portfolio.rows(request.user, wanted, after)
    totals = portfolio.totals(found, wanted)
    seen = keyset.decode(after) if after and wanted.get("group") else None
    context = {
        "filter": form,
        "wanted": wanted,
        "page": rows,
        "grouped": wanted.get("group"),
        "last_group": seen[0] if seen else "",
        "totals": [(state, label, totals[state]) for state, label in portfolio.STATES.items()],
        "shown": totals[wanted["state"]] if "state" in wanted else sum(totals.values()),
        "all": sum(facet.total for facet in found),
        "later": bool(after),
    }
    return render_part(request, "ipd/portfolio/list.html", "rows", context)
