"""The portfolio: who sees which rows, in which order, and at what price."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.models import PortfolioRow
from ipd.queries import portfolio
from tests.factories import GrantFactory, LineFactory, ProductFactory
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown

URL = "/portfolio/"


def row(product, **fields):
    fields.setdefault("ribbon", [{"label": "TR4", "on": "2026-12-09", "state": "future"}])
    PortfolioRow.objects.update_or_create(product=product, defaults=fields)
    return product


def names(response):
    return [product.name for product in response.context["page"].rows]


def test_page_makes_the_same_queries_however_many_products(house, as_person, no_lazy_fetch):
    client = as_person(house.chair)

    def add(n):
        product = ProductFactory(line=house.line) if n else house.product
        row(product, next_gate="TR4", next_gate_on=today())

    assert grown(client, URL, add) <= PAGE
    assert grown(client, URL, add, headers=HTMX) <= FRAGMENT


def test_a_confidential_product_is_in_nobody_else_s_portfolio(house, outsider, as_person):
    hidden = house.confidential_product
    response = as_person(outsider).get(URL)

    assertNotContains(response, hidden.name)
    assert hidden.line.code not in dict(response.context["filter"].fields["line"].choices)
    assert response.context["all"] == 1

    GrantFactory(product=hidden, person=outsider)
    assertContains(as_person(outsider).get(URL), hidden.name)


def test_a_grant_that_has_ended_shows_nothing(house, outsider, as_person):
    GrantFactory(
        product=house.confidential_product, person=outsider, until=today() - timedelta(days=1)
    )

    assertNotContains(as_person(outsider).get(URL), house.confidential_product.name)


def test_rows_are_filtered_and_the_totals_follow(house, as_person):
    row(house.product, state="risk")
    other = row(ProductFactory(line=LineFactory(), in_phase="DEVELOP"), state="on")
    client = as_person(house.chair)

    assert names(client.get(URL, {"line": other.line.code})) == [other.name]
    assert names(client.get(URL, {"phase": "DEVELOP"})) == [other.name]
    assert names(client.get(URL, {"state": "risk"})) == [house.product.name]
    assert names(client.get(URL, {"status": "retired"})) == []
    assert names(client.get(URL, {"q": other.name[-6:].upper()})) == [other.name]
    totals = {state: n for state, _label, n in client.get(URL).context["totals"]}
    assert (totals["risk"], totals["on"], totals["off"]) == (1, 1, 0)


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "drop table", "state": "purple", "line": "nowhere", "group": "1"},
        {"after": "nonsense"},
        {"after": "WzEsMl0"},
        {"after": "WyJ4IiwgInkiXQ"},
        {"q": "50%_\\"},
        {"q": "a\0b"},
    ],
)
def test_what_is_none_of_the_choices_counts_as_not_given(house, as_person, query):
    assert as_person(house.chair).get(URL, query).status_code == 200


@pytest.mark.parametrize("sort", list(portfolio.KEYS))
@pytest.mark.parametrize("group", ["", "line"])
def test_pages_follow_each_other_without_gap_or_repetition(
    house, as_person, monkeypatch, sort, group
):
    monkeypatch.setattr(portfolio, "PAGE", 2)
    lines = [house.line, LineFactory()]
    for n in range(6):
        product = ProductFactory(line=lines[n % 2])
        if n:
            late = today() + timedelta(days=n // 2)
            row(product, next_gate_on=late if n > 2 else None, overdue_conditions=n % 3)
    client, query, seen = as_person(house.chair), {"sort": sort, "group": group}, []
    while True:
        page = client.get(URL, query).context["page"]
        seen += [product.pk for product in page.rows]
        if not page.after:
            break
        query["after"] = page.after

    assert len(seen) == len(set(seen)) == 7


def test_worst_states_and_largest_debts_come_first(house, as_person):
    calm = row(house.product, state="on", next_gate_on=today())
    bad = row(ProductFactory(), state="off", overdue_conditions=2, open_conditions=3)
    client = as_person(house.chair)

    assert names(client.get(URL, {"sort": "state"})) == [bad.name, calm.name]
    assert names(client.get(URL, {"sort": "debt"})) == [bad.name, calm.name]
    assert names(client.get(URL)) == [calm.name, bad.name]


def test_a_late_gate_is_said_in_words_and_the_lead_is_named(house, as_person):
    row(house.product, next_gate="TR4", next_gate_on=today() - timedelta(days=12))

    response = as_person(house.chair).get(URL)

    assertContains(response, "late 12 d")
    assertContains(response, "Lena Lead")


def test_the_following_rows_come_alone(house, as_person):
    response = as_person(house.chair).get(URL, headers=HTMX)

    assertContains(response, reverse("ipd:product", args=[house.product.pk]))
    assertNotContains(response, "<html")
    assert "HX-Request" in response["Vary"]


def test_nobody_signed_in_sees_nothing(client, db):
    assert client.get(URL).status_code == 302
