"""Many requirements changed at once and taken back: done, refused, forbidden, hidden, raced."""

from functools import partial

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import requirement_bulk, requirements
from ipd.kernel.access import Refused
from ipd.models import Requirement
from ipd.views import ways_back
from tests.factories.requirements import RequirementFactory
from tests.races import HANDS, at_once, by_hands

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(house):
    """Three initial requirements of one release and one owner."""
    given = {"product": house.product, "level": "IR", "release": "R1", "owner": house.lpdt}
    return [RequirementFactory(**given) for _ in range(3)]


def at(name, product):
    return reverse(f"ipd:{name}", args=[product.pk])


def give(client, product, rows, **values):
    """What the list shows after its many-row form was sent."""
    data = {"chosen": [row.pk for row in rows], **values}
    return client.post(at("requirement-many", product), data, follow=True)


def number(response):
    return response.context["way_back"]["number"]


def take_back(client, product, number):
    return client.post(at("requirement-many-undo", product), {"number": number}, follow=True)


def stand(rows):
    """Release, owner and target of each, as the database has them."""
    found = Requirement.objects.in_bulk([row.pk for row in rows])
    return [(found[r.pk].release, found[r.pk].owner_id, found[r.pk].target) for r in rows]


def test_a_change_of_many_is_taken_back(house, as_person, rows):
    client, before = as_person(house.lpdt), stand(rows)
    shown = give(
        client,
        house.product,
        rows,
        release="R9",
        owner=house.core_member.pk,
        target="roadmap",
    )
    assertContains(shown, "3 of 3 changed.")
    assert stand(rows) == [("R9", house.core_member.pk, "roadmap")] * 3

    answer = take_back(client, house.product, number(shown))

    assertContains(answer, "3 of 3 are as they were.")
    assert stand(rows) == before
    assert rows[0].steps.count() == 2  # the history keeps both
    assertNotContains(answer, "many/undo/")


def test_rows_that_somebody_changed_since_stay_and_are_named(house, as_person, rows):
    client = as_person(house.lpdt)
    shown = give(client, house.product, rows, release="R9")
    requirements.edit(rows[1], by=house.core_member, seen_version=2, title="Other words")

    answer = take_back(client, house.product, number(shown))

    assertContains(answer, "2 of 3 are as they were.")
    assertContains(answer, f"{rows[1].code}: Somebody changed it since.")
    assert [release for release, _owner, _target in stand(rows)] == ["R1", "R9", "R1"]


def test_what_the_rules_forbid_by_now_stays_too(house, rows):
    Requirement.objects.filter(pk=rows[0].pk).update(owner=None)
    rows[0].refresh_from_db()
    done = requirement_bulk.edit(rows, by=house.lpdt, owner=house.core_member)
    Requirement.objects.filter(pk=rows[0].pk).update(status="committed", committed_release="R1")

    undone = requirement_bulk.undo(done.was, by=house.lpdt)

    assert undone.changed == 2
    assert list(undone.kept.values()) == [[rows[0].code]]
    rows[0].refresh_from_db()
    assert rows[0].owner == house.core_member


def test_it_is_taken_back_once_and_only_the_newest(house, as_person, rows):
    client = as_person(house.lpdt)
    older = number(give(client, house.product, rows, release="R8"))
    newer = number(give(client, house.product, rows[:1], release="R9"))

    assert take_back(client, house.product, older).status_code == 409
    assert take_back(client, house.product, "nonsense").status_code == 409
    assert take_back(client, house.product, newer).status_code == 200
    assert take_back(client, house.product, newer).status_code == 409
    assert [release for release, _owner, _target in stand(rows)] == ["R8", "R8", "R8"]


def test_it_is_offered_to_its_own_author_in_its_product_for_half_an_hour(
    house, as_person, rows, monkeypatch
):
    client = as_person(house.lpdt)
    shown = give(client, house.product, rows, release="R9")
    assertContains(shown, "many/undo/")
    assertNotContains(
        as_person(house.core_member).get(at("requirements", house.product)), "many/undo/"
    )
    monkeypatch.setattr(ways_back, "LASTS", -1)
    give(client, house.product, rows, release="R9")
    assertNotContains(client.get(at("requirements", house.product)), "many/undo/")
    kept = client.session[ways_back.KEY]["number"]
    assert take_back(client, house.product, kept).status_code == 409


def test_who_may_not_edit_takes_nothing_back(house, as_person, confidential_product):
    assert (
        as_person(house.chair).post(at("requirement-many-undo", house.product)).status_code == 403
    )
    hidden = as_person(house.lpdt).post(at("requirement-many-undo", confidential_product))
    assert hidden.status_code == 404


def test_numbers_that_are_none_choose_nothing(house, as_person, rows):
    data = {"chosen": ["9" * 40, "x", "-1", ""], "release": "R9"}
    answer = as_person(house.lpdt).post(at("requirement-many", house.product), data, follow=True)
    assertContains(answer, "Choose requirements")
    assert [release for release, _owner, _target in stand(rows)] == ["R1"] * 3


@pytest.mark.django_db(transaction=True)
def test_hands_that_take_it_back_together_do_it_once(house, rows):
    done = requirement_bulk.edit(rows, by=house.lpdt, release="R9")

    undone, _none = at_once(
        by_hands(lambda _n: requirement_bulk.undo(done.was, by=house.lpdt)), refusals=Refused
    )

    assert sorted(one.changed for one in undone) == [0] * (HANDS - 1) + [3]
    assert all(version == 3 for version in Requirement.objects.values_list("version", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_the_way_back_at_once_lose_nothing(house, rows):
    done = requirement_bulk.edit(rows, by=house.lpdt, release="R9")
    edit = partial(
        requirements.edit, rows[1], by=house.core_member, seen_version=2, title="Other words"
    )
    back = partial(requirement_bulk.undo, done.was, by=house.lpdt)

    at_once([edit, back], refusals=Refused)

    rows[1].refresh_from_db()
    assert (rows[1].title, rows[1].release) in {
        ("Other words", "R9"),  # the edit was first: the row stays
        (f"Requirement {rows[1].code}", "R1"),  # the way back was first: the edit is stale
    }
