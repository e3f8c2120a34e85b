"""Decisions stand on the time axes of those they were about."""

from datetime import timedelta

import pytest

from gates.models.reviews import Stage
from ipd.kernel.days import today
from teams.subjects import marks

pytestmark = pytest.mark.django_db


def test_what_was_decided_is_marked_on_its_day(house, django_assert_num_queries):
    stopped = house.review(at="TR2", stage=Stage.DECIDED, ended_in="REDO")
    house.review(at="TR3", stage=Stage.DECIDED, ended_in="PASS")
    gone = house.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND")
    house.review(at="PDCP")
    day = today()

    with django_assert_num_queries(1):
        found = marks([house.product.pk], day - timedelta(days=30), day)

    assert [(mark.day, mark.url) for mark in found[house.product.pk]] == [
        (day, stopped.get_absolute_url()),
        (day, gone.get_absolute_url()),
    ]
    assert found[house.product.pk][0].label == f"TR2 {stopped.outcome.name}"
    assert found[house.product.pk][1].tone == gone.outcome.tone


def test_nothing_is_marked_outside_of_the_days(house):
    house.review(at="CDCP", stage=Stage.DECIDED)
    long_ago = today() - timedelta(days=90)

    assert marks([house.product.pk], long_ago, long_ago + timedelta(days=30)) == {}
