"""What the academy hears of rehearsals, and of the gates that learners lead."""

import re

import pytest
from django.urls import reverse

from gates.actions import room, votes
from gates.models.reviews import Stage
from gates.works import academy
from teams.queries.academy.waiting import waiting_for
from tests.factories.rehearsals import ExerciseFactory
from tests.gates.helpers import outcome
from tests.ipd.counting import CaptureQueriesContext, connection

pytestmark = pytest.mark.django_db


def votes_of(person, **params):
    return academy.rehearsal_votes(person, None, params).count()


def test_votes_on_decided_gates_of_the_chain_count_for_a_checklist(house):
    past = house.review(stage=Stage.DECIDED)
    row = ExerciseFactory(review=past, person=house.member)
    assert votes_of(house.member, gate_chain="DCP") == 0
    row.delete()

    ExerciseFactory(review=past, person=house.member, voted=True)

    assert votes_of(house.member, gate_chain="DCP") == 1
    assert votes_of(house.member) == 1
    assert votes_of(house.member, gate_chain="TR") == 0
    assert votes_of(house.chair, gate_chain="DCP") == 0


def told(person):
    return [wait.url for wait in waiting_for(person) if "rehearsals" in wait.url]


def test_a_vote_in_a_rehearsal_waits_until_it_is_cast(house, played, colleagues):
    chair, member = colleagues
    assert told(chair) == told(member) == [played.get_absolute_url()]
    assert told(house.lpdt) == told(house.chair) == []

    room.open_room(played, by=chair, seen_version=played.version)
    votes.cast(played, voter=member, by=member, round=1, outcome=outcome(played, "GO"))

    assert told(member) == []
    assert told(chair) == [played.get_absolute_url()]


def test_the_lead_reads_what_the_next_gate_lacks(house):
    source = house.review(criteria__state="partly")

    with CaptureQueriesContext(connection) as captured:
        [practice] = academy.gaps_of_next_gates(house.lpdt)

    assert len(captured) <= 2
    asked = source.criteria.exclude(weight="advisory").count()
    assert (practice.total, len(practice.gaps)) == (asked, min(asked, academy.FIRST))
    assert academy.gaps_of_next_gates(house.core_member) == []


def marked(response) -> list[str]:
    """The headings of the rail that the page is marked under."""
    return re.findall(r'<a href="([^"]+)" aria-current="page" data-key', response.content.decode())


@pytest.mark.parametrize("page", ["rehearsal", "review", "review-room", "review-vote"])
def test_pages_of_a_rehearsal_belong_to_the_academy(house, played, colleagues, as_person, page):
    chair, _member = colleagues
    room.open_room(played, by=chair, seen_version=played.version)

    response = as_person(chair).get(reverse(f"gates:{page}", args=[played.pk]))

    assert marked(response) == [reverse("teams:academy")]


def test_pages_of_a_real_gate_belong_to_the_calendar(house, source, as_person):
    response = as_person(house.chair).get(reverse("gates:review", args=[source.pk]))

    assert marked(response) == [reverse("gates:calendar")]
