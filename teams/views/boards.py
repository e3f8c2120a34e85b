"""Boards of a team, a line and the company, and the map of teams by KPIs."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ipd.kernel.htmx import render_part
from teams.forms.boards import OF_A_TEAM, SINCE_TIME, BoardFilter, HeatFilter
from teams.models import Team
from teams.permissions import visible_teams
from teams.queries import boards, heat, own_boards
from teams.subjects import Subject, subjects

ALL = "company"


@dataclass(frozen=True)
class Shown:
    """A board with what its page says around it."""

    board: boards.Board
    form: BoardFilter
    context: dict


def measured_team(request, pk) -> tuple[Team, Subject]:
    """A team that the reader may see and that answers for something; 404 without either."""
    team = get_object_or_404(visible_teams(request.user), pk=pk)
    subject = subjects().of([team.pk]).get(team.pk)
    if subject is None:
        raise Http404
    return team, subject


def group_of(request, code) -> tuple[list, str]:
    """All groups, and the name of the one with this code ("" is the company); else 404."""
    groups = subjects().groups()
    if code and code not in dict(groups):
        raise Http404
    return groups, dict(groups).get(code, "")


def team_board(request, pk) -> Shown:
    team, subject = measured_team(request, pk)
    form = BoardFilter(request.GET, against=OF_A_TEAM)
    board = boards.of_team(request.user, team, subject, form.asked(), form.wanted()["against"])
    context = {"team": team, "subject": subject, "confidential": not subject.is_open}
    return Shown(board, form, context)


def group_board(request, code) -> Shown:
    groups, name = group_of(request, code)
    form = BoardFilter(request.GET, against=SINCE_TIME)
    board = boards.of_group(request.user, code, form.asked(), form.wanted()["against"])
    return Shown(board, form, {"groups": groups, "code": code, "name": name})


@require_safe
def team(request, pk):
    """The tiles of one team by dimension, its score, and what is missing."""
    shown = team_board(request, pk)
    context = {
        "board": shown.board,
        "filter": shown.form,
        "measured": round(100 * shown.board.score.share),
        "files": files_of(request, "teams:kpi-team-file", pk=pk),
        "here": "team",
        **shown.context,
    }
    return render(request, "teams/boards/team.html", context)


@require_safe
def company(request):
    """The company's tiles; who has a board of their own as first page begins there."""
    if "all" not in request.GET and not any(request.GET.get(k) for k in ("month", "against")):
        own = own_boards.default_of(request.user)
        if own is not None:
            return redirect(own)
    return _group(request, "")


@require_safe
def line(request, code):
    """The same for a product line."""
    return _group(request, code)


def _group(request, code):
    shown = group_board(request, code)
    here = f"line-{code}" if code else ALL
    named = {"code": code} if code else {}
    files = files_of(request, "teams:kpi-line-file" if code else "teams:kpi-board-file", **named)
    context = {
        "board": shown.board,
        "filter": shown.form,
        "files": files,
        "here": here,
        **shown.context,
    }
    return render(request, "teams/boards/group.html", context)


@require_safe
def heat_page(request):
    """Teams by KPIs; htmx asks for the following rows alone."""
    form, narrowed = heat_asked(request)
    after = request.GET.get("after", "")
    context = {
        "filter": form,
        "heat": heat.page(request.user, after=after, **narrowed),
        "files": files_of(request, "teams:kpi-heat-file", endings=("xlsx",)),
        "here": "heat",
        "later": bool(after),
        "query": query_of(request),
    }
    return render_part(request, "teams/boards/heat.html", "rows", context)


def heat_asked(request) -> tuple[HeatFilter, dict]:
    """The form, and what the map is narrowed to."""
    form = HeatFilter(request.GET, line=subjects().groups())
    wanted = form.wanted()
    return form, {
        "month": form.asked(),
        "group": wanted.get("line", ""),
        "dimension": wanted.get("dimension", ""),
        "text": wanted.get("q", ""),
    }


def files_of(request, name, *, endings=("pdf", "xlsx"), **named) -> list[tuple[str, str]]:
    """The addresses of a page's files, with what the page was asked for."""
    asked = request.GET.urlencode()
    return [
        (
            ending.upper(),
            reverse(name, kwargs={**named, "ending": ending}) + f"?{asked}" * bool(asked),
        )
        for ending in endings
    ]


def query_of(request) -> str:
    """What the address asks for, without the place in the list."""
    asked = request.GET.copy()
    asked.pop("after", None)
    return asked.urlencode()
