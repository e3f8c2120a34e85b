"""One's own boards: the list, one of them, and how it is arranged by buttons."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.once import once
from teams.actions import boards
from teams.forms.boards import BoardForm, MonthFilter, MoveForm, TileForm
from teams.models import KpiBoard, KpiBoardTile
from teams.queries import own_boards
from teams.views.boards import files_of


def mine(request, pk) -> KpiBoard:
    """Another's board is not there."""
    return get_object_or_404(own_boards.of(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def index(request):
    """The list of one's boards, and a new one."""
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = boards.make(name=form.cleaned_data["name"], by=request.user)
        return redirect("teams:kpi-own-board-arrange", made.pk)
    context = {"boards": list(own_boards.of(request.user)), "form": form, "here": "own"}
    status = 422 if form.errors else 200
    return render(request, "teams/boards/own_list.html", context, status=status)


@require_safe
def page(request, pk):
    """The tiles in their order, as they stand in the month."""
    board, form = mine(request, pk), MonthFilter(request.GET)
    placed = own_boards.tiles_of(board)
    context = {
        "own": board,
        "tiles": own_boards.drawn(request.user, placed, form.asked()),
        "filter": form,
        "month": form.asked(),
        "files": files_of(request, "teams:kpi-own-board-file", pk=pk),
        "here": "own",
    }
    return render(request, "teams/boards/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def arrange(request, pk):
    """Tiles are added here, and each has buttons for its place."""
    board = mine(request, pk)
    kpis, of = own_boards.choices(request.user)
    form = TileForm(request.POST or None, kpis=kpis, of=of)
    if request.method == "POST" and form.is_valid():
        boards.add(board, **form.given())
        messages.success(request, _("Added."))
        return redirect("teams:kpi-own-board-arrange", board.pk)
    context = {
        "own": board,
        "placed": own_boards.placed(board, dict(of)),
        "form": form,
        "name_form": BoardForm(initial={"name": board.name}),
        "here": "own",
    }
    status = 422 if form.errors else 200
    return render(request, "teams/boards/own_arrange.html", context, status=status)


@require_POST
@once
def name(request, pk):
    """Another name; a missing one is said on the page."""
    board, form = mine(request, pk), BoardForm(request.POST)
    if form.is_valid():
        boards.rename(board, name=form.cleaned_data["name"])
    else:
        messages.error(request, _("A board needs a name."))
    return redirect("teams:kpi-own-board-arrange", board.pk)


@require_POST
@once
def default(request, pk):
    """Shown first, or no longer."""
    board = mine(request, pk)
    boards.show_first(board, first=not board.is_default)
    return redirect(board)


@require_POST
@once
def remove(request, pk):
    """The board goes; nothing else does."""
    boards.remove(mine(request, pk))
    messages.success(request, _("Removed."))
    return redirect("teams:kpi-own-boards")


@require_POST
@once
def move(request, pk):
    """A tile up, down or away."""
    tile = get_object_or_404(
        KpiBoardTile.objects.filter(board__person=request.user).select_related("board"), pk=pk
    )
    form = MoveForm(request.POST)
    if form.is_valid():
        boards.move(tile, act=form.cleaned_data["act"])
    return redirect("teams:kpi-own-board-arrange", tile.board_id)
