"""The gate calendar: what is booked, late first, for whom it may be seen."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from gates.queries import calendar
from ipd.kernel.days import today
from tests.factories import GrantFactory, ProductFactory
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown

URL = "/calendar/"


def shown(response):
    return list(response.context["page"].rows)


def test_page_makes_the_same_queries_however_many_reviews(house, as_person, no_lazy_fetch):
    client = as_person(house.chair)

    def add(n):
        house.review(product=ProductFactory(line=house.line))

    assert grown(client, URL, add) <= PAGE
    assert grown(client, URL, add, headers=HTMX) <= FRAGMENT


def test_late_reviews_come_first_and_closed_ones_not_at_all(house, as_person):
    coming = house.review()
    late = house.review(at="TR3", planned_on=today() - timedelta(days=9))
    house.review(at="CDCP", stage="decided")
    house.review(at="TR2", is_rehearsal=True)

    response = as_person(house.outsider).get(URL)

    assert shown(response) == [late, coming]
    assert response.context["groups"][0] == ("Late", [late])
    assertContains(response, "late 9 d")
    assert (response.context["total"], response.context["late"]) == (2, 1)


def test_it_is_narrowed_by_line_chain_body_and_lateness(house, as_person):
    decision, technical = house.review(), house.review(at="TR3")
    client = as_person(house.outsider)

    assert shown(client.get(URL, {"chain": "TR"})) == [technical]
    assert shown(client.get(URL, {"body": house.board.code})) == [decision]
    assert len(shown(client.get(URL, {"line": house.line.code}))) == 2
    assert shown(client.get(URL, {"show": "late"})) == []
    assert len(shown(client.get(URL, {"line": "nowhere", "by": "year"}))) == 2


@pytest.mark.parametrize("by", ["week", "month"])
def test_pages_follow_each_other_and_repeat_no_heading(house, as_person, monkeypatch, by):
    monkeypatch.setattr(calendar, "PAGE", 1)
    for at in ("PDCP", "TR3", "TR2"):
        house.review(at=at, planned_on=today() - timedelta(days=2))
    client = as_person(house.outsider)

    first = client.get(URL, {"by": by})
    after = first.context["page"].after
    second = client.get(URL, {"by": by, "after": after}, headers=HTMX)

    assertContains(first, "data-group", count=1)
    assertNotContains(second, "data-group")
    assert client.get(URL, {"after": "WyJ4IiwxXQ"}).status_code == 200


def test_a_confidential_review_is_in_nobody_else_s_calendar(house, as_person):
    hidden = house.review(product=house.confidential_product)
    client = as_person(house.outsider)

    response = client.get(URL)
    assert shown(response) == []
    assertNotContains(response, hidden.product.line.code)

    GrantFactory(product=house.confidential_product, person=house.outsider)
    assert shown(client.get(URL)) == [hidden]
