"""The list of KPI alerts."""

from django.views.decorators.http import require_safe

from ipd.kernel.htmx import render_part
from teams.forms.boards import AlertFilter
from teams.models.boards import AlertKind
from teams.queries import alerts
from teams.subjects import subjects
from teams.views.boards import query_of


@require_safe
def index(request):
    """Signs that last, of teams that the reader may see."""
    form = AlertFilter(request.GET, line=subjects().groups(), kind=AlertKind.choices)
    wanted, after = form.wanted(), request.GET.get("after", "")
    context = {
        "filter": form,
        "page": alerts.page(
            request.user,
            group=wanted.get("line", ""),
            kind=wanted.get("kind", ""),
            after=after,
        ),
        "later": bool(after),
        "query": query_of(request),
        "here": "alerts",
    }
    return render_part(request, "teams/boards/alerts.html", "rows", context)
