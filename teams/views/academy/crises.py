"""The crises there are, one of them before it begins, and gathering a team for it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.once import once
from teams.actions.academy import crises as actions
from teams.forms.academy.crises import StartForm, TeamForm
from teams.permissions.academy import acts_in_academy
from teams.queries.academy import crises


@require_safe
def index(request):
    """Every scenario with one's own plays, and what is assigned to one."""
    found = crises.cards(request.user)
    context = {
        "cards": sorted(found, key=lambda card: (card.assignment is None, card.scenario.order)),
        "acts": acts_in_academy(request.user),
    }
    return render(request, "teams/academy/crises/list.html", context)


@require_safe
def page(request, slug):
    return _briefing(request, slug)


def _briefing(request, slug, **bound):
    """What is known before: the opening, the roles' names, how long it takes; nothing else."""
    scenario = get_object_or_404(crises.scenarios(), code=slug)
    body = scenario.body
    context = {
        "scenario": scenario,
        "facts": {key: body[key] for key in ("product", "gate", "length", "story_time", "opening")},
        "roles": [
            {"name": role["name"], "leads": role["code"] == body["lead"]} for role in body["roles"]
        ],
        "lead": next(role for role in body["roles"] if role["code"] == body["lead"]),
        "card": crises.cards(request.user, [scenario])[0],
        "acts": acts_in_academy(request.user),
        "start": bound.get("start") or StartForm(),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/crises/detail.html", context, status=status)


@require_POST
@once
def start(request, slug):
    """Begin alone; the clock stands until the first move."""
    scenario = get_object_or_404(crises.scenarios(), code=slug)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _briefing(request, slug, start=form)
    return redirect(actions.start(scenario, by=request.user, **form.given()))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def team(request, slug):
    """Ask colleagues to play roles."""
    scenario = get_object_or_404(crises.scenarios(), code=slug)
    given = request.POST if request.method == "POST" else None
    form = TeamForm(given, scenario=scenario)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.gather(scenario, by=request.user, **form.given()))
    context = {"scenario": scenario, "form": form, "acts": acts_in_academy(request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "teams/academy/crises/team.html", context, status=status)
