"""What the demonstration's training changed, as domain.md §7.3 and §10.8 say it."""

import pytest

from teams.queries.academy import effects, enrolments, studies

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(norvane):
    return enrolments.current_paths().get(code="LPDT-1")


@pytest.fixture
def results(path):
    return {one.study.code: one for one in studies.results(studies.studies(path.code))}


def test_promotion_within_twelve_months(results):
    one = results["promotion-12"]
    assert [(share.hits, share.n) for share in one.shares] == [(7, 22), (6, 30)]
    assert round(one.p, 3) == 0.353
    assert one.is_primary
    assert one.words == "No reliable difference seen (n = 22 and 30)."


def test_team_scores(results):
    one = results["team-score"]
    assert (one.permuted.as_extreme, one.permuted.labellings) == (35, 462)
    assert round(one.difference, 2) == 4.03
    assert not one.finds


def test_tests_before_and_after(path):
    learned = effects.learning(path)
    assert (learned.before.n, round(learned.before.mean), round(learned.before.spread)) == (
        36,
        54,
        11,
    )
    assert (learned.after.n, round(learned.after.mean), round(learned.after.spread)) == (22, 81, 8)


def test_reactions(path):
    reaction, _by_stage = effects.reactions(path)
    assert (reaction.n, round(reaction.overall, 1)) == (31, 4.3)


def test_the_return_is_a_range_that_reaches_below_zero(path):
    (year,) = effects.returns(path)
    assert year.low == -1
    assert year.low < year.base < year.high
