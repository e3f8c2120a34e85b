"""A meeting that is booked, moved, deferred or held takes its milestone in the plan with it."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from gates.actions import decisions, reviews
from gates.queries import gate_days
from ipd.actions import activities, plans
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import Touch
from tests.factories import ReviewFactory
from tests.factories.plans import ActivityFactory, CalendarFactory, LinkFactory, PlanFactory
from tests.gates.helpers import outcome, revealed, terms
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(product):
    return PlanFactory(product=product)


@pytest.fixture
def milestone(plan):
    """The gate of the house's reviews, with a day of work after it."""
    row = ActivityFactory(plan=plan, kind="gate", gate="PDCP", minutes=0, order=1)
    LinkFactory(
        predecessor=row, successor=ActivityFactory(plan=plan, code="AFTER", days=1, order=2)
    )
    plans.reschedule(plan)
    Touch.objects.all().delete()
    return row


def stands_on(row):
    row.refresh_from_db()
    return row.start_on


def move(review, day, *, by):
    moved = {"planned_on": day, "reason": "The board meets later."}
    return reviews.move(review, by=by, seen_version=review.version, **moved)


def test_a_moved_meeting_moves_its_milestone_and_what_follows_at_once(house, plan, milestone):
    review = house.review()
    day = add_working_days(today(), 40)

    move(review, day, by=house.secretary)

    assert stands_on(milestone) == day
    assert stands_on(plan.activities.get(code="AFTER")) == day
    plan.refresh_from_db()
    assert plan.version == 2
    assert plan.finishes_at.date() == day
    assert plan.edits.count() == 0  # nobody edited it: there is nothing to undo
    assert set(Touch.objects.values_list("product_id", flat=True)) == {house.product.pk}


def test_a_booked_meeting_is_in_the_plan_at_once(house, milestone):
    day = add_working_days(today(), 25)
    gate = house.review(stage="withdrawn").gate

    reviews.book(house.product, gate, planned_on=day, by=house.secretary)

    assert stands_on(milestone) == day


def test_a_deferred_meeting_moves_it_too(house, milestone):
    review, day = house.review(stage="first_vote"), add_working_days(today(), 30)

    given = {"why": "quorum", "note": "Two away", "moved_to": day}
    decisions.defer(review, by=house.chair, seen_version=review.version, **given)

    assert stands_on(milestone) == day


def test_a_held_gate_stays_on_the_day_it_was_held(house, plan, milestone):
    plan.starts_at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    plan.save()
    review = revealed(house)

    decisions.decide(
        review,
        by=house.chair,
        seen_version=review.version,
        outcome=outcome(review, "GO"),
        terms=terms(),
    )

    review.refresh_from_db()
    assert gate_days.meetings(house.product.pk)["PDCP"] == review.held_on
    first_of_work = add_working_days(review.held_on - timedelta(days=1), 1)
    assert stands_on(milestone) == first_of_work


def test_the_meeting_to_come_counts_before_one_that_was_held(house):
    held, coming = today(), add_working_days(today(), 15)
    first = ReviewFactory(product=house.product, stage="decided", ended_in="GO", held_on=held)
    ReviewFactory(product=house.product, gate=first.gate, attempt=2, planned_on=coming)

    assert gate_days.meetings(house.product.pk)[first.gate.code] == coming


def test_a_plan_without_that_gate_and_a_gate_behind_us_stay_as_they_are(house, plan, milestone):
    milestone.refresh_from_db()
    milestone.actual_start_at = milestone.actual_finish_at = milestone.start_at
    milestone.percent = 100
    milestone.save()
    before = stands_on(milestone)

    move(house.review(), add_working_days(today(), 40), by=house.secretary)

    plan.refresh_from_db()
    assert (plan.version, stands_on(milestone)) == (1, before)


def test_a_meeting_that_changes_nothing_leaves_the_plan_s_version(house, plan, milestone):
    review = house.review()
    day = add_working_days(today(), 40)
    move(review, day, by=house.secretary)
    review.refresh_from_db()

    move(review, day, by=house.secretary)

    plan.refresh_from_db()
    assert plan.version == 2


def test_a_plan_that_cannot_be_scheduled_keeps_no_meeting_from_moving(house, plan, milestone):
    plan.calendar = CalendarFactory(code="NEVER", name="Never", hours=[[]] * 7)
    plan.save()
    review, day = house.review(), add_working_days(today(), 40)

    move(review, day, by=house.secretary)

    review.refresh_from_db()
    assert review.planned_on == day


def test_a_refused_move_leaves_the_plan(house, plan, milestone):
    review, before = house.review(), stands_on(milestone)

    with pytest.raises(Refused):
        move(review, today().replace(year=2020), by=house.secretary)

    assert stands_on(milestone) == before


@pytest.mark.django_db(transaction=True)
def test_a_move_and_an_edit_at_once_both_count_or_the_edit_is_stale(house, plan, milestone):
    review, day = house.review(), add_working_days(today(), 40)
    after = plan.activities.get(code="AFTER")
    edit = partial(activities.change, after, by=house.lpdt, seen_version=1, name="Renamed")

    done, stale = at_once([partial(move, review, day, by=house.secretary), edit], refusals=Stale)

    after.refresh_from_db()
    plan.refresh_from_db()
    assert stands_on(milestone) == day
    assert (len(done), plan.version) == ((1, 2) if stale else (2, 3))
