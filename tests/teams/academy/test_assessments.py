"""Assessments: drawn, answered, handed in once, waited between; tests before and after a path."""

from collections import Counter
from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains

from ipd.kernel.access import Refused
from teams.actions.academy import attempts as actions
from teams.models import Attempt, ItemPool, ModuleItem
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy_reading import AttemptFactory, SubmittedFactory, pool
from tests.teams.academy.assessments import codes, right_answers, url

pytestmark = pytest.mark.django_db
PAGE = "/academy/assessments/M01/"


@pytest.fixture
def made():
    return pool()


@pytest.fixture
def attempt(made, lpdt):
    return actions.start(made, by=lpdt)


# Beginning ------------------------------------------------------------------------------------


def test_an_attempt_draws_what_the_blueprint_says(made, lpdt, as_person):
    assertContains(as_person(lpdt).get(PAGE), "2 of 2 (80 %)")
    answer = as_person(lpdt).post(f"{PAGE}attempts/")
    attempt = Attempt.objects.get()
    assert answer["Location"] == url(attempt)
    assert (attempt.asked, len(codes(attempt)), attempt.cut_percent) == (2, 2, 80)
    assert all(sorted(line["order"]) == [0, 1, 2] for line in attempt.sheet)


def test_an_open_attempt_is_gone_on_with(made, attempt, lpdt, as_person):
    assert actions.start(made, by=lpdt) == attempt
    assertContains(as_person(lpdt).get(PAGE), "Go on with your attempt")
    assert [str(wait.text) for wait in waiting_for(lpdt) if "assessment" in wait.text] == [
        "Go on with the assessment Module M01"
    ]


def test_the_next_attempt_waits_and_asks_other_items(made, attempt, lpdt, time_machine, as_person):
    time_machine.move_to("2026-11-22 09:00 +0000", tick=False)
    actions.submit(attempt, {1: 1, 2: 1})
    with pytest.raises(Refused, match="The next attempt is possible from 2026-11-23"):
        actions.start(made, by=lpdt)
    assertContains(as_person(lpdt).get(PAGE), "The next attempt is possible from")
    assert as_person(lpdt).post(f"{PAGE}attempts/").status_code == 409
    time_machine.move_to("2026-11-23 08:59 +0000", tick=False)
    with pytest.raises(Refused):
        actions.start(made, by=lpdt)
    time_machine.move_to("2026-11-23 09:00 +0000", tick=False)
    second = actions.start(made, by=lpdt)
    assert second.number == 2
    assert codes(second).isdisjoint(codes(attempt))


def test_a_pool_without_other_items_asks_the_same(lpdt, time_machine):
    made = pool(items=3)
    first = actions.submit(actions.start(made, by=lpdt), {1: 1, 2: 1}, may_be_incomplete=True)
    time_machine.move_to(first.submitted_at + timedelta(hours=25))
    second = actions.start(made, by=lpdt)
    assert len(codes(second) - codes(first)) == 1


def test_an_item_that_was_changed_counts_as_the_same(lpdt, time_machine):
    made = pool(items=4)
    first = actions.submit(actions.start(made, by=lpdt), {1: 1, 2: 1})
    for old in ModuleItem.objects.filter(code__in=codes(first)):
        old.retired_at = first.submitted_at
        old.save()
        old.pk, old.number, old.retired_at = None, 2, None
        old.save()
    time_machine.move_to(first.submitted_at + timedelta(hours=25))
    assert codes(actions.start(made, by=lpdt)).isdisjoint(codes(first))


def test_who_has_passed_is_not_asked_again(made, attempt, lpdt, as_person):
    actions.submit(attempt, right_answers(attempt))
    with pytest.raises(Refused, match="passed"):
        actions.start(made, by=lpdt)
    assertContains(as_person(lpdt).get(PAGE), "nothing more is asked")
    ItemPool.objects.update(version="4.0")
    assert actions.start(ItemPool.objects.get(), by=lpdt).number == 2


def test_too_few_items_refuse(lpdt):
    with pytest.raises(Refused, match="too few items about M01-O1"):
        actions.start(pool(items=1), by=lpdt)


def test_a_module_without_a_pool_has_no_assessment(outsider, as_person):
    assert as_person(outsider).get("/academy/assessments/M99/").status_code == 404


def test_every_cell_of_the_shipped_pools_is_drawn_in_full(curriculum, lpdt):
    for made in ItemPool.objects.select_related("module"):
        attempt = actions.start(made, by=lpdt)
        items = ModuleItem.objects.in_bulk(line["item"] for line in attempt.sheet)
        assert len(items) == made.draw >= 8
        for cell in made.cells:
            inside = [
                item
                for item in items.values()
                if item.objective == cell["objective"] and item.difficulty in cell["difficulties"]
            ]
            assert len(inside) == cell["draw"]


def test_each_item_and_each_order_comes_up(lpdt):
    """Forty draws: every item of four, and every first place of three options."""
    made, seen, first = pool(), Counter(), Counter()
    for _draw in range(40):
        attempt = actions.start(made, by=lpdt)
        seen.update(codes(attempt))
        first.update(line["order"][0] for line in attempt.sheet)
        attempt.delete()
    assert (len(seen), len(first)) == (4, 3)


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_one_attempt_and_three(
    rows, lpdt, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    made = pool(draw=rows)
    for number in range(1, rows + 1):
        last = SubmittedFactory(person=lpdt, module=made.module, number=number)
    attempt = AttemptFactory(person=lpdt, module=made.module, number=rows + 1)
    client = as_person(lpdt)
    for page in (PAGE, url(attempt), url(last, "result/")):
        with django_assert_max_num_queries(9):
            assert client.get(page).status_code == 200
