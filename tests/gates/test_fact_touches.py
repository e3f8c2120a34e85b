"""When facts are read again, beside other work, and who hears of it."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from gates.actions import facts, reviews
from gates.models import CriterionFact
from ipd.kernel.actions import touches
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES, Reading
from ipd.kernel.models import Notice, Touch
from tests.factories.facts import bind, fact, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(house, gauge):
    criterion = bind(house.review(), "PD-03", gauge)
    criterion.owner = house.core_member
    criterion.save()
    return criterion


# Who is told -------------------------------------------------------------------------------


def test_the_owner_hears_of_a_worse_figure_near_the_meeting(criterion, gauge, house):
    fact(criterion, figure=97)
    gauge.set(house.product, 91)

    facts.refresh([house.product.pk])
    facts.refresh([house.product.pk])

    notice = Notice.objects.get(person=house.core_member)
    assert "PD-03" in notice.text
    assert "Met → Partly" in notice.text
    assert notice.link == criterion.get_absolute_url()


@pytest.mark.parametrize(("days", "figure"), [(30, 91), (3, 99)])
def test_nobody_is_disturbed_far_ahead_or_by_a_better_figure(house, gauge, days, figure):
    review = house.review(planned_on=add_working_days(today(), days))
    criterion = bind(review, "PD-03", gauge)
    criterion.owner = house.core_member
    criterion.save()
    fact(criterion, figure=97)
    gauge.set(house.product, figure)

    facts.refresh([house.product.pk])

    assert not Notice.objects.exists()


# Touches -----------------------------------------------------------------------------------


def test_touched_products_are_read_once(criterion, gauge):
    touches.touch([criterion.review.product_id])
    gauge.set(criterion.review.product, 96)

    touches.follow_up()
    touches.follow_up()

    assert state_of(criterion) == ("met", 96)
    assert gauge.asked == [{criterion.review.product_id}]
    assert not Touch.objects.exists()


def test_every_day_all_open_reviews_are_read(criterion, gauge):
    gauge.set(criterion.review.product, 96)

    assert facts.refresh_all() == 1

    assert state_of(criterion) == ("met", 96)


@pytest.mark.django_db(transaction=True)
def test_a_change_beside_a_refresh_is_read_by_the_next_one(house, gauge):
    """The second change commits while the first refresh has computed and not committed."""
    criterion = bind(house.review(), "PD-03", gauge)
    product = house.product
    touches.touch([product.pk])
    gauge.set(product, 96)
    computed, moved = threading.Event(), threading.Event()
    plain = gauge.compute

    def slowly(*arguments):
        found = plain(*arguments)
        computed.set()
        assert moved.wait(10)
        return found

    MEASURES["gauge"] = type(gauge.measure)("gauge", "", "%", True, slowly)
    refreshing = threading.Thread(target=_refresh_elsewhere)
    refreshing.start()
    assert computed.wait(10)
    gauge.readings = {product.pk: Reading(50, 100, 100)}
    touches.touch([product.pk])
    moved.set()
    refreshing.join(10)

    assert state_of(criterion) == ("met", 96)
    touches.follow_up()
    assert state_of(criterion) == ("not_met", Decimal(50))


def _refresh_elsewhere():
    try:
        touches.follow_up()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_review_at_work_is_left_for_the_next_round(house, gauge):
    criterion = bind(house.review(), "PD-03", gauge)
    gauge.set(house.product, 96)
    touches.touch([house.product.pk])

    with transaction.atomic():
        reviews.locked(criterion.review)
        refreshing = threading.Thread(target=_refresh_elsewhere)
        refreshing.start()
        refreshing.join(10)
        assert not refreshing.is_alive()

    assert not CriterionFact.objects.exists()
    assert Touch.objects.get().product_id == house.product.pk
    touches.follow_up()
    assert state_of(criterion) == ("met", 96)
