"""The list of teams and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ipd.kernel.htmx import render_part
from ipd.kernel.panels import panels
from teams.forms.lists import TeamFilter
from teams.permissions import visible_teams
from teams.queries import seats, teams


@require_safe
def index(request):
    """All visible teams and bodies, by kind; htmx asks for the following rows alone."""
    kinds = teams.kinds(request.user)
    form = TeamFilter(request.GET, kind=[(kind, f"{kind} ({n})") for kind, n in kinds])
    wanted = form.wanted()
    after = request.GET.get("after", "")
    rows = teams.page(
        request.user, text=wanted.get("q", ""), kind=wanted.get("kind", ""), after=after
    )
    context = {
        "filter": form,
        "page": rows,
        "total": sum(n for _kind, n in kinds),
        "later": bool(after),
    }
    return render_part(request, "teams/teams/list.html", "rows", context)


@require_safe
def page(request, pk):
    """Seats, coverage and decision rights of a team; a hidden one is not found."""
    team = get_object_or_404(visible_teams(request.user), pk=pk)
    sat = seats.of_team(team)
    roles = list({seat.role_id: seat.role for seat in sat}.values())
    context = {
        "team": team,
        "seats": sat,
        "coverage": seats.coverage_of(sat),
        "over": sorted({seat.person for seat in sat if seat.is_over}, key=lambda p: p.name),
        "roles": roles,
        "rights": seats.rights_matrix(role.pk for role in roles),
        "heads": panels("team-head", request.user, team),
        "panels": panels("team", request.user, team),
    }
    return render(request, "teams/teams/detail.html", context)
