"""The gate calendar: open reviews by their day, late ones first."""

from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gates.forms.calendar import CalendarFilter
from gates.queries import calendar
from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.kernel.htmx import render_part


@require_safe
def page(request):
    """All open reviews of visible products; htmx asks for the following rows alone."""
    found = calendar.facets(request.user)
    form = CalendarFilter(request.GET, found)
    wanted = form.wanted()
    after = request.GET.get("after", "")
    rows = calendar.page(request.user, wanted, after)
    day = today()
    for review in rows.rows:
        review.late_days = max(0, (day - review.planned_on).days)

    def stretch(planned: date) -> str:
        if planned < day:
            return _("Late")
        if wanted["by"] == "month":
            return date_format(planned, "F Y")
        year, week, _weekday = planned.isocalendar()
        return _("Week %(week)02d of %(year)d") % {"week": week, "year": year}

    groups = groupby(rows.rows, key=lambda review: stretch(review.planned_on))
    seen = keyset.decode(after) if after else None
    context = {
        "filter": form,
        "page": rows,
        "groups": [(label, list(reviews)) for label, reviews in groups],
        "last_group": stretch(date.fromisoformat(seen[0])) if _starts_with_day(seen) else "",
        "total": sum(facet.total for facet in found),
        "late": sum(facet.late for facet in found),
        "later": bool(after),
    }
    return render_part(request, "gates/calendar.html", "rows", context)


def _starts_with_day(keys: list | None) -> bool:
    try:
        return bool(keys) and bool(date.fromisoformat(keys[0]))
    except (TypeError, ValueError):
        return False
