"""A team rehearses its coming gate: played like the real one, and counted nowhere."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from gates import periodic
from gates.actions import decisions, effects, rehearsals, reviews, room, votes
from gates.actions.rehearsals import Player
from gates.models import (
    Condition,
    Decision,
    Deferral,
    HeldReview,
    Outcome,
    Rehearsal,
    RehearsalGap,
    Review,
    ReviewCriterion,
)
from gates.models.rehearsals import Part
from gates.models.reviews import Stage
from gates.permissions import rights_of, voters_of
from gates.queries.outcomes import outcomes_of
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.kernel.tables.company import Company
from ipd.kernel.tables.register import tables
from ipd.models import BudgetMovement, Product
from tests.factories import DecisionFactory, EvidenceFactory, PersonFactory, WaiverFactory
from tests.factories.rehearsals import rehearsed
from tests.gates.helpers import outcome
from tests.ipd.counting import grown
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
WHY = "The board would ask for the second source before it goes on."


@pytest.fixture
def source(house):
    return house.review()


@pytest.fixture
def colleagues(house):
    """The chair and the member of the rehearsal's board; of other houses, as it were."""
    return PersonFactory(name="Cora Colleague"), house.outsider


@pytest.fixture
def played(house, source, colleagues):
    chair, member = colleagues
    return rehearsed(source, by=house.lpdt, chair=chair, member=member)


def to_the_votes(review, chair, member, code="GO", score=None):
    """Opened, voted on by both, and revealed."""
    review = room.open_room(review, by=chair, seen_version=review.version)
    scores = {review.criteria.first().pk: score} if score is not None else {}
    for person in (chair, member):
        votes.cast(
            review, voter=person, by=person, round=1, outcome=outcome(review, code), scores=scores
        )
    room.enter(review, chair)
    review.refresh_from_db()
    return votes.reveal(review, by=chair, seen_version=review.version)


def to_the_end(review, chair, member, code="GO", score=None):
    review = to_the_votes(review, chair, member, code, score)
    return rehearsals.end(
        review,
        outcome=outcome(review, code),
        rationale=WHY,
        by=chair,
        seen_version=review.version,
    )


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


def test_the_lead_sets_it_up_by_numbers_and_addresses(house, source, colleagues, as_person):
    chair, member = colleagues
    address = reverse("gates:rehearsal-new", args=[source.pk])
    client = as_person(house.lpdt)
    assertContains(client.get(address), "Who plays the board")

    answer = client.post(address, rows(chair.code, member.email.upper()))

    made = Rehearsal.objects.get()
    assertRedirects(answer, made.get_absolute_url())
    assert made.review.rehearsal_seats.filter(part="presenter").get().person == house.lpdt
    assert Notice.objects.filter(person=chair, needs_action=True).count() == 1
    # A second look leads to the one that is under way.
    assertRedirects(client.get(address), made.get_absolute_url())


def test_nobody_by_that_number_is_said_beside_it(house, source, as_person):
    address = reverse("gates:rehearsal-new", args=[source.pk])

    page = as_person(house.lpdt).post(address, rows("nobody", "X99"))

    assertContains(page, "Nobody has this address or number.", count=2, status_code=422)
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


# What it finds -----------------------------------------------------------------------------


def test_what_the_pack_lacks_and_the_board_doubts_becomes_gaps(house, source, colleagues):
    chair, member = colleagues
    doubted, lacking = source.criteria.filter(weight="must")[:2]
    ReviewCriterion.objects.filter(pk=lacking.pk).update(state="partly", comment="No licence yet")
    review = rehearsed(source, by=house.lpdt, chair=chair, member=member)

    assert review.criteria.first().code == doubted.code
    to_the_end(review, chair, member, score=3)

    texts = {gap.criterion.code: gap.text for gap in RehearsalGap.objects.filter(review=review)}
    assert "partly" in texts[lacking.code]
    assert "scored it 3–3, mean 3.0" in texts[doubted.code]


