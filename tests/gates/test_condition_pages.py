"""The list of conditions and a condition's page: what is shown, filtered and how cheaply."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import conditions
from ipd.kernel.days import today
from tests.factories import ConditionFactory

pytestmark = pytest.mark.django_db
LIST = "/conditions/"


def some(house, count=1, **fields):
    review = fields.pop("review", None) or house.review(
        stage="decided", ended_in="GO_COND", at=fields.pop("at", "PDCP")
    )
    return [
        ConditionFactory(
            review=review,
            number=number + 1,
            owner=house.core_member,
            verifier=house.pqa,
            **{"text": f"Condition {number} of many", **fields},
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    some(house, count)
    client = as_person(house.chair)
    client.get(LIST)

    with django_assert_max_num_queries(12) as queries:
        answer = client.get(LIST)

    assertContains(answer, "of many", count=count)
    assert len(queries) <= 8


@pytest.mark.parametrize("count", [1, 3])
def test_a_condition_s_page_costs_the_same_however_long_its_history(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    [condition] = some(house)
    for _ in range(count):
        conditions.note_event(condition, "reminded", by=house.chair)
    client = as_person(house.chair)
    client.get(condition.get_absolute_url())

    with django_assert_max_num_queries(12):
        answer = client.get(condition.get_absolute_url())

    assertContains(answer, "The owner was reminded", count=count)


def test_the_list_is_filtered(house, as_person):
    review = house.review(stage="decided", ended_in="GO_COND")
    late = {"due_on": today() - timedelta(days=3), "review": review}
    some(house, text="Late one", **late)
    ConditionFactory(review=review, text="Verified one", state="verified", settled_on=today())
    ConditionFactory(review=review, text="Somebody else's")
    client = as_person(house.core_member)

    assertContains(client.get(LIST), "1 overdue")
    assertNotContains(client.get(LIST), "Verified one")
    assertContains(client.get(LIST, {"state": "verified"}), "Verified one")
    assertNotContains(client.get(LIST, {"state": "overdue"}), "Somebody else")
    mine = client.get(LIST, {"whose": "mine"})
    assertContains(mine, "Late one")
    assertNotContains(mine, "Somebody else")
    assertContains(client.get(LIST, {"q": "else late"}), "No condition fits")
    assertContains(client.get(LIST, {"line": house.line.code}), "Late one")
    assert client.get(LIST, {"state": "nonsense", "line": "?", "after": "x"}).status_code == 200


def test_the_list_goes_on_where_the_page_ended(house, as_person):
    some(house, 52)
    client = as_person(house.chair)

    first = client.get(LIST)
    assertContains(first, "52 conditions")
    assertContains(first, "of many", count=50)
    rest = client.get(LIST, {"after": first.context["page"].after})

    assertContains(rest, "of many", count=2)
    assertContains(rest, "Back to the first rows")


def test_the_page_offers_what_is_possible_and_says_why_the_rest_is_not(house, as_person):
    [condition] = some(house)
    url = condition.get_absolute_url()

    owner = as_person(house.core_member).get(url)
    assertContains(owner, reverse("gates:condition-submission", args=[condition.pk]))
    assertNotContains(owner, reverse("gates:condition-verification", args=[condition.pk]))
    verifier = as_person(house.pqa).get(url)
    assertNotContains(verifier, reverse("gates:condition-verification", args=[condition.pk]))
    assertContains(verifier, "The owner has not submitted it.")
    chair = as_person(house.chair).get(url)
    assertContains(chair, reverse("gates:condition-extension", args=[condition.pk]))
    assertNotContains(as_person(house.outsider).get(url), '<form method="post" action="/cond')
