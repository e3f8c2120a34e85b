"""Replacement programmes: steps in order, figures, and who may take them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import programmes
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.models import ReplacementItem
from ipd.models.programmes import ORDER, ItemStatus
from ipd.queries import programmes as queries
from tests.factories import ProductFactory
from tests.factories.supply import (
    BoardFactory,
    ContributionFactory,
    ItemFactory,
    PartFactory,
    ProgrammeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def step(item, by, **more):
    return programmes.advance(item, by=by, seen_version=item.version, **more)


def test_a_replacement_goes_through_every_status_in_order(house):
    item = ItemFactory(product=house.product)
    item = step(item, house.lpdt)
    with pytest.raises(Refused, match="Choose how"):
        step(item, house.lpdt)
    item = step(item, house.lpdt, resolution="drop_in")
    with pytest.raises(Refused, match="was decided"):
        step(item, house.lpdt, resolution="ltb")
    item = step(step(item, house.lpdt), house.lpdt, first_time=True)
    assert (item.status, item.first_time, item.done_month) == ("released", True, None)
    item = step(item, house.lpdt)
    assert (item.status, item.done_month) == ("cut_in", today().replace(day=1))
    item = step(item, house.lpdt)
    assert (item.status, item.version, item.following) == ("verified", len(ORDER), "")
    with pytest.raises(Refused, match="nothing follows"):
        step(item, house.lpdt)


def test_a_stale_page_takes_no_step(house):
    item = ItemFactory(product=house.product)
    step(item, house.lpdt)
    with pytest.raises(Stale):
        programmes.advance(item, by=house.lpdt, seen_version=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cut_in", "resolution": "ltb"},
        {"status": "decided"},
        {"done_month": date(2026, 10, 1)},
        {"planned_month": date(2026, 10, 2)},
        {"reason": "whim"},
    ],
)
def test_the_database_refuses_what_no_step_makes(house, fields):
    item = ItemFactory(product=house.product)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplacementItem.objects.filter(pk=item.pk).update(**fields)


def test_a_board_passes_once(house):
    board = BoardFactory(product=house.product)
    board = programmes.requalified(board, by=house.lpdt, seen_version=1)
    assert board.done_month == today().replace(day=1)
    with pytest.raises(Stale):
        programmes.requalified(board, by=house.lpdt, seen_version=1)
    with pytest.raises(Refused, match="It was requalified"):
        programmes.requalified(board, by=house.lpdt, seen_version=2)


def test_a_part_is_entered_once_and_within_the_programme(house):
    programme = ProgrammeFactory()
    part = PartFactory(assessed_ttr=10, entered_tts=4)
    given = {"product": house.product, "reason": "cost", "by": house.lpdt}
    item = programmes.enter(programme, part, planned_month=date(2027, 3, 17), **given)
    assert (item.planned_month, item.gap_before) == (date(2027, 3, 1), 6)
    with pytest.raises(Refused, match="already"):
        programmes.enter(programme, part, planned_month=date(2027, 3, 1), **given)
    with pytest.raises(Refused, match="runs from"):
        programmes.enter(programme, PartFactory(), planned_month=date(2040, 3, 1), **given)


@time_machine.travel("2026-11-22", tick=False)
def test_the_figures(house):
    programme = ProgrammeFactory(ends_on=date(2027, 6, 30))
    ContributionFactory(product=house.product, weekly=Decimal(1000))
    done = {"status": "verified", "resolution": "drop_in", "done_month": date(2026, 10, 1)}
    one = {"programme": programme, "product": house.product}
    ItemFactory(**one, **done, planned_month=date(2026, 9, 1), gap_before=6, first_time=True)
    ItemFactory(**one, planned_month=date(2026, 10, 1), deadline_on=date(2026, 11, 2))
    ItemFactory(programme=programme, product=ProductFactory(), **done, gap_before=9)
    rows = queries.items(house.lpdt, programme)
    found = queries.progress(rows)
    assert (found.done, found.planned, found.all, found.tone) == (2, 2, 3, "on")
    figures = queries.figures(house.lpdt, rows)
    assert (len(figures.past_deadline), figures.oldest_days) == (1, 20)
    assert (figures.first_time, figures.qualified) == (1, 1)
    assert (figures.due, figures.on_time, figures.perfect) == (2, 0, 0)
    assert (figures.removed, figures.is_part_of_it) == ("6,000 EUR", True)
    on_time = {"planned_month": date(2026, 10, 1), "done_month": date(2026, 9, 1)}
    ItemFactory(**one, **done | on_time, first_time=True)
    ItemFactory(**one, **done | on_time, first_time=False)
    more = queries.figures(house.lpdt, queries.items(house.lpdt, programme))
    assert (more.due, more.on_time, more.perfect) == (4, 2, 1)
    assert queries.figures(house.outsider, rows).removed == "restricted"
    assert queries.months(programme)[0] == date(2026, 2, 1)
    assert len(queries.months(programme)) == 17
    first = queries.by_line(rows)[0]
    assert (first.done, first.all, first.late) == (1, 2, 1)


@time_machine.travel("2026-01-05", tick=False)
def test_the_month_before_january_is_december():
    assert queries.reported_month() == date(2025, 12, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    programme = ProgrammeFactory()
    for _ in range(count):
        item = ItemFactory(programme=programme, product=house.product)
        SourceFactory(part=item.part)
        ItemFactory(programme=programme, deadline_on=today() - timedelta(days=3))
        BoardFactory(programme=programme, product=house.product)
    client = as_person(house.lpdt)
    client.get(programme.get_absolute_url())
    with django_assert_max_num_queries(12):
        answer = client.get(programme.get_absolute_url())
    assert len(answer.context["items"]) == 2 * count


def test_what_a_hidden_product_replaces_is_not_counted(house, confidential_product, as_person):
    programme = ProgrammeFactory()
    ItemFactory(programme=programme, product=confidential_product)
    BoardFactory(programme=programme, product=confidential_product)
    client = as_person(house.lpdt)
    [row] = client.get("/programmes/").context["rows"]
    assert (row.parts, row.to_pass) == (0, 0)
    page = client.get(programme.get_absolute_url())
    assertNotContains(page, confidential_product.code)
    assertContains(page, "Nothing left that you see.")


def test_steps_are_taken_from_the_page(house, as_person):
    item = ItemFactory(product=house.product, status=ItemStatus.ANALYSED)
    board = BoardFactory(programme=item.programme, product=house.product)
    foreign = ItemFactory(programme=item.programme)
    client = as_person(house.lpdt)
    page = client.get(item.programme.get_absolute_url())
    url = reverse("ipd:programme-item-step", args=[item.pk])
    assertContains(page, url)
    assertNotContains(page, reverse("ipd:programme-item-step", args=[foreign.pk]))
    assert client.post(url, {"version": 1}).status_code == 409
    assert client.post(url, {}).status_code == 409
    answer = client.post(url, {"version": 1, "resolution": "ltb"}, follow=True)
    assertContains(answer, "Decided")
    passed = reverse("ipd:programme-board-step", args=[board.pk])
    assertContains(client.post(passed, {"version": 1}, follow=True), "The board has passed.")
    assert as_person(house.outsider).post(url, {"version": 2}).status_code == 403


def test_a_part_is_entered_by_its_form(house, as_person):
    programme, part = ProgrammeFactory(), PartFactory()
    url = reverse("ipd:programme-item", args=[programme.pk])
    client = as_person(house.lpdt)
    data = {"code": part.code, "reason": "cost", "planned_month": "2027-05-05"}
    assert client.post(url, data).status_code == 422
    foreign = data | {"product": ProductFactory().pk}
    assert client.post(url, foreign).status_code == 422
    assert client.post(url, data | {"product": house.product.pk}).status_code == 302
    assert programme.items.get().part == part