def test_gaps_are_noted_and_settled_in_the_real_preparation(
    house, source, played, colleagues, as_person
):
    criterion = played.criteria.first()
    as_person(colleagues[1]).post(
        reverse("gates:rehearsal-gap", args=[played.pk]),
        {"text": "GAP-SENTINEL", "criterion": criterion.pk},
    )
    gap = RehearsalGap.objects.get()
    assert (gap.found_by, gap.criterion) == (colleagues[1], criterion)
    client = as_person(house.lpdt)
    assertContains(client.get(source.get_absolute_url()), "GAP-SENTINEL")
    for other in (house.chair, house.secretary, house.administrator):
        assertNotContains(as_person(other).get(source.get_absolute_url()), "GAP-SENTINEL")

    settle = reverse("gates:rehearsal-gap-settlement", args=[gap.pk])
    assert as_person(colleagues[1]).post(settle).status_code == 403
    assert as_person(house.chair).post(settle).status_code == 404
    assertRedirects(client.post(settle, {"from": "source"}), source.get_absolute_url())

    assertNotContains(client.get(source.get_absolute_url()), "GAP-SENTINEL")
    with pytest.raises(Refused):
        rehearsals.settle_gap(gap, by=house.lpdt)


def test_a_gap_says_something_about_this_pack(house, source, played, as_person):
    address = reverse("gates:rehearsal-gap", args=[played.pk])
    client = as_person(house.lpdt)

    assert client.post(address, {"text": ""}).status_code == 422
    foreign = {"text": "x", "criterion": source.criteria.first().pk}
    assert client.post(address, foreign).status_code == 422
    with pytest.raises(Refused):
        rehearsals.note_gap(played, text="x", criterion=source.criteria.first(), by=house.lpdt)


# Counted nowhere ---------------------------------------------------------------------------


def readings(house):
    """What every measure says of the product, over a year."""
    last = today()
    return {
        key: str(one.compute([house.product.pk], last - timedelta(days=365), last))
        for key, one in MEASURES.items()
    }


def exports():
    """Every row of every table that has an export."""
    company = Company()
    return {name: str(sorted(map(str, company.stored(name).items()))) for name in tables()}


PAGES = [
    *("/", "/calendar/", "/decisions/", "/conditions/", "/gates/health/", "/gates/health/cost/"),
    *("/gates/health/criteria/", "/search/?q=PDCP", "/portfolio/"),
]
MOVING = re.compile(r'csrf\S+ value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}|nonce="[^"]+"')


def pages(house, as_person):
    drawn = {}
    addresses = [
        *PAGES,
        house.product.get_absolute_url(),
        house.product.team.get_absolute_url(),
        house.board.get_absolute_url(),
    ]
    for role in ("secretary", "chair", "administrator"):
        client = as_person(getattr(house, role))
        for address in addresses:
            page = client.get(address)
            text = page.content.decode() if page.status_code == 200 else str(page.status_code)
            drawn[role, address] = MOVING.sub("", text)
    return drawn


def test_measures_exports_and_pages_are_as_before(house, source, colleagues, as_person):
    house.review(at="CDCP", stage=Stage.DECIDED)
    before = readings(house), exports(), pages(house, as_person)

    running = rehearsed(source, by=house.lpdt, chair=colleagues[0], member=colleagues[1])
    assert (readings(house), exports(), pages(house, as_person)) == before
    to_the_end(running, *colleagues)

    after = readings(house), exports(), pages(house, as_person)
    for was, now in zip(before, after, strict=True):
        assert {key for key in was if was[key] != now[key]} == set()


def test_nothing_follows_from_its_outcome(house, source, played, colleagues):
    product, sent = Product.objects.get(pk=house.product.pk), OutboxMessage.objects.count()

    to_the_end(played, *colleagues)

    fresh = Product.objects.get(pk=product.pk)
    assert (fresh.phase_id, fresh.status) == (product.phase_id, product.status)
    for model in (Decision, Condition, Deferral, HeldReview, BudgetMovement):
        assert not model.objects.exists(), model
    assert Review.objects.real().count() == 1
    entry = LedgerEntry.objects.get(kind="rehearsal")
    assert set(entry.body) == {"frozen"}
    assert OutboxMessage.objects.count() == sent
    # The real gate goes its own way.
    assert not Review.objects.real().exclude(pk=source.pk).exists()


