"""The calendar of gates for calendar programs: the own address, and what it never says."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from gates.queries.calendar_feed import feed
from teams.actions.academy import deeds
from teams.models import CalendarToken, Deed
from tests.factories import ProductFactory, ReviewFactory

pytestmark = pytest.mark.django_db
SUBSCRIPTION = "/calendar/subscription/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


def address_of(client) -> str:
    page = client.post(SUBSCRIPTION).text
    start = page.index("http://", page.index('id="address"'))
    return "/" + page[start : page.index('"', start)].split("/", 3)[3]


def test_an_address_is_shown_once_and_read_without_signing_in(client, house):
    review = house.review(planned_on=date(2026, 12, 3))
    client.force_login(house.member)
    address = address_of(client)
    assert address not in client.get(SUBSCRIPTION).text
    assert CalendarToken.objects.get().sha256 not in address

    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20261203\r\n" in answer.text
    assert f"UID:review-{review.pk}@" in answer.text
    assert Deed.objects.get().deed == deeds.CALENDAR_SUBSCRIBED


def test_a_new_address_ends_the_old_one_and_so_does_leaving(client, house):
    client.force_login(house.member)
    old, new = address_of(client), address_of(client)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    client.post(reverse("gates:calendar-subscription-end"))
    assert client.get(new).status_code == 404

    last = address_of(client)
    house.member.is_active = False
    house.member.save()
    assert client.get(last).status_code == 404
    assert client.get("/calendar/guess.ics").status_code == 404


def test_confidential_products_rehearsals_and_decisions_stay_in_the_house(house):
    house.review(planned_on=date(2026, 12, 3))
    hidden = ReviewFactory(product=ProductFactory(line=house.line, is_confidential=True))
    past = ReviewFactory(product=ProductFactory(line=house.line), stage="decided", ended_in="GO")
    for person in (house.chair, house.member, house.outsider):
        text = feed(person)
        for review in (hidden, past):
            assert f"UID:review-{review.pk}@" not in text
    assert feed(house.chair).count("BEGIN:VEVENT") == 1


def test_lines_are_folded_between_letters_and_signs_escaped(house):
    house.product.name = "Naïve; long, name " + "é" * 60
    house.product.save()
    house.review(planned_on=date(2026, 12, 3))
    text = feed(house.chair)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    unfolded = text.replace("\r\n ", "")
    assert "Naïve\\; long\\, name " + "é" * 60 in unfolded


def test_the_feed_costs_the_same_for_any_number(client, house, django_assert_num_queries):
    client.force_login(house.chair)
    address = address_of(client)
    client.get(address)
    for _round in (1, 2):
        ReviewFactory(product=ProductFactory(line=house.line))
        with django_assert_num_queries(3):
            client.get(address)
