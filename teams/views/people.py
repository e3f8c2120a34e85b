"""The list of people and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ipd.kernel.htmx import render_part, wants_part
from ipd.kernel.panels import panels
from teams.forms.lists import PersonFilter
from teams.models import Person
from teams.queries import people, seats


@require_safe
def index(request):
    """Everybody, by name; htmx asks for the following rows alone."""
    if wants_part(request):
        # More of a list that is there already: its choices need not be read again.
        choices = {name: [(request.GET.get(name, ""), "")] for name in ("function", "site")}
    else:
        choices = {"function": people.functions(), "site": people.sites()}
    form = PersonFilter(request.GET, **choices)
    wanted = form.wanted()
    after = request.GET.get("after", "")
    rows = people.page(
        text=wanted.get("q", ""),
        function=wanted.get("function", ""),
        site=wanted.get("site", ""),
        after=after,
    )
    context = {"filter": form, "page": rows, "later": bool(after)}
    return render_part(request, "teams/people/list.html", "rows", context)


@require_safe
def page(request, pk):
    """A person's seats as far as the reader may see their teams, and the sum of all."""
    person = get_object_or_404(Person.objects.select_related("function", "site"), pk=pk)
    sat, total, unseen = seats.of_person(person, reader=request.user)
    context = {
        "person": person,
        "held": [seat for seat in sat if seat.person_id == person.pk],
        "stands_in": [seat for seat in sat if seat.deputy_id == person.pk],
        "total": total,
        "unseen": unseen,
        "full_time": seats.FULL_TIME,
        "panels": panels("person", request.user, person),
    }
    return render(request, "teams/people/detail.html", context)
