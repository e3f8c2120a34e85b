"""What answers say of an item, against a second opinion; only first meetings count."""

from datetime import timedelta

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import pointbiserialr

from teams.actions.academy import attempts as actions
from teams.actions.academy import item_statistics
from teams.calculations.academy.item_statistics import LEAST, Sums, difficulty, discrimination
from teams.models import ItemStatistic, ModuleItem
from tests.factories import PersonFactory
from tests.factories.academy_reading import pool

SHEETS = some.lists(some.tuples(some.booleans(), some.integers(0, 7)), min_size=LEAST, max_size=60)


def sums(rows):
    """Of (had it right, how many of seven others were right)."""
    rest = [100 * others / 7 for _right, others in rows]
    return Sums(
        n=len(rows),
        right=sum(right for right, _others in rows),
        rest=sum(rest),
        rest_squared=sum(value**2 for value in rest),
        rest_when_right=sum(value for value, (right, _o) in zip(rest, rows, strict=True) if right),
    )


@settings(max_examples=50, deadline=None)
@given(SHEETS)
def test_discrimination_is_the_point_biserial_correlation(rows):
    found = discrimination(sums(rows))
    rights, others = [right for right, _o in rows], [other for _r, other in rows]
    if len(set(rights)) == 1 or len(set(others)) == 1:
        assert found is None
        return
    assert found == pytest.approx(pointbiserialr(rights, others).statistic, abs=1e-9)
    assert difficulty(sums(rows)) == pytest.approx(numpy.mean(rights))


def test_too_few_answers_say_nothing():
    rows = [(turn % 2 == 0, turn % 7) for turn in range(LEAST)]
    assert discrimination(sums(rows)) is not None
    assert discrimination(sums(rows[1:])) is None
    assert difficulty(sums(rows[1:])) is None


@pytest.mark.django_db
def test_submissions_add_up(db):
    made = pool(items=2)
    for answers in ({1: 0, 2: 0}, {1: 0, 2: 1}, {1: 1, 2: 1}):
        attempt = actions.start(made, by=PersonFactory())
        attempt.sheet.sort(key=lambda line: line["code"])
        attempt.save()
        actions.submit(attempt, answers)
    kept = ItemStatistic.objects.order_by("item__code").values_list(
        "n", "right", "rest", "rest_squared", "rest_when_right"
    )
    assert list(kept) == [(3, 2, 100.0, 10_000.0, 100.0), (3, 1, 200.0, 20_000.0, 100.0)]


@pytest.mark.django_db
def test_only_the_first_meeting_of_a_person_counts(lpdt, time_machine):
    made = pool(items=2)
    for _try in range(3):
        attempt = actions.submit(actions.start(made, by=lpdt), {1: 1, 2: 1})
        time_machine.move_to(attempt.submitted_at + timedelta(hours=25))
    assert set(ItemStatistic.objects.values_list("n", flat=True)) == {1}


@pytest.mark.django_db
def test_an_item_alone_has_no_rest():
    pool(items=1)
    item = ModuleItem.objects.get()
    item_statistics.add([{"item": item.pk, "code": item.code, "right": True}], met=set())
    assert ItemStatistic.objects.get().rest == 0
