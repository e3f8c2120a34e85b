"""Parts: what may be changed, by whom, in the list, on the page and many at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ipd.actions import boms, parts, sources, supply
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import Notice, Touch
from ipd.models import BomLine, Part, PartAssessment, Source
from ipd.models.parts import MOVES, PartStatus
from tests.factories import ProductFactory
from tests.factories.supply import (
    PartFactory,
    SupplierFactory,
    needed,
)
from tests.ipd.part_changes import DECIDED, change

pytestmark = pytest.mark.django_db


# Rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", PartStatus.values)
def test_a_status_goes_where_it_leads_and_nowhere_else(house, old):
    for new in PartStatus.values:
        day = today() + timedelta(days=30)
        part = PartFactory(status=old, last_order_on=day)
        if new == old or new in MOVES[old]:
            assert change(part, house.lpdt, status=new).status == new
        else:
            with pytest.raises(Refused, match="cannot go from"):
                change(part, house.lpdt, status=new)


def test_a_last_time_buy_has_its_day(house):
    part = PartFactory()
    with pytest.raises(Refused, match="last order day"):
        change(part, house.lpdt, status="ltb")
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.filter(pk=part.pk).update(status="ltb")


def test_make_or_buy_is_decided_wholly(house):
    part = PartFactory(kind="board")
    with pytest.raises(Refused, match="five scores"):
        change(part, house.lpdt, make_buy="make", make_buy_reason="Ours")
    with pytest.raises(Refused, match="five scores"):
        change(part, house.lpdt, **{**DECIDED, "make_buy_reason": " "})
    assert change(part, house.lpdt, **DECIDED).make_buy == "buy"
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.filter(pk=part.pk).update(risk_score=None)


def test_an_assessment_is_kept_with_who_and_why(house):
    part = PartFactory(claimed_ttr=16)
    with pytest.raises(Refused, match="Say why"):
        change(part, house.lpdt, assessed_ttr=34, why=" ")
    change(part, house.lpdt, assessed_ttr=34, why="One line only")
    kept = PartAssessment.objects.get()
    assert (kept.ttr_weeks, kept.claimed_ttr, kept.by, kept.on) == (34, 16, house.lpdt, today())
    part.refresh_from_db()
    assert part.ttr_weeks == 34
    with pytest.raises(Refused, match="never taken away"):
        change(part, house.lpdt, assessed_ttr=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartAssessment.objects.update(why="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartAssessment.objects.all().delete()


def test_a_stale_page_changes_nothing(house):
    part = PartFactory()
    change(part, house.lpdt, stock=5)
    with pytest.raises(Stale, match="while you were writing"):
        parts.change(part, by=house.lpdt, seen_version=1, stock=6)


def test_a_change_touches_the_products_that_need_the_part(house):
    part = PartFactory()
    needed(house.product, part, through=3)
    ProductFactory()
    change(part, house.lpdt, entered_tts=4)
    assert set(Touch.objects.values_list("product_id", flat=True)) == {house.product.pk}


def test_many_change_together_or_not_at_all(house):
    rows = [PartFactory() for _ in range(3)]
    ids = [row.pk for row in rows]
    assert parts.change_many(ids, by=house.lpdt, status="nrnd", kraljic="routine") == 3
    Part.objects.filter(pk=ids[0]).update(status="obsolete")
    with pytest.raises(Refused, match=rows[0].code):
        parts.change_many(ids, by=house.lpdt, status="ltb", last_order_on=today())
    assert Part.objects.filter(pk__in=ids, status="nrnd").count() == 2
    assert parts.change_many(ids[1:], by=house.lpdt, kraljic="routine") == 0


@pytest.mark.parametrize("status", ["obsolete", "banned"])
def test_what_may_not_be_used_goes_into_nothing_new(house, status):
    part, board = PartFactory(status=status), PartFactory(kind="board")
    with pytest.raises(Refused, match="goes into nothing new"):
        boms.add_line(board, part, quantity=1, by=house.lpdt)
    with pytest.raises(Refused, match="goes into nothing new"):
        boms.add_top(house.product, part, quantity=1, by=house.lpdt)


def test_nothing_contains_itself(house):
    one, two, three = (PartFactory(kind="assembly") for _ in range(3))
    boms.add_line(one, two, quantity=1, by=house.lpdt)
    boms.add_line(two, three, quantity=1, by=house.lpdt)
    for assembly, part in ((three, one), (two, one), (one, one)):
        with pytest.raises(Refused, match="nothing contains itself"):
            boms.add_line(assembly, part, quantity=1, by=house.lpdt)
    with pytest.raises(Refused, match="nothing goes into it"):
        boms.add_line(PartFactory(), one, quantity=1, by=house.lpdt)
    line = boms.add_line(one, two, quantity=4, by=house.lpdt)
    assert (BomLine.objects.count(), line.quantity) == (2, 4)
    boms.remove_line(line, by=house.lpdt)
    assert BomLine.objects.count() == 1


def test_a_part_made_for_one_product_is_no_other_s(house):
    part = PartFactory(product=ProductFactory())
    with pytest.raises(Refused, match="another product"):
        boms.add_top(house.product, part, quantity=1, by=house.lpdt)
    own = PartFactory(product=house.product)
    boms.remove_top(boms.add_top(house.product, own, quantity=2, by=house.lpdt), by=house.lpdt)
    assert not house.product.tops.exists()


def test_sources_are_counted_and_share_the_volume(house):
    part, first, second = PartFactory(), SupplierFactory(), SupplierFactory()
    put = {"by": house.lpdt, "note": ""}
    sources.put(part, first, state="approved", percent=100, share=70, **put)
    with pytest.raises(Refused, match="70 %"):
        sources.put(part, second, state="approved", percent=100, share=40, **put)
    with pytest.raises(Refused, match="at 100 %"):
        sources.put(part, second, state="approved", percent=45, share=0, **put)
    with pytest.raises(Refused, match="Only an approved source"):
        sources.put(part, second, state="qualifying", percent=45, share=10, **put)
    sources.put(part, second, state="qualifying", percent=45, share=0, **put)
    part.refresh_from_db()
    assert (part.approved_sources, part.is_single_source) == (1, True)
    sources.put(part, second, state="approved", percent=100, share=30, **put)
    sources.put(part, first, state="stopped", percent=100, share=0, **put)
    part.refresh_from_db()
    assert (part.approved_sources, Source.objects.count()) == (1, 2)


def test_an_action_has_an_owner_who_is_told_and_ends_once(house):
    part = PartFactory()
    needed(house.product, part)
    due = today() + timedelta(days=30)
    given = {"rung": "buffer", "text": "Twelve weeks", "by": house.lpdt}
    with pytest.raises(Refused, match="behind us"):
        supply.plan(part, owner=None, due_on=today() - timedelta(days=1), **given)
    action = supply.plan(part, owner=house.core_member, due_on=due, **given)
    assert Notice.objects.get(person=house.core_member).needs_action
    step = {"owner": house.core_member, "due_on": due, "by": house.lpdt}
    action = supply.revise(action, state="running", seen_version=1, **step)
    with pytest.raises(Stale):
        supply.revise(action, state="done", seen_version=1, **step)
    action = supply.revise(action, state="done", seen_version=2, **step)
    with pytest.raises(Refused, match="It has ended"):
        supply.revise(action, state="running", seen_version=3, **step)
    assert supply.plan(part, owner=None, due_on=due, **given).number == 2


def test_nobody_is_told_of_a_product_they_do_not_see(house, confidential_product):
    part = PartFactory(product=confidential_product)
    due = today() + timedelta(days=3)
    supply.plan(part, rung="buffer", text="x", owner=house.pqa, due_on=due, by=house.lpdt)
    assert not Notice.objects.exists()
