"""The academy's first page, the path it leads along, and the way to where things are done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.kernel.once import once
from teams.actions.academy import enrolments as actions
from teams.forms.academy.enrolments import JoinForm
from teams.models import LearningPath, PathElement
from teams.permissions.academy import acts_in_academy
from teams.practice import practices_of
from teams.queries.academy import (
    curriculum,
    doors,
    enrolments,
    founding,
    home,
    parts,
    skills,
    standing,
)
from teams.queries.academy.waiting import waiting_for


@require_safe
def page(request):
    """What to do next on one's path, what waits for one, and how far one has come."""
    mine = enrolments.mine(request.user)
    enrolment = mine.first
    context = {
        "acts": acts_in_academy(request.user),
        "enrolment": enrolment,
        "others": mine.own[1:],
        "managed": mine.managed,
        "waits": waiting_for(request.user),
        "practices": practices_of(request.user),
    }
    if enrolment is None:
        context["paths"] = list(enrolments.paths_for(request.user))
        context["founding"] = founding.founding()
    else:
        way = standing.way(enrolment.path, enrolment)
        modules = curriculum.cards()
        context |= {
            "way": way,
            "next": home.next_of(way, modules, enrolment.met_on) if enrolment.is_open else None,
            "skills": skills.skills(way, modules, skills.rated_by(enrolment.path)),
        }
    return render(request, "teams/academy/home/page.html", context)


@require_safe
def path(request, pk):
    """Stages, elements and exits of a path; for who walks it, with how far they are."""
    it = get_object_or_404(enrolments.for_reader(LearningPath.objects, request.user), pk=pk)
    enrolment = enrolments.mine(request.user).on(it.pk)
    way = standing.way(it, enrolment)
    parts.name(way)
    context = {
        "acts": acts_in_academy(request.user),
        "path": it,
        "enrolment": enrolment,
        "way": way,
    }
    return render(request, "teams/academy/home/path.html", context)


@require_safe
def element(request, pk):
    """To the page where the reader does this element; to the path, where there is none yet."""
    it = get_object_or_404(PathElement.objects.select_related("stage__path"), pk=pk)
    enrolment = enrolments.mine(request.user).on(it.stage.path_id)
    url = doors.url_of(enrolment, it) if enrolment else ""
    return redirect(url or f"{it.stage.path.get_absolute_url()}#{it.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def join(request):
    """Onto the waiting list of a path."""
    if request.method != "POST" and not enrolments.open_to(request.user).exists():
        messages.info(request, _("There is no path that you are not on, or wait for, already."))
        return redirect("teams:academy")
    form = JoinForm(request.POST or None, paths=enrolments.current_paths(), person=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        actions.join(given["path"], request.user, manager=given["manager"])
        messages.success(request, _("You are on the waiting list."))
        return redirect("teams:academy")
    context = {"form": form, "acts": acts_in_academy(request.user)}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/home/join.html", context, status=status)
