"""Who may decide what: one's own rights, and all of them; opening it is noted once."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.actions.academy import deeds
from teams.models import Role
from teams.permissions import visible_seats
from teams.queries.academy import rights
from teams.queries.seats import rights_matrix


@require_safe
def page(request):
    if request.method == "GET":
        deeds.note(request.user, deeds.AUTHORITY_READ)
    roles = list(Role.objects.filter(rights__isnull=False).distinct())
    context = {
        "own": rights.own(request.user, visible_seats(request.user)),
        "roles": roles,
        "rights": rights_matrix(role.pk for role in roles),
    }
    return render(request, "teams/teams/rights.html", context)
