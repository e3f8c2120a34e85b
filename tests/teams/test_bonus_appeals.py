"""Appeals against a frozen round, and what would change an open one."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.models.reviews import Stage
from teams.actions import bonuses
from teams.models import BonusAppeal
from teams.queries import bonus_appeals
from tests.factories import ConditionFactory, ReviewFactory
from tests.teams.bonus_rounds import frozen, opened, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def at(name, *args):
    return reverse(f"teams:bonus{name}", args=args)


# Appeals --------------------------------------------------------------------------------------


def test_an_appeal_is_answered_and_paid_from_the_reserve(made, as_person):
    member = made.members["FIN"].person
    url, said = at("-appeal", made.p10.pk), {"text": "I was there all year."}
    opened(made)
    assert as_person(member).post(url, said).status_code == 409
    row = made.fresh()
    bonuses.take_back(row, reason="Again.", by=made.board.secretary, seen_version=row.version)
    frozen(made)
    assert as_person(made.board.secretary).post(url, said).status_code == 403
    assert as_person(member).post(url, {"text": ""}).status_code == 422
    assert as_person(member).post(url, said).status_code == 302
    assert as_person(member).post(url, said).status_code == 409
    appeal = BonusAppeal.objects.get()
    answer, chair = at("-answer", appeal.pk), as_person(made.board.chair)
    yes = {"upheld": "yes", "text": "You were.", "amount": "1000"}
    assert as_person(made.board.secretary).post(answer, yes).status_code == 403
    assert as_person(made.members["SE"].person).post(answer, yes).status_code == 403
    assertNotContains(
        as_person(made.members["SE"].person).get(made.p10.get_absolute_url()), "all year"
    )
    assert chair.post(answer, {"upheld": "yes"}).status_code == 422
    assert chair.post(answer, yes | {"upheld": "no"}).status_code == 409
    assert chair.post(answer, yes | {"amount": "361610.62"}).status_code == 409
    assert chair.post(answer, yes).status_code == 302
    assert chair.post(answer, yes).status_code == 409
    assert bonus_appeals.left_in_reserve(made.fresh()) == Decimal("360610.61")
    assertContains(as_person(member).get(made.p10.get_absolute_url()), "1,000 EUR from the reserve")
    assertContains(chair.get(at("", made.round.pk)), "360,610.61 EUR left after appeals")


def test_the_window_for_appeals_closes(made, as_person):
    frozen(made)
    url = at("-appeal", made.p10.pk)
    with time_machine.travel("2026-12-06T12:00:00+00:00", tick=False):
        client = as_person(made.house.pqa)
        assert client.post(url, {"text": "On the last day."}).status_code == 302
    with time_machine.travel("2026-12-07T12:00:00+00:00", tick=False):
        client = as_person(made.house.core_member)
        assert client.post(url, {"text": "A day late."}).status_code == 409


# What if --------------------------------------------------------------------------------------


def test_a_what_if_is_read_and_taken_back(made, as_person, table_hashes):
    review = ReviewFactory(product=made.house.product, stage=Stage.DECIDED)
    due = date(2026, 10, 15)
    condition = ConditionFactory(review=review, due_on=due, original_due_on=due)
    coming = ReviewFactory(product=made.house.product, at="TR4")
    proposed(made)
    client, url = as_person(made.members["MKT"].person), at("-what-ifs", made.p10.pk)
    before = table_hashes()

    page = client.get(url)
    assertContains(page, f"{coming.label} slips two weeks")
    assertContains(page, f"?try=condition%3A{condition.pk}")
    page = client.get(url, {"try": f"condition:{condition.pk}"})
    assertContains(page, "108,254.36 EUR")
    assertContains(page, "120,282.63 EUR")
    assertContains(page, "9,027.54 EUR")
    assertContains(client.get(url, {"try": f"gate:{coming.pk}"}), "As it would")
    assert client.get(url, {"try": "gate:0"}).status_code == 409
    assert table_hashes() == before
    assert as_person(made.members["SE"].function.head).get(url).status_code == 403


def test_nothing_is_tried_of_a_frozen_round(made, as_person):
    ReviewFactory(product=made.house.product)
    frozen(made)
    page = as_person(made.house.lpdt).get(at("-what-ifs", made.p10.pk))
    assertContains(page, "Nothing is offered")