def test_the_clock_passes_it_by(house, played):
    Review.objects.filter(pk=played.pk).update(planned_on=today() - timedelta(days=40))
    told = Notice.objects.count()

    periodic.chase_reviews()
    periodic.read_all_facts()
    periodic.chase_conditions()

    assert (
        not Notice.objects.filter(link__contains=f"/{played.pk}/")
        .exclude(dedupe_key__startswith="rehearsal:")
        .exists()
    )
    assert told <= Notice.objects.count()
    played.refresh_from_db()
    assert played.pulse < 4


def test_the_real_gate_is_booked_and_numbered_without_it(house, source, played):
    again = effects.request_unplanned(house.product, reason="Prices fell", by=house.chair)
    assert again is not None
    Review.objects.filter(pk=source.pk).update(stage=Stage.WITHDRAWN)

    booked = reviews.book(
        house.product, source.gate, planned_on=today() + timedelta(days=9), by=house.secretary
    )

    assert (booked.attempt, booked.is_rehearsal) == (2, False)


@pytest.mark.parametrize("model", [DecisionFactory])
def test_the_database_refuses_a_decision_of_a_rehearsal(house, played, colleagues, model):
    over = to_the_end(played, *colleagues)

    with pytest.raises(IntegrityError, match="leaves nothing"), transaction.atomic():
        model(review=over, outcome=Outcome.objects.first(), decided_at=timezone.now())
    with pytest.raises(IntegrityError, match="leaves nothing"), transaction.atomic():
        HeldReview.objects.create(
            review=over, line=house.line, gate="PDCP", kind="decision", held_on=today()
        )


# How it holds ------------------------------------------------------------------------------


def test_the_page_costs_the_same_with_every_gap(house, played, as_person):
    def gap(number):
        criterion = played.criteria.all()[number]
        rehearsals.note_gap(played, text=f"Gap {number}", criterion=criterion, by=house.lpdt)

    assert grown(as_person(house.lpdt), played.get_absolute_url(), gap) <= 12


def test_the_real_gate_s_page_costs_the_same_with_every_gap(house, source, played, as_person):
    def gap(number):
        rehearsals.note_gap(played, text=f"Gap {number}", criterion=None, by=house.lpdt)

    assert grown(as_person(house.lpdt), source.get_absolute_url(), gap) <= 12


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_of_a_rehearsal_costs_a_page(
    house, colleagues, source, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    for criterion in source.criteria.all()[:count]:
        EvidenceFactory(criterion=criterion)
    review = rehearsed(source, by=house.lpdt, chair=colleagues[0], member=colleagues[1])
    room.open_room(review, by=colleagues[0], seen_version=review.version)
    outcomes_of(review.gate.chain)  # another room of the chain was open of late
    client = as_person(colleagues[0])

    with django_assert_max_num_queries(12):
        client.get(reverse("gates:review-room", args=[review.pk]))
    with django_assert_max_num_queries(3):
        client.get(reverse("gates:review-live", args=[review.pk]))


@pytest.mark.django_db(transaction=True)
def test_it_is_set_up_once_by_many_hands(house):
    source = house.review()
    people = PersonFactory.create_batch(2)

    def make(_number):
        return rehearsed(source, by=house.lpdt, chair=people[0], member=people[1])

    done, refused = at_once(by_hands(make), refusals=Refused)

    assert (len(done), len(refused)) == (1, 7)


@pytest.mark.django_db(transaction=True)
def test_it_ends_once_by_many_hands(house):
    people = PersonFactory.create_batch(2)
    review = rehearsed(house.review(), by=house.lpdt, chair=people[0], member=people[1])
    review = to_the_votes(review, *people)

    def end(_number):
        return rehearsals.end(
            review,
            outcome=outcome(review, "GO"),
            rationale=WHY,
            by=people[0],
            seen_version=review.version,
        )

    done, _refused = at_once(by_hands(end), refusals=Refused)

    assert len(done) == 1
    assert LedgerEntry.objects.filter(kind="rehearsal").count() == 1
