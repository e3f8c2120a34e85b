"""A team rehearses its coming gate: set up by its lead, played in the room like the real one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from gates.actions import decisions, rehearsals
from gates.actions.rehearsals import Player
from gates.models import (
    Rehearsal,
)
from gates.models.rehearsals import Part
from gates.models.reviews import Stage
from gates.permissions import rights_of, voters_of
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import Notice
from tests.factories import EvidenceFactory, PersonFactory, WaiverFactory
from tests.factories.rehearsals import rehearsed
from tests.gates.helpers import outcome
from tests.gates.rehearsing import WHY, to_the_votes

pytestmark = pytest.mark.django_db


# Setting it up -----------------------------------------------------------------------------


def test_the_pack_is_copied_as_it_stands(house, source, colleagues):
    criterion = source.criteria.filter(weight="must").first()
    EvidenceFactory(criterion=criterion, title="Trace report", sha256="ab" * 32)
    signed = WaiverFactory(
        criterion=criterion,
        chair=house.chair,
        chair_signed_at=timezone.now(),
        function_head=house.member,
        function_signed_at=timezone.now(),
    )

    review = rehearsed(source, by=house.lpdt, chair=colleagues[0], member=colleagues[1])

    copy = review.criteria.get(code=criterion.code)
    assert review.criteria.count() == source.criteria.count()
    assert (copy.state, copy.comment) == (criterion.state, criterion.comment)
    assert copy.evidence.get().sha256 == "ab" * 32
    assert copy.waiver.reason == signed.reason
    assert (review.stage, review.is_rehearsal, review.attempt) == (Stage.LOCKED, True, 1)
    source.refresh_from_db()
    assert source.stage == Stage.PREPARING


def test_the_colleagues_vote_and_the_team_answers(house, played, colleagues):
    chair, member = colleagues

    assert [(v.person, v.is_chair) for v in voters_of(played)] == [(chair, True), (member, False)]
    assert rights_of(chair, played) == {"vote", "decide", "reveal", "run_room", "ask"}
    assert "present" in rights_of(house.lpdt, played)
    assert "answer" in rights_of(house.core_member, played)
    # The real board has no say in it.
    assert rights_of(house.chair, played) == frozenset({"see_money"}) & rights_of(
        house.chair, played
    )


def test_only_those_who_play_see_it(house, played, colleagues, as_person):
    criterion = played.criteria.first()
    addresses = [
        played.get_absolute_url(),
        *(
            reverse(f"gates:{name}", args=[played.pk])
            for name in ("review", "review-brief", "review-room", "review-live", "review-vote")
        ),
        reverse("gates:criterion", args=[criterion.pk]),
    ]
    for other in (house.administrator, house.academy, house.chair, house.secretary):
        client = as_person(other)
        assert {client.get(address).status_code for address in addresses} == {404}
    for address in addresses:
        page = as_person(colleagues[0]).get(address)
        if "live" not in address:
            assertContains(page, "it counts nowhere")


@pytest.mark.parametrize("stage", [Stage.FIRST_VOTE, Stage.REVEALED, Stage.DECIDED])
def test_only_a_coming_gate_is_rehearsed(house, stage):
    with pytest.raises(Refused):
        rehearsed(house.review(stage=stage), by=house.lpdt)


def test_a_rehearsal_is_not_rehearsed(house, played):
    with pytest.raises(Refused):
        rehearsed(played, by=house.lpdt)


def test_one_rehearsal_at_a_time(house, source, played):
    with pytest.raises(Refused, match="under way"):
        rehearsed(source, by=house.lpdt)


def test_the_team_does_not_play_the_board(house, source):
    with pytest.raises(Refused, match="belongs to the team"):
        rehearsed(source, by=house.lpdt, chair=house.core_member)


def test_who_may_not_see_the_product_is_not_asked(house):
    hidden = house.review(product=house.confidential_product)
    lead = hidden.product.team.seats.first().person

    with pytest.raises(Refused, match="may not see"):
        rehearsed(hidden, by=lead)


@pytest.mark.parametrize("parts", [[], [Part.CHAIR], [Part.MEMBER, Part.MEMBER], [Part.CHAIR] * 2])
def test_a_board_is_a_chair_and_another(house, source, parts):
    people = PersonFactory.create_batch(len(parts))
    players = [Player(one, one.function, part) for one, part in zip(people, parts, strict=True)]

    with pytest.raises(Refused, match="one chair"):
        rehearsals.make(source, players=players, by=house.lpdt)


def rows(*people, **more):
    data = {"players-TOTAL_FORMS": 6, "players-INITIAL_FORMS": 0}
    for number in range(6):
        data[f"players-{number}-part"] = "chair" if number == 0 else "member"
        data[f"players-{number}-person"] = people[number] if number < len(people) else ""
    return data | more


def test_the_lead_sets_it_up_by_names_and_addresses(house, source, colleagues, as_person):
    chair, member = colleagues
    address = reverse("gates:rehearsal-new", args=[source.pk])
    client = as_person(house.lpdt)
    assertContains(client.get(address), "Who plays the board")

    answer = client.post(address, rows(chair.name, member.email.upper()))

    made = Rehearsal.objects.get()
    assertRedirects(answer, made.get_absolute_url())
    assert made.review.rehearsal_seats.filter(part="presenter").get().person == house.lpdt
    assert Notice.objects.filter(person=chair, needs_action=True).count() == 1
    # A second look leads to the one that is under way.
    assertRedirects(client.get(address), made.get_absolute_url())


def test_nobody_by_that_number_is_said_beside_it(house, source, as_person):
    address = reverse("gates:rehearsal-new", args=[source.pk])

    page = as_person(house.lpdt).post(address, rows("nobody", "X99"))

    assertContains(page, "Nobody has this number, e-mail or name", count=2, status_code=422)
    page = as_person(house.lpdt).post(address, rows(house.core_member.code, house.outsider.code))
    assertContains(page, "belongs to the team", status_code=409)


@pytest.mark.parametrize("role", ["core_member", "chair", "secretary", "outsider"])
def test_only_who_presents_sets_it_up(house, source, as_person, role):
    client = as_person(getattr(house, role))
    address = reverse("gates:rehearsal-new", args=[source.pk])

    assert client.get(address).status_code == 403
    assert client.post(address, rows()).status_code == 403


# Playing it --------------------------------------------------------------------------------


def test_it_is_played_in_the_room_to_the_end(house, played, colleagues, as_person):
    chair, member = as_person(colleagues[0]), as_person(colleagues[1])
    place = reverse("gates:review-room", args=[played.pk])

    chair.post(reverse("gates:review-open", args=[played.pk]), {"version": played.version})
    for client, person in ((chair, colleagues[0]), (member, colleagues[1])):
        assertContains(client.get(place), "Your vote")
        vote = {"voter": person.pk, "round": 1, "outcome": outcome(played, "GO").pk}
        client.post(reverse("gates:review-vote", args=[played.pk]), vote)
    played.refresh_from_db()
    chair.post(reverse("gates:review-reveal", args=[played.pk]), {"version": played.version})
    assertContains(chair.get(place), "Say the outcome…")
    assertNotContains(chair.get(place), "End without a decision")
    played.refresh_from_db()
    address = reverse("gates:rehearsal-decision", args=[played.pk])
    assertRedirects(chair.get(reverse("gates:review-decide", args=[played.pk])), address)
    said = {"version": played.version, "outcome": "GO", "rationale": WHY}

    assertRedirects(chair.post(address, said), played.get_absolute_url())

    page = as_person(house.lpdt).get(played.get_absolute_url())
    assertContains(page, WHY)
    assertContains(page, "Go")
    played.refresh_from_db()
    assert (played.stage, played.outcome.code) == (Stage.DECIDED, "GO")
    assertContains(chair.get(place), "Over: open what it found")


def test_the_end_is_the_chair_s_once_votes_are_open(house, played, colleagues, as_person):
    chair, member = colleagues
    address = reverse("gates:rehearsal-decision", args=[played.pk])
    assert as_person(member).get(address).status_code == 403
    assert as_person(house.lpdt).get(address).status_code == 403

    said = {"version": played.version, "outcome": "GO", "rationale": WHY}
    page = as_person(chair).post(address, said)
    assertContains(page, "The meeting has not begun.", status_code=409)
    with pytest.raises(Stale):
        rehearsals.end(
            played, outcome=outcome(played, "GO"), rationale=WHY, by=chair, seen_version=0
        )


def test_a_red_must_bars_a_go_as_it_would(house, colleagues):
    source = house.review(criteria__state="not_met")
    review = rehearsed(source, by=house.lpdt, chair=colleagues[0], member=colleagues[1])
    review = to_the_votes(review, *colleagues)

    with pytest.raises(Refused, match="is a must"):
        rehearsals.end(
            review,
            outcome=outcome(review, "GO"),
            rationale=WHY,
            by=colleagues[0],
            seen_version=review.version,
        )


@pytest.mark.parametrize("act", ["decide", "defer"])
def test_real_acts_refuse_a_rehearsal(house, played, colleagues, act):
    review = to_the_votes(played, *colleagues)
    more = {"by": colleagues[0], "seen_version": review.version}

    given = {
        "decide": {"outcome": outcome(review, "GO"), "terms": None},
        "defer": {"why": "no_decision", "note": "", "moved_to": today() + timedelta(days=1)},
    }

    with pytest.raises(Refused):
        getattr(decisions, act)(review, **given[act], **more)


@pytest.mark.parametrize("name", ["review-lock", "review-move", "review-voters", "review-defer"])
def test_what_moves_a_real_gate_is_not_open(house, played, colleagues, as_person, name):
    for person in (house.lpdt, house.core_member, colleagues[1]):
        answer = as_person(person).post(
            reverse(f"gates:{name}", args=[played.pk]), {"act": "conflict", "version": 1}
        )
        assert answer.status_code in (403, 200)
    assert not played.conflicts.exists()


def test_it_may_end_without_an_outcome(house, played, colleagues, as_person):
    address = reverse("gates:rehearsal-end", args=[played.pk])
    assert as_person(colleagues[1]).post(address, {"version": 1}).status_code == 403

    as_person(house.lpdt).post(address, {"version": played.version})

    played.refresh_from_db()
    assert played.stage == Stage.WITHDRAWN
    with pytest.raises(Refused):
        rehearsals.stop(played, by=house.lpdt, seen_version=played.version)
