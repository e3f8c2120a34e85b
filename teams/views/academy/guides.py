"""How things are done in the academy, as its curriculum says; rooms link the guide they need."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ipd.kernel.access import require
from teams.permissions.academy import ASSESS, CURRICULUM, RUN, acts_in_academy
from teams.queries.academy.guides import guide

# The room out of which each shipped guide is read.
ROOMS = {
    "board-interview": "teams:certification",
    "mentoring": "teams:mentoring",
    "peer-review": "teams:peer-review-list",
    "simulation": "teams:crisis-list",
}

# It holds cases and questions that are not known to learners.
FOR_ASSESSORS = {"board-interview"}


@require_safe
def page(request, code):
    """A guide in force; one that has not been imported is missing where a room links it."""
    acts = acts_in_academy(request.user)
    require(code not in FOR_ASSESSORS or acts & {ASSESS, CURRICULUM, RUN})
    found = guide(code)
    if found is None and code not in ROOMS:
        raise Http404
    context = {
        "acts": acts,
        "guide": found,
        "room": ROOMS.get(code, "teams:academy"),
    }
    return render(request, "teams/academy/guide.html", context)
