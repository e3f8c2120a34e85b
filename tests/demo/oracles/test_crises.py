"""How the demonstration's crises came out, by domain.md §10.8."""

import pytest

from teams.models import CrisisAssignment, Play
from teams.queries.academy import crises

pytestmark = pytest.mark.django_db

MEANS = {
    "customer-outage": 74,
    "supplier-fire": 61,
    "hero-resigns": 58,
    "regulator-changes-limit": 69,
}


def test_mean_scores_of_simulations():
    assert {slug: round(mean) for slug, (_n, mean) in crises.mean_scores().items()} == MEANS


def test_who_was_certified_passed_two():
    for person in ("L03", "L08"):
        plays = Play.objects.filter(started_by__code=person, has_passed=True)
        assert plays.values("scenario").distinct().count() == 2


def test_the_trainees_have_two_to_play_one_of_them_in_a_team():
    rows = CrisisAssignment.objects.filter(person__code__in=["L06", "L11"], play=None)
    assert sorted(rows.values_list("person__code", "mode")) == [
        ("L06", "solo"),
        ("L06", "team"),
        ("L11", "solo"),
        ("L11", "team"),
    ]
