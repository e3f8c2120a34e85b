"""Supply under many hands at once: no cycle, no lost step, nothing kept twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from ipd.actions import boms, last_time_buys, parts, programmes, sources, supply
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import BomLine, LastTimeBuy, PartAssessment, Source
from ipd.models.where_used import below
from tests.factories.supply import BoardFactory, ItemFactory, PartFactory, SupplierFactory
from tests.ipd.test_last_time_buys import INPUTS

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def at_once(call):
    """`call` in several threads at once: what each got, or what it was refused with."""

    def run(number):
        try:
            return call(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(run, range(HANDS)))


def done(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def test_lines_that_are_right_alone_make_no_cycle_together(house):
    ring = [PartFactory(kind="assembly") for _ in range(HANDS)]

    def add(n):
        return boms.add_line(ring[n], ring[(n + 1) % HANDS], quantity=1, by=house.lpdt)

    assert len(done(at_once(add))) == HANDS - 1
    assert BomLine.objects.count() == HANDS - 1
    assert not any(part.pk in below(part.pk) for part in ring)


def test_one_page_s_change_counts_once(house):
    part = PartFactory()

    def change(n):
        return parts.change(part, by=house.lpdt, seen_version=1, assessed_ttr=n + 1, why="x")

    assert len(done(at_once(change))) == 1
    assert PartAssessment.objects.count() == 1


def test_the_shares_of_sources_never_pass_the_whole(house):
    part, suppliers = PartFactory(), [SupplierFactory() for _ in range(HANDS)]

    def put(n):
        given = {"state": "approved", "percent": 100, "share": 40, "by": house.lpdt}
        return sources.put(part, suppliers[n], **given)

    assert len(done(at_once(put))) == 2
    assert Source.objects.count() == 2
    part.refresh_from_db()
    assert part.approved_sources == 2


def test_actions_get_their_numbers_one_after_the_other(house):
    part, due = PartFactory(), today() + timedelta(days=9)

    def plan(n):
        return supply.plan(part, rung="buffer", text=str(n), owner=None, due_on=due, by=house.lpdt)

    assert sorted(action.number for action in at_once(plan)) == list(range(1, HANDS + 1))


def test_a_replacement_takes_one_step(house):
    item = ItemFactory(product=house.product)
    answers = at_once(lambda n: programmes.advance(item, by=house.lpdt, seen_version=1))
    assert len(done(answers)) == 1
    item.refresh_from_db()
    assert (item.status, item.version) == ("analysed", 2)


def test_a_board_passes_once(house):
    board = BoardFactory(product=house.product)
    answers = at_once(lambda n: programmes.requalified(board, by=house.lpdt, seen_version=1))
    assert len(done(answers)) == 1


def test_a_last_time_buy_is_kept_once(house):
    part = PartFactory()

    def keep(n):
        return last_time_buys.keep(
            part, house.product, monthly=[120] * 24, inputs=INPUTS, note="", by=house.lpdt
        )

    assert len(done(at_once(keep))) == 1
    assert LastTimeBuy.objects.count() == 1
