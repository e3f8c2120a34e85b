"""Arranging one's own boards: made, named, filled, put in order, shown first."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from teams.models import Kpi, KpiBoard, KpiBoardTile, Person

MOST_BOARDS, MOST_TILES = 20, 40


def _locked(board: KpiBoard) -> KpiBoard:
    return KpiBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)


def _boards_of(person: Person):
    """A person's boards, in a lock that two new ones of the same name wait for."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return KpiBoard.objects.filter(person=person)


@transaction.atomic
def make(*, name: str, by: Person) -> KpiBoard:
    """A new, empty board. Refused when the person has one of this name, or twenty."""
    boards = _boards_of(by)
    _refuse_name(boards, name)
    if boards.count() >= MOST_BOARDS:
        raise Refused(_("You have twenty boards already. Please remove one first."))
    return KpiBoard.objects.create(person=by, name=name)


@transaction.atomic
def rename(board: KpiBoard, *, name: str) -> KpiBoard:
    """Refused when another board of the person has this name."""
    _refuse_name(_boards_of(board.person).exclude(pk=board.pk), name)
    found = _locked(board)
    found.name = name
    found.save(update_fields=["name"])
    return found


def _refuse_name(boards, name: str) -> None:
    if boards.filter(name=name).exists():
        raise Refused(_("You have a board of this name already."))


@transaction.atomic
def show_first(board: KpiBoard, *, first: bool) -> None:
    """Begin at this board instead of the company's, or no longer."""
    boards = _boards_of(board.person)
    boards.filter(is_default=True).update(is_default=False)
    if first:
        boards.filter(pk=board.pk).update(is_default=True)


@transaction.atomic
def remove(board: KpiBoard) -> None:
    """With its tiles; the figures stay where they are."""
    _locked(board).delete()


@transaction.atomic
def add(board: KpiBoard, *, kpi_id: int, team_id: int | None, group: str) -> KpiBoardTile:
    """A tile at the end. Refused when the board shows it already, or is full."""
    found = _locked(board)
    tiles = found.tiles.all()
    if tiles.filter(kpi=kpi_id, team=team_id, group=group).exists():
        raise Refused(_("The board shows this figure already."))
    if tiles.count() >= MOST_TILES:
        raise Refused(_("A board has forty tiles at most."))
    last = tiles.aggregate(last=Max("order"))["last"]
    return KpiBoardTile.objects.create(
        board=found,
        kpi=Kpi.objects.get(pk=kpi_id),
        team_id=team_id,
        group=group,
        order=0 if last is None else last + 1,
    )


@transaction.atomic
def move(tile: KpiBoardTile, *, act: str) -> None:
    """One place up or down, or away; at the edge nothing happens."""
    board = _locked(tile.board)
    if act == "remove":
        board.tiles.filter(pk=tile.pk).delete()
        return
    order = list(board.tiles.order_by("order", "pk"))
    at = next((place for place, one in enumerate(order) if one.pk == tile.pk), None)
    if at is None:
        raise Refused(_("The tile is gone."))
    to = at - 1 if act == "up" else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    for place, one in enumerate(order):
        one.order = place
    KpiBoardTile.objects.bulk_update(order, ["order"])
