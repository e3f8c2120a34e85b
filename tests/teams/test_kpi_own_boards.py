"""Own boards: made, filled, put in order, shown first; and nobody else's business."""

from functools import partial

import pytest
from django.urls import reverse

from ipd.kernel.access import Refused
from teams.actions import boards
from teams.models import KpiBoard, KpiBoardTile
from tests.factories.boards import KpiBoardFactory, KpiBoardTileFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(lpdt):
    return KpiBoardFactory(person=lpdt, name="Mine")


def order(board):
    return [tile.kpi.code for tile in board.tiles.select_related("kpi").order_by("order")]


def test_a_board_is_made_named_and_filled_in_the_browser(as_person, lpdt, product):
    client, kpi = as_person(lpdt), KpiFactory(code="CSAT")
    answer = client.post(reverse("teams:kpi-own-boards"), {"name": "Monday"})
    made = KpiBoard.objects.get(person=lpdt)
    arrange = reverse("teams:kpi-own-board-arrange", args=[made.pk])
    assert answer["Location"] == arrange
    for of in ("", f"line:{product.line.code}", f"team:{product.team_id}"):
        assert client.post(arrange, {"kpi": kpi.pk, "of": of}).status_code == 302
    assert made.tiles.count() == 3
    client.post(reverse("teams:kpi-own-board-name", args=[made.pk]), {"name": "Tuesday"})
    made.refresh_from_db()
    assert made.name == "Tuesday"
    assert "CSAT" in client.get(made.get_absolute_url()).content.decode()
    assert "CSAT" in client.get(arrange).content.decode()


def test_what_is_wrong_is_said(as_person, lpdt, board):
    client = as_person(lpdt)
    arrange = reverse("teams:kpi-own-board-arrange", args=[board.pk])
    assert client.post(arrange, {"kpi": "0", "of": "team:0"}).status_code == 422
    assert client.post(reverse("teams:kpi-own-boards"), {"name": ""}).status_code == 422
    assert client.post(reverse("teams:kpi-own-boards"), {"name": "Mine"}).status_code == 409


def test_a_figure_stands_once_on_a_board_and_a_name_once_on_the_list(board, lpdt):
    kpi = KpiFactory()
    boards.add(board, kpi_id=kpi.pk, team_id=None, group="")
    with pytest.raises(Refused):
        boards.add(board, kpi_id=kpi.pk, team_id=None, group="")
    with pytest.raises(Refused):
        boards.make(name="Mine", by=lpdt)
    other = boards.make(name="Other", by=lpdt)
    with pytest.raises(Refused):
        boards.rename(other, name="Mine")


def test_boards_and_tiles_are_not_endless(board, lpdt, monkeypatch):
    monkeypatch.setattr(boards, "MOST_BOARDS", 1)
    monkeypatch.setattr(boards, "MOST_TILES", 1)
    with pytest.raises(Refused):
        boards.make(name="Another", by=lpdt)
    KpiBoardTileFactory(board=board)
    with pytest.raises(Refused):
        boards.add(board, kpi_id=KpiFactory().pk, team_id=None, group="")


def test_tiles_move_by_buttons_and_stop_at_the_edge(as_person, lpdt, board):
    client = as_person(lpdt)
    tiles = {
        code: KpiBoardTileFactory(board=board, kpi=KpiFactory(code=code), order=place)
        for place, code in enumerate("ABC")
    }

    def press(code, act):
        url = reverse("teams:kpi-own-tile", args=[tiles[code].pk])
        assert client.post(url, {"act": act}).status_code == 302

    press("C", "up")
    assert order(board) == ["A", "C", "B"]
    press("A", "up")
    assert order(board) == ["A", "C", "B"]
    press("A", "down")
    assert order(board) == ["C", "A", "B"]
    press("A", "remove")
    assert order(board) == ["C", "B"]


def test_the_board_shown_first_opens_with_kpis(as_person, lpdt, board):
    client, start = as_person(lpdt), reverse("teams:kpi-board")
    assert client.get(start).status_code == 200
    client.post(reverse("teams:kpi-own-board-default", args=[board.pk]))
    assert client.get(start)["Location"] == board.get_absolute_url()
    assert client.get(start, {"all": 1}).status_code == 200
    client.post(reverse("teams:kpi-own-board-default", args=[board.pk]))
    assert client.get(start).status_code == 200


def test_another_s_board_is_not_there(as_person, pqa, board):
    client, tile = as_person(pqa), KpiBoardTileFactory(board=board)
    for name in ("", "-arrange"):
        assert client.get(reverse(f"teams:kpi-own-board{name}", args=[board.pk])).status_code == 404
    for name in ("name", "default", "removal"):
        url = reverse(f"teams:kpi-own-board-{name}", args=[board.pk])
        assert client.post(url, {"name": "Taken"}).status_code == 404
    url = reverse("teams:kpi-own-tile", args=[tile.pk])
    assert client.post(url, {"act": "remove"}).status_code == 404
    assert KpiBoardTile.objects.filter(pk=tile.pk).exists()


def test_a_board_is_removed_with_its_tiles(as_person, lpdt, board):
    KpiBoardTileFactory(board=board)
    as_person(lpdt).post(reverse("teams:kpi-own-board-removal", args=[board.pk]))
    assert not KpiBoard.objects.exists()
    assert not KpiBoardTile.objects.exists()


def test_a_tile_of_what_is_hidden_by_now_shows_nothing(
    as_person, lpdt, board, confidential_product
):
    kpi = KpiTargetFactory(kpi=KpiFactory(code="CSAT")).kpi
    KpiReadingFactory(kpi=kpi, team=confidential_product.team, numerator=99, denominator=100)
    KpiBoardTileFactory(board=board, kpi=kpi, team=confidential_product.team)
    page = as_person(lpdt).get(board.get_absolute_url()).content.decode()
    assert "can no longer be seen" in page
    assert confidential_product.code not in page
    arrange = reverse("teams:kpi-own-board-arrange", args=[board.pk])
    assert confidential_product.name not in as_person(lpdt).get(arrange).content.decode()
    answer = as_person(lpdt).post(
        arrange, {"kpi": kpi.pk, "of": f"team:{confidential_product.team_id}"}
    )
    assert answer.status_code == 422


def test_a_board_costs_the_same_for_more_tiles(
    as_person, lpdt, board, product, django_assert_max_num_queries
):
    client = as_person(lpdt)
    for _more in range(3):
        kpi = KpiTargetFactory().kpi
        KpiReadingFactory(kpi=kpi, team=product.team)
        KpiBoardTileFactory(board=board, kpi=kpi, team=product.team)
        KpiBoardTileFactory(board=board, kpi=kpi)
        with django_assert_max_num_queries(14):
            client.get(board.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_a_board_of_a_name_once(lpdt):
    make = partial(boards.make, name="One", by=lpdt)
    made, refused = at_once([make, make], refusals=Refused)
    assert (len(made), len(refused)) == (1, 1)
