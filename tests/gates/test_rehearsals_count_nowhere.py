"""A rehearsal counts nowhere: what it leaves are gaps for the real preparation, and no more."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from gates import periodic
from gates.actions import effects, rehearsals, reviews, room
from gates.models import (
    Condition,
    Decision,
    Deferral,
    HeldReview,
    Outcome,
    RehearsalGap,
    Review,
    ReviewCriterion,
)
from gates.models.reviews import Stage
from gates.queries.outcomes import outcomes_of
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.kernel.tables.company import Company
from ipd.kernel.tables.register import tables
from ipd.models import BudgetMovement, Product
from tests.factories import DecisionFactory, EvidenceFactory, PersonFactory
from tests.factories.rehearsals import rehearsed
from tests.gates.helpers import outcome
from tests.gates.rehearsing import WHY, to_the_end, to_the_votes
from tests.ipd.counting import grown
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db


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
    assert "scored it 3" in texts[doubted.code]


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
    """Every row of every table, but of the one that rehearsals themselves come in by."""
    company, others = Company(), set(tables()) - {"rehearsals"}
    return {name: str(sorted(map(str, company.stored(name).items()))) for name in others}


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
