"""How things are done in the academy, as its curriculum says; rooms link the guide they need."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.permissions.academy import acts_in_academy
from teams.queries.academy.guides import guide

# The room out of which each shipped guide is read.
ROOMS = {
    "board-interview": "teams:certification",
    "mentoring": "teams:mentoring",
    "peer-review": "teams:peer-review-list",
    "simulation": "teams:crisis-list",
}


@require_safe
def page(request, code):
    """A guide in force; one that has not been imported is missing where a room links it."""
    found = guide(code)
    if found is None and code not in ROOMS:
        raise Http404
    context = {
        "acts": acts_in_academy(request.user),
        "guide": found,
        "room": ROOMS.get(code, "teams:academy"),
    }
    return render(request, "teams/academy/guide.html", context)
