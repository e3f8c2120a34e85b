"""Criteria are kept, merged or let end by their owners, by what they changed; nobody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from gates import periodic
from gates.actions import criterion_counts, criterion_verdicts, reviews
from gates.models import (
    Citation,
    CriterionCount,
    CriterionDefinition,
    CriterionVerdict,
    GateDefinition,
    Review,
)
from gates.models.reviews import Stage
from gates.queries import criterion_yields
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import LedgerEntry, Notice
from teams.models import Function
from tests.factories import ConditionFactory

pytestmark = pytest.mark.django_db
WHY = "It was asked 34 times, and nothing ever came of it."


def definition(house, code="CH-13") -> CriterionDefinition:
    return CriterionDefinition.objects.select_related("gate__chain__process").get(
        code=code, gate__chain__process=house.product.process
    )


def head_of(one) -> object:
    return Function.objects.get(code=one.function).head


def judge(house, code="CH-13", **fields):
    one = definition(house, code)
    given = {"judgement": "sunset", "reason": WHY, "by": head_of(one), "seen": 0}
    return criterion_verdicts.judge(one, **(given | fields))


def asked(house) -> dict[str, str]:
    """What a review of the charter that is booked now asks."""
    gate = GateDefinition.objects.get(chain__process=house.product.process, code="CHARTER")
    booked = reviews.book(
        house.product, gate, planned_on=add_working_days(today(), 5), by=house.secretary
    )
    return dict(booked.criteria.values_list("code", "weight"))


def test_a_sunset_criterion_is_advice_for_a_year(house):
    verdict = judge(house)

    assert verdict.shadow_until == criterion_verdicts.a_year_after(today())
    assert asked(house)["CH-13"] == "advisory"
    assert LedgerEntry.objects.filter(kind="criterion").count() == 1


def test_after_its_shadow_it_is_not_asked(house):
    verdict = judge(house)
    past = verdict.on - timedelta(days=400)
    CriterionVerdict.objects.create(
        **{
            name: getattr(verdict, name)
            for name in ("process", "gate", "code", "judgement", "reason", "assessed", "hits")
        },
        by=verdict.by,
        on=past,
        shadow_until=today() - timedelta(days=1),
    )

    assert "CH-13" not in asked(house)


def test_a_merged_criterion_is_covered_by_another(house):
    judge(house, judgement="merge", into="CH-12")

    codes = asked(house)
    assert "CH-13" not in codes
    assert codes["CH-12"] == "must"


def test_a_kept_one_stays_as_it_is(house):
    judge(house, judgement="keep", reason="It works because it is asked: people prepare for it.")

    assert asked(house)["CH-13"] == "should"


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "too short"},
        {"judgement": "merge", "into": "PD-01"},
        {"judgement": "merge", "into": "CH-13"},
    ],
)
def test_what_is_refused(house, fields):
    with pytest.raises(Refused):
        judge(house, **fields)


def test_none_is_merged_into_one_that_goes_out(house):
    judge(house, "CH-12")

    with pytest.raises(Refused):
        judge(house, judgement="merge", into="CH-12")


def test_one_that_covers_another_does_not_go_out(house):
    judge(house, judgement="merge", into="CH-12")

    with pytest.raises(Refused):
        judge(house, "CH-12")


def test_a_form_that_moved_on_is_stale(house):
    judge(house)

    with pytest.raises(Stale):
        judge(house, judgement="keep")


def test_a_verdict_never_changes(house):
    verdict = judge(house)

    with pytest.raises(DatabaseError), transaction.atomic():
        CriterionVerdict.objects.filter(pk=verdict.pk).update(reason="other")


def test_counting_what_was_assessed_and_what_it_changed(house):
    review = house.review(at="CHARTER", stage=Stage.LOCKED)
    criterion = review.criteria.get(code="CH-05")
    condition = ConditionFactory(review=review)
    Citation.objects.create(criterion=criterion, condition=condition)
    Citation.objects.create(criterion=criterion, condition=None)
    silent = review.criteria.get(code="CH-06")
    type(silent).objects.filter(pk=silent.pk).update(
        state="no_data", assessed_by=None, assessed_at=None
    )

    outcome = review.gate.chain.outcomes.get(code="GO_COND")
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.DECIDED, outcome=outcome, held_on=today(), decided_at=timezone.now()
    )
    house.review(at="CHARTER", attempt=2, stage=Stage.DECIDED)

    criterion_counts.count()
    criterion_counts.count()

    found = {row.code: (row.hits, row.assessed) for row in CriterionCount.objects.all()}
    assert (found["CH-05"], found["CH-06"], found["CH-07"]) == ((1, 2), (0, 1), (0, 2))


def elsewhere(house, code, hits, assessed):
    one = definition(house, code)
    return CriterionCount.objects.create(
        process=one.gate.chain.process.code,
        gate=one.gate.code,
        code=code,
        elsewhere=True,
        assessed=assessed,
        hits=hits,
    )


def test_a_candidate_never_hit_and_was_asked_often(house):
    elsewhere(house, "CH-13", 0, 34)
    elsewhere(house, "CH-12", 0, 19)

    often, seldom = (criterion_yields.of(definition(house, code)) for code in ("CH-13", "CH-12"))

    assert (often.is_candidate, seldom.is_candidate) == (True, False)
    assert round(often.bound, 1) == 8.4


def test_the_owner_of_a_candidate_is_asked_once(house):
    elsewhere(house, "CH-13", 0, 34)
    elsewhere(house, "CH-12", 1, 34)

    assert [periodic.count_criteria(), periodic.count_criteria()] == [1, 1]

    notice = Notice.objects.get()
    assert notice.person == head_of(definition(house))
    assert "CH-13 changed none of 34 decisions" in notice.text

    judge(house)
    assert periodic.count_criteria() == 0


def test_only_the_owner_decides_on_a_page(client, house):
    elsewhere(house, "CH-13", 0, 34)
    one = definition(house)
    address = reverse("gates:health-criterion", args=[one.pk])
    sent = {"judgement": "sunset", "reason": WHY, "seen": 0}

    client.force_login(house.chair)
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 403

    client.force_login(head_of(one))
    assert client.post(address, {**sent, "judgement": "merge"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409
    assert WHY in client.get(address).text
    assert "in 0, out 1" in client.get(reverse("gates:health-criteria") + "?gate=CHARTER").text


def test_the_list_is_narrowed(client, house, django_assert_max_num_queries):
    elsewhere(house, "CH-13", 0, 34)
    client.force_login(house.outsider)

    with django_assert_max_num_queries(12):
        text = client.get(reverse("gates:health-criteria") + "?state=candidates").text

    assert "CH-13" in text
    assert "CH-01" not in text
