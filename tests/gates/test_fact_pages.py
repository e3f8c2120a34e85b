"""Facts on pages: figure, share, target, age, source, what is missing; money with the grant."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import facts, room, votes
from gates.models import Decision, Review
from gates.models.reviews import Stage
from ipd.kernel.days import today
from ipd.kernel.measures import Unit
from tests.factories.facts import Gauge, bind, fact
from tests.gates.helpers import all_vote, decide, everybody_enters

pytestmark = pytest.mark.django_db
AMOUNT = Decimal("3284000")


@pytest.fixture
def npv(measures_put_back):
    return Gauge("npv", Unit.MONEY)


def pages_of(review, criterion):
    yield review.get_absolute_url()
    yield reverse("gates:review-brief", args=[review.pk])
    yield criterion.get_absolute_url()
    yield reverse("gates:review-room", args=[review.pk])


def test_every_page_says_what_the_figure_is_made_of(house, gauge, as_person):
    review = house.review(stage=Stage.FIRST_VOTE)
    criterion = bind(review, "PD-03", gauge)
    fact(
        criterion,
        "partly",
        Decimal("93.089"),
        numerator=229,
        denominator=246,
        n=246,
        as_of=today() - timedelta(days=3),
    )
    client = as_person(house.chair)

    for url in pages_of(review, criterion):
        response = client.get(url)
        assertContains(response, "93.1 %")
        assertContains(response, "229 of 246")
        assertContains(response, "≥ 95 %")
        assertContains(response, "3 d")
        assertContains(response, f'href="{house.product.get_absolute_url()}">Gauge reading')


def test_without_data_the_page_says_what_is_missing(house, gauge, as_person):
    review = house.review()
    criterion = bind(review, "PD-03", gauge)
    missing = "17 management-plane requirements have no design owner."
    fact(criterion, "no_data", None, numerator=0, status="missing", detail=missing)
    client = as_person(house.lpdt)

    for url in (review.get_absolute_url(), criterion.get_absolute_url()):
        assertContains(client.get(url), missing)


def test_what_was_not_read_yet_says_so(house, gauge, as_person):
    review = house.review()
    bind(review, "PD-03", gauge)

    assertContains(as_person(house.lpdt).get(review.get_absolute_url()), "It is being read.")


def test_money_needs_the_grant_on_every_page(house, npv, as_person):
    review = house.review(stage=Stage.FIRST_VOTE)
    criterion = bind(review, "PD-11", npv, threshold=0, partly=None)
    secret = "Revenue 12,345,678 in the third year"
    fact(criterion, "not_met", AMOUNT, denominator=1, n=1, detail=secret)

    for url in pages_of(review, criterion):
        response = as_person(house.core_member).get(url)
        assertContains(response, "restricted")
        for amount in ("3,284,000", "3284000", "12,345,678"):
            assertNotContains(response, amount)
        assertContains(as_person(house.chair).get(url), "3,284,000 EUR")


def test_a_ratio_of_money_does_not_tell_its_sums(house, measures_put_back, as_person):
    cpi = Gauge("ratio", Unit.RATIO)
    review = house.review()
    criterion = bind(review, "PD-12", cpi, threshold=1, partly=None)
    fact(criterion, "not_met", Decimal("0.868"), numerator=4600000, denominator=5300000, n=7)
    url = criterion.get_absolute_url()

    response = as_person(house.core_member).get(url)

    assertContains(response, "0.87")
    assertContains(response, "from 7 values")
    assertNotContains(response, "4,600,000")
    assertContains(as_person(house.chair).get(url), "4,600,000 of 5,300,000")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["", "brief"])
@pytest.mark.parametrize("who", ["lpdt", "secretary"])
def test_facts_cost_no_query_of_their_own(
    house, gauge, as_person, no_lazy_fetch, django_assert_max_num_queries, count, name, who
):
    review = house.review()
    for code in ("PD-03", "PD-08", "PD-13")[:count]:
        fact(bind(review, code, gauge), "not_met", 12)
    url = review.get_absolute_url() + (f"{name}/" if name else "")
    client = as_person(getattr(house, who))

    with django_assert_max_num_queries(12):
        assertContains(client.get(url), "12.0 %", count=count)


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_the_same_with_facts(
    house, gauge, as_person, django_assert_max_num_queries, count
):
    review = house.review(stage=Stage.FIRST_VOTE)
    for code in ("PD-03", "PD-08", "PD-13")[:count]:
        fact(bind(review, code, gauge), "not_met", 12)
    url = reverse("gates:review-room", args=[review.pk])
    everybody_enters(review, house)
    client = as_person(house.member)
    client.get(url)

    with django_assert_max_num_queries(6):
        assertContains(client.get(url), "12.0 %", count=count)


# Frozen, and what changed since ------------------------------------------------------------


def voted(review, house):
    """Held up to the open votes, everybody there and in favour."""
    review.refresh_from_db()
    review = room.open_room(review, by=house.secretary, seen_version=review.version)
    everybody_enters(review, house)
    all_vote(review, house, "GO")
    return votes.reveal(review, by=house.chair, seen_version=review.version)


def test_a_decision_freezes_its_facts(house, gauge, as_person):
    review = house.review(stage=Stage.LOCKED)
    bind(review, "PD-03", gauge)
    gauge.set(house.product, 229, 246)
    facts.refresh([house.product.pk])
    decision = decide(voted(review, house), house, "GO")
    gauge.set(house.product, 1)
    facts.refresh([house.product.pk])

    kept = Decision.objects.get().frozen
    said = kept["measures"]["gauge"]
    assert (said["numerator"], said["denominator"], said["figure"]) == ("229", "246", "93.089431")
    assert (said["state"], said["threshold"]) == ("partly", "95")
    one = next(row for row in kept["criteria"] if row["code"] == "PD-03")
    assert one["fact"] == said
    assert set(kept["basis"]) == {"plan", "baseline", "contract", "budget"}
    response = as_person(house.lpdt).get(decision.get_absolute_url() + "?proof=1")
    assertContains(response, "93.1 %")
    assertContains(response, "The record is as it was signed.")


def test_the_next_gate_says_what_the_last_one_saw(house, gauge, as_person):
    earlier = house.review(at="CDCP", stage=Stage.LOCKED)
    bind(earlier, "CD-12", gauge)
    gauge.set(house.product, 90)
    facts.refresh([house.product.pk])
    decide(voted(earlier, house), house, "GO")

    review = Review.objects.get(product=house.product, gate__code="PDCP")
    bind(review, "PD-03", gauge)
    gauge.set(house.product, 954, 1000)
    facts.refresh([house.product.pk])

    for url in (review.get_absolute_url(), review.criteria.get(code="PD-03").get_absolute_url()):
        response = as_person(house.lpdt).get(url)
        assertContains(response, "95.4 %")
        assertContains(response, "90.0 % at CDCP")
