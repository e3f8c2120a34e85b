"""Who has how much to do: people or functions by week, over the plans of all products."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ipd.forms.load import LoadFilter, WorkForm
from ipd.kernel.days import today
from ipd.queries import load
from ipd.queries.load import PAGE, WEEKS, monday
from teams.models import Function, Person


@require_safe
def page(request):
    """Twelve weeks, rows of people or of functions; the state is the address."""
    form = LoadFilter(request.GET, **load.choices(request.user))
    wanted = form.wanted()
    first = wanted["first"]
    narrowed = {"line": wanted["line"], "site": wanted["site"]}
    after = ""
    if wanted["by"] == "functions":
        rows = load.functions(request.user, first, **narrowed)
    else:
        found = load.people(
            request.user,
            first,
            everybody=wanted["who"] == "all",
            function=wanted["function"],
            text=wanted["q"],
            after=request.GET.get("after", ""),
            **narrowed,
        )
        rows, after = found.rows, found.after
    context = {
        "filter": form,
        "by": wanted["by"],
        "line": wanted["line"],
        "rows": rows,
        "after": after,
        "weeks": load.weeks_from(first),
        "now": monday(today()),
        "work_url": reverse("ipd:load-work"),
        "words": {"over": _("more than there is time for"), "off": _("off")},
        "earlier": first - timedelta(weeks=WEEKS // 2),
        "later": first + timedelta(weeks=WEEKS // 2),
    }
    return render(request, "ipd/load/page.html", context)


@require_safe
def work(request):
    """The activities behind a cell, as far as the reader may see their products."""
    form = WorkForm(request.GET)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    person = function = None
    if given["person"]:
        person = get_object_or_404(
            Person.objects.select_related("site", "function"), pk=given["person"]
        )
    else:
        function = get_object_or_404(Function, code=given["function"])
    number = given["page"] or 1
    found = load.work(
        request.user,
        given["week"],
        person=person and person.pk,
        function=function and function.pk,
        offset=(number - 1) * PAGE,
    )
    context = {
        "subject": person or function,
        "person": person,
        "week": given["week"],
        "until": given["week"] + timedelta(days=4),
        "work": found,
        "capacity": load.capacity(person.site.country if person.site else "", given["week"])
        if person
        else None,
        "next_page": number + 1 if number * PAGE < found.count else None,
        "earlier": given["week"] - timedelta(weeks=1),
        "later": given["week"] + timedelta(weeks=1),
    }
    return render(request, "ipd/load/work.html", context)
