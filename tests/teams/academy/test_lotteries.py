"""The lottery: drawn once, checked by anybody, moved up in its order."""

from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused
from ipd.kernel.models import LedgerEntry
from teams.actions.academy import enrolments, lotteries
from teams.calculations.academy.lotteries import draw, mark_of, shares
from teams.models import Enrolment, Lottery
from tests.factories import PersonFactory
from tests.factories.academy import CohortFactory, EnrolmentFactory
from tests.factories.academy_cohorts import short_path
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-22T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def cohort():
    """Two places, from 2027-02-01."""
    return CohortFactory(
        code="2027-A",
        path=short_path(),
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 8, 1),
        places=2,
    )


def wait(cohort, *people):
    return [
        EnrolmentFactory(
            person=person, path=cohort.path, cohort=None, state="waiting", started_on=None
        )
        for person in people
    ]


@pytest.fixture
def waiting(cohort):
    return wait(cohort, *(PersonFactory() for _one in range(5)))


def url(cohort):
    return reverse("teams:cohort-lottery", args=[cohort.code])


def test_the_order_follows_from_the_seed_alone():
    codes = [f"T{number:03}" for number in range(1, 9)]
    order = draw(dict.fromkeys(reversed(codes), ""), seed="norvane", places=3)
    assert [one.code for one in order] == sorted(codes, key=lambda c: mark_of("norvane", c))
    assert [one.drawn for one in order] == [True] * 3 + [False] * 5


def test_strata_share_the_places_by_how_many_wait():
    strata = {f"R{n}": "RD" for n in range(6)} | {f"S{n}": "SE" for n in range(2)}
    drawn = [one.stratum for one in draw(strata, seed="x", places=4) if one.drawn]
    assert sorted(drawn) == ["RD", "RD", "RD", "SE"]


def test_shares_are_whole_and_add_up():
    for places in range(1, 12):
        given = shares({"A": 7, "B": 2, "C": 1}, places)
        assert sum(given.values()) == min(places, 10)


def test_a_draw_gives_the_places_and_is_recorded(house, cohort, waiting, as_person):
    client = as_person(house.academy)
    assertContains(client.get(url(cohort)), "5 people wait")
    assert client.post(url(cohort), {"strata": ""}).status_code == 302
    lottery = Lottery.objects.get()
    drawn = [one["code"] for one in lottery.order if one["drawn"]]
    placed = Enrolment.objects.filter(cohort=cohort)
    assert sorted(placed.values_list("person__code", flat=True)) == sorted(drawn)
    assert set(placed.values_list("state", flat=True)) == {"waiting"}
    again = draw({row.person.code: "" for row in waiting}, seed=lottery.seed, places=lottery.places)
    assert [one.code for one in again] == [one["code"] for one in lottery.order]
    entry = LedgerEntry.objects.get(kind="lottery drawn")
    assert (entry.body["seed"], entry.body["order"]) == (lottery.seed, lottery.order)
    assertContains(client.get(url(cohort)), lottery.seed)


def test_it_is_drawn_once_and_never_changes(house, cohort, waiting, as_person):
    lottery = lotteries.draw(cohort, strata="function", by=house.academy)
    assert as_person(house.academy).post(url(cohort), {"strata": ""}).status_code == 409
    with pytest.raises(DatabaseError), transaction.atomic():
        Lottery.objects.filter(pk=lottery.pk).update(seed="mine")


def test_who_took_part_checks_it_by_number(house, cohort, waiting, as_person):
    wait(cohort, house.outsider)
    assert as_person(house.outsider).get(url(cohort)).status_code == 403
    lottery = lotteries.draw(cohort, strata="", by=house.academy)
    page = as_person(house.outsider).get(url(cohort))
    assertContains(page, lottery.seed)
    assertContains(page, waiting[0].person.code)
    assertNotContains(page, waiting[0].person.name)
    assertContains(as_person(house.academy).get(url(cohort)), waiting[0].person.name)
    assert as_person(house.lpdt).get(url(cohort)).status_code == 403
    assert as_person(house.outsider).post(url(cohort), {"strata": ""}).status_code == 403


def test_the_next_of_the_order_moves_up(house, cohort, waiting, as_person):
    lottery = lotteries.draw(cohort, strata="", by=house.academy)
    with pytest.raises(Refused, match="No place is free"):
        lotteries.move_up(cohort, by=house.academy)
    gone = Enrolment.objects.get(person__code=lottery.order[0]["code"])
    enrolments.withdraw(gone, by=gone.person, seen_version=gone.version)
    moving = reverse("teams:cohort-moving-up", args=[cohort.code])
    assert as_person(house.lpdt).post(moving).status_code == 403
    assert as_person(house.academy).post(moving).status_code == 302
    assert Enrolment.objects.get(person__code=lottery.order[2]["code"]).cohort == cohort


def test_free_places_are_offered_while_somebody_of_the_order_waits(house, cohort, as_person):
    first, second, third = wait(cohort, *(PersonFactory() for _one in range(3)))
    lottery = lotteries.draw(cohort, strata="", by=house.academy)
    client, offer = as_person(house.academy), "Give free places to the next"
    assertNotContains(client.get(url(cohort)), offer)
    by_code = {row.person.code: row for row in (first, second, third)}
    drawn, _second, last = (by_code[one["code"]] for one in lottery.order)
    enrolments.withdraw(drawn, by=drawn.person, seen_version=drawn.version + 1)
    page = client.get(url(cohort))
    assertContains(page, offer)
    assertContains(page, "gave it back")
    lotteries.move_up(cohort, by=house.academy)
    assertContains(client.get(url(cohort)), "moved up")
    last.refresh_from_db()
    enrolments.withdraw(last, by=last.person, seen_version=last.version)
    page = client.get(url(cohort))
    assertNotContains(page, offer)
    assertContains(page, "Nobody of the order waits any more")


@pytest.mark.parametrize("missing", ["places", "people", "lottery"])
def test_there_is_nothing_to_draw(house, cohort, missing):
    if missing == "lottery":
        with pytest.raises(Refused, match="first"):
            lotteries.move_up(cohort, by=house.academy)
        return
    if missing == "places":
        wait(cohort, PersonFactory())
        cohort.places = 0
        cohort.save()
    with pytest.raises(Refused, match="No place" if missing == "places" else "Nobody"):
        lotteries.draw(cohort, strata="", by=house.academy)


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_one_draws(cohort):
    wait(cohort, *(PersonFactory() for _one in range(4)))
    by = PersonFactory()
    done, refused = at_once(
        by_hands(lambda _number: lotteries.draw(cohort, strata="", by=by)), refusals=Refused
    )
    assert (len(done), len(refused)) == (1, 7)
    assert Enrolment.objects.filter(cohort=cohort).count() == 2
