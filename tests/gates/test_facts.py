"""Facts of computed criteria: read together, moving until the room opens, telling who owns them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gates.actions import facts, reviews, room
from gates.models import CriterionFact, GateDefinition, Review
from gates.models.reviews import Stage
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES, Status
from tests.factories import ProductFactory
from tests.factories.facts import Gauge, bind, fact, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(house, gauge):
    review = house.review(criteria__state="met")
    criterion = bind(review, "PD-03", gauge)
    criterion.owner = house.core_member
    criterion.save()
    return criterion


@pytest.mark.parametrize(
    ("figure", "state"), [(95, "met"), (94, "partly"), (90, "partly"), (89, "not_met")]
)
def test_the_figure_makes_the_state(criterion, gauge, figure, state):
    gauge.set(criterion.review.product, figure)

    assert facts.refresh([criterion.review.product_id]) == 1

    assert state_of(criterion) == (state, figure)
    said = criterion.fact
    assert (said.numerator, said.denominator, said.n) == (figure, 100, 100)
    assert (said.as_of, said.status) == (today(), "measured")


def test_at_most_is_met_from_below(house, gauge):
    criterion = bind(house.review(), "PD-03", gauge, operator="<=", threshold=3, partly=5)
    seen = []
    for figure in (3, 4, 6):
        gauge.set(house.product, figure)
        facts.refresh([house.product.pk])
        seen.append(state_of(criterion)[0])

    assert seen == ["met", "partly", "not_met"]


def test_the_threshold_is_held_against_the_whole_figure_not_the_shown_one(criterion, gauge):
    gauge.set(criterion.review.product, 9499999, 10000000)

    facts.refresh([criterion.review.product_id])

    assert state_of(criterion)[0] == "partly"


def test_what_is_missing_is_no_data_and_says_why(criterion, gauge):
    gauge.set(
        criterion.review.product, 0, 0, status=Status.MISSING, detail="No requirement is baselined."
    )

    facts.refresh([criterion.review.product_id])

    assert state_of(criterion) == ("no_data", None)
    assert criterion.fact.detail == "No requirement is baselined."


def test_a_product_without_a_reading_has_no_data(criterion):
    facts.refresh([criterion.review.product_id])

    assert state_of(criterion) == ("no_data", None)
    assert criterion.is_assessed


def test_what_is_not_due_is_met(criterion, gauge):
    gauge.set(criterion.review.product, 0, 0, status=Status.NOT_DUE)

    facts.refresh([criterion.review.product_id])

    assert state_of(criterion) == ("met", None)


def test_readiness_follows(criterion, gauge):
    review = criterion.review
    gauge.set(review.product, 80)
    facts.refresh([review.product_id])
    review.refresh_from_db()
    before = review.readiness_percent

    gauge.set(review.product, 99)
    facts.refresh([review.product_id])

    review.refresh_from_db()
    # A must of twelve musts and four shoulds weighs 2 of 28.
    assert (before, review.readiness_percent) == (93, 100)


def test_an_unchanged_fact_is_only_read_again(criterion, gauge):
    gauge.set(criterion.review.product, 97)
    facts.refresh([criterion.review.product_id])
    CriterionFact.objects.update(read_at=timezone.now() - timedelta(days=2))
    review = Review.objects.get(pk=criterion.review_id)

    assert facts.refresh([criterion.review.product_id]) == 0

    after = Review.objects.get(pk=criterion.review_id)
    assert after.pulse == review.pulse
    assert CriterionFact.objects.get().read_at.date() == timezone.now().date()


def test_a_changed_figure_moves_the_live_pages(criterion, gauge):
    gauge.set(criterion.review.product, 97)
    facts.refresh([criterion.review.product_id])
    before = Review.objects.get(pk=criterion.review_id)
    gauge.set(criterion.review.product, 98)

    facts.refresh([criterion.review.product_id])

    after = Review.objects.get(pk=criterion.review_id)
    assert (after.pulse, after.version) == (before.pulse + 1, before.version)


def test_a_state_that_moves_in_a_locked_pack_makes_its_pages_stale(house, gauge):
    review = house.review(stage=Stage.LOCKED)
    bind(review, "PD-03", gauge)
    gauge.set(house.product, 97)

    facts.refresh([house.product.pk])

    after = Review.objects.get(pk=review.pk)
    assert after.version == review.version + 1
    with pytest.raises(reviews.Stale):
        room.open_room(after, by=house.secretary, seen_version=review.version)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_products_costs_the_same(house, gauge, django_assert_num_queries, count):
    products = [house.product, *ProductFactory.create_batch(count - 1, line=house.line)]
    for product in products:
        bind(house.review(product=product), "PD-03", gauge)
        gauge.set(product, 96)
    ids = [product.pk for product in products]

    with django_assert_num_queries(12):
        facts.refresh(ids)

    assert gauge.asked == [set(ids)]
    assert CriterionFact.objects.filter(state="met").count() == count


def test_a_measure_that_fails_leaves_its_facts_and_the_others_go_on(criterion, gauge, caplog):
    other = bind(criterion.review, "PD-08", broken := Gauge("broken"))
    gauge.set(criterion.review.product, 97)
    broken.set(criterion.review.product, 97)
    facts.refresh([criterion.review.product_id])

    def fail(*_arguments):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    MEASURES["broken"] = type(broken.measure)("broken", "", "%", True, fail)
    gauge.set(criterion.review.product, 50)
    facts.refresh([criterion.review.product_id])

    assert state_of(criterion) == ("not_met", 50)
    assert state_of(other) == ("met", 97)
    assert "broken could not be read" in caplog.text


def test_a_measure_nobody_knows_any_more_is_no_data(criterion, gauge):
    fact(criterion)
    del MEASURES["gauge"]

    facts.refresh([criterion.review.product_id])

    assert state_of(criterion) == ("no_data", None)


# When facts stand still --------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.FIRST_VOTE, Stage.REVEALED, Stage.SECOND_VOTE])
def test_once_the_room_is_open_the_facts_stand_still(house, gauge, stage):
    criterion = bind(house.review(stage=stage), "PD-03", gauge)
    fact(criterion, figure=97)
    gauge.set(house.product, 50)

    facts.refresh([house.product.pk])

    assert state_of(criterion) == ("met", 97)


def test_off_line_they_stand_still_from_the_lock(house, gauge):
    criterion = bind(house.review(stage=Stage.LOCKED, is_circular=True), "PD-03", gauge)
    fact(criterion, figure=97)
    gauge.set(house.product, 50)

    facts.refresh([house.product.pk])

    assert state_of(criterion) == ("met", 97)


def test_locking_and_opening_read_once_more(house, gauge):
    review = house.review()
    criterion = bind(review, "PD-03", gauge)
    gauge.set(house.product, 91)
    review = reviews.lock_pack(review, by=house.secretary, seen_version=review.version)
    assert state_of(criterion) == ("partly", 91)

    gauge.set(house.product, 96)
    room.open_room(review, by=house.secretary, seen_version=review.version)
    gauge.set(house.product, 20)
    facts.refresh([house.product.pk])

    assert state_of(criterion) == ("met", 96)


def test_booking_copies_the_binding_and_reads(house):
    gate = GateDefinition.objects.get(chain__process=house.product.process, code="CDCP")
    review = reviews.book(
        house.product, gate, planned_on=add_working_days(today(), 20), by=house.secretary
    )

    criterion = review.criteria.get(code="CD-12")
    assert (criterion.measure, criterion.operator, criterion.threshold) == (
        "role_coverage",
        ">=",
        90,
    )
    # Three seats of the core team are filled, none of them with a deputy.
    assert (criterion.fact.numerator, criterion.fact.denominator) == (0, 3)
    assert (criterion.state, review.readiness_percent) == ("not_met", 0)


def test_the_database_keeps_the_facts_of_a_decided_review(house, gauge):
    review = house.review()
    said = fact(bind(review, "PD-03", gauge))
    decided = house.review(at="CDCP", stage=Stage.DECIDED, decision=False)
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.DECIDED,
        outcome=decided.outcome,
        held_on=today(),
        decided_at=timezone.now(),
    )

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        CriterionFact.objects.filter(pk=said.pk).update(n=1)
