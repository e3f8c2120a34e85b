"""Supply under many hands at once: no cycle, no lost step, nothing kept twice."""

from datetime import timedelta
from functools import partial

import pytest

from ipd.actions import boms, last_time_buys, parts, programmes, sources, supply
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import BomLine, LastTimeBuy, PartAssessment, Source
from ipd.models.where_used import below
from tests.factories.supply import BoardFactory, ItemFactory, PartFactory, SupplierFactory
from tests.ipd.test_last_time_buys import INPUTS
from tests.races import HANDS, at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)


def test_lines_that_are_right_alone_make_no_cycle_together(house):
    ring = [PartFactory(kind="assembly") for _ in range(HANDS)]

    def add(n):
        return boms.add_line(ring[n], ring[(n + 1) % HANDS], quantity=1, by=house.lpdt)

    done, _refused = at_once(by_hands(add), refusals=Refused)

    assert len(done) == HANDS - 1
    assert BomLine.objects.count() == HANDS - 1
    assert not any(part.pk in below(part.pk) for part in ring)


def test_one_page_s_change_counts_once(house):
    part = PartFactory()

    def change(n):
        return parts.change(part, by=house.lpdt, seen_version=1, assessed_ttr=n + 1, why="x")

    done, _refused = at_once(by_hands(change), refusals=Refused)

    assert len(done) == 1
    assert PartAssessment.objects.count() == 1


def test_the_shares_of_sources_never_pass_the_whole(house):
    part, suppliers = PartFactory(), [SupplierFactory() for _ in range(HANDS)]

    def put(n):
        given = {"state": "approved", "percent": 100, "share": 40, "by": house.lpdt}
        return sources.put(part, suppliers[n], **given)

    done, _refused = at_once(by_hands(put), refusals=Refused)

    assert len(done) == 2
    assert Source.objects.count() == 2
    part.refresh_from_db()
    assert part.approved_sources == 2


def test_actions_get_their_numbers_one_after_the_other(house):
    part, due = PartFactory(), today() + timedelta(days=9)

    def plan(n):
        return supply.plan(part, rung="buffer", text=str(n), owner=None, due_on=due, by=house.lpdt)

    done, _refused = at_once(by_hands(plan))

    assert sorted(action.number for action in done) == list(range(1, HANDS + 1))


def test_a_replacement_takes_one_step(house):
    item = ItemFactory(product=house.product)
    advance = partial(programmes.advance, item, by=house.lpdt, seen_version=1)

    done, _refused = at_once([advance] * HANDS, refusals=Refused)

    assert len(done) == 1
    item.refresh_from_db()
    assert (item.status, item.version) == ("analysed", 2)


def test_a_board_passes_once(house):
    board = BoardFactory(product=house.product)
    passed = partial(programmes.requalified, board, by=house.lpdt, seen_version=1)

    done, _refused = at_once([passed] * HANDS, refusals=Refused)

    assert len(done) == 1


def test_a_last_time_buy_is_kept_once(house):
    part = PartFactory()

    def keep(n):
        return last_time_buys.keep(
            part, house.product, monthly=[120] * 24, inputs=INPUTS, note="", by=house.lpdt
        )

    done, _refused = at_once(by_hands(keep), refusals=Refused)

    assert len(done) == 1
    assert LastTimeBuy.objects.count() == 1
