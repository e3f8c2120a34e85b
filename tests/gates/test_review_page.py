"""The gate's page: what it says, in how many queries, and to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Evidence, Review
from gates.models.reviews import Stage
from gates.queries.agenda import agenda, spread_of
from gates.queries.review_page import review_page
from ipd.kernel.days import add_working_days, today
from tests.factories import ConditionFactory, EvidenceFactory, MovementFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def fill(review, people, count):
    """Evidence, questions and earlier conditions, `count` of each."""
    criteria = list(review.criteria.order_by("order")[:count])
    for criterion in criteria:
        EvidenceFactory(criterion=criterion, added_by=people.lpdt)
        QuestionFactory(criterion=criterion, asked_by=people.member)
        criterion.owner = people.lpdt
        criterion.save()
    earlier = people.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND")
    ConditionFactory.create_batch(
        count, review=earlier, owner=people.core_member, verifier=people.pqa
    )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["lpdt", "secretary", "member"])
def test_the_page_costs_the_same_whatever_its_size(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count, who
):
    review = house.review()
    fill(review, house, count)
    client = as_person(getattr(house, who))

    with django_assert_max_num_queries(12):
        response = client.get(review.get_absolute_url())

    assertContains(response, "What is missing")


@pytest.mark.parametrize("count", [1, 3])
def test_the_brief_costs_the_same_whatever_its_size(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    review = house.review(criteria__state="not_met", criteria__by=house.lpdt)
    fill(review, house, count)
    client = as_person(house.chair)

    with django_assert_max_num_queries(12):
        response = client.get(reverse("gates:review-brief", args=[review.pk]))

    assertContains(response, "Must-criteria not met")


def test_readiness_says_what_is_missing_and_who_owes_it(house):
    review = house.review()
    first, second = review.criteria.order_by("order")[:2]
    first.state, first.comment, first.owner = "partly", "One region is missing.", house.core_member
    first.save()
    second.state, second.assessed_by, second.assessed_at = "no_data", None, None
    second.owner = house.lpdt
    second.save()

    found = review_page(Review.objects.for_page().get(pk=review.pk)).readiness

    owed = {debt.person: [gap.criterion for gap in debt.gaps] for debt in found.debts}
    assert first in owed[house.core_member]
    assert second in owed[house.lpdt]
    assert found.assessed == found.total - 1
    assert sum(row.total for row in found.rows) == found.total
    assert found.percent < 100


def test_stale_evidence_is_told(house):
    review = house.review()
    criterion = review.criteria.first()
    EvidenceFactory(criterion=criterion, dated_on=today() - timedelta(days=200))

    page = review_page(Review.objects.for_page().get(pk=review.pk))

    assert page.readiness.stale == 1


def test_the_table_shows_the_newest_version_of_a_title(house):
    review = house.review()
    criterion = review.criteria.first()
    for version in (1, 2):
        EvidenceFactory(criterion=criterion, title="Forecast", version=version)

    page = review_page(Review.objects.for_page().get(pk=review.pk))

    line = next(
        line for group in page.groups for line in group.lines if line.criterion == criterion
    )
    assert [row.version for row in line.evidence] == [2]
    assert line.older == 1


def test_steps_are_done_by_the_facts_and_overdue_by_the_day(house):
    review = house.review(planned_on=add_working_days(today(), 3))
    page = review_page(Review.objects.for_page().get(pk=review.pk))
    states = {step.offset: step.state for step in page.steps if step.offset in (-30, -7, 0, 10)}

    assert states == {-30: "done", -7: "overdue", 0: "due", 10: "due"}

    review.stage, review.locked_at = Stage.LOCKED, timezone.now()
    review.save()
    page = review_page(Review.objects.for_page().get(pk=review.pk))
    assert {step.state for step in page.steps if step.offset == -7} == {"done"}


def test_the_chain_shows_last_conclusion_and_what_is_not_held(house):
    review = house.review()
    house.review(at="TR2", stage=Stage.DECIDED, ended_in="PASS")

    page = review_page(Review.objects.for_page().get(pk=review.pk))

    held = {fed.gate.code: fed.review and fed.review.outcome.code for fed in page.chain}
    assert held == {"TR2": "PASS", "TR3": None}


def test_what_changed_since_the_previous_attempt(house):
    before = house.review(stage=Stage.DECIDED, ended_in="REDIRECT", criteria__state="not_met")
    review = house.review(attempt=2)

    page = review_page(Review.objects.for_page().get(pk=review.pk))

    assert page.previous == before
    assert {change.before for change in page.changes} == {"not_met"}
    assert len(page.changes) == review.criteria.count()


def test_a_blocked_step_says_why_beside_its_button(house, as_person):
    review = house.review(criteria__state="no_data")

    response = as_person(house.secretary).get(review.get_absolute_url())

    assertContains(response, "Not assessed yet")
    assertContains(response, "disabled")


def test_steps_are_offered_only_with_the_right(house, as_person):
    review = house.review()
    lock = reverse("gates:review-lock", args=[review.pk])

    assertContains(as_person(house.secretary).get(review.get_absolute_url()), lock)
    assertNotContains(as_person(house.lpdt).get(review.get_absolute_url()), lock)
    assert as_person(house.lpdt).post(lock, {"version": review.version}).status_code == 403


def test_the_pack_is_locked_once_and_a_stale_page_is_told(house, as_person):
    review = house.review()
    client = as_person(house.secretary)
    lock = reverse("gates:review-lock", args=[review.pk])
    sent = {"version": review.version, "key": "6b1b2f6e-0000-4000-8000-000000000001"}

    assert client.post(lock, sent).status_code == 302
    assert client.post(lock, sent).status_code == 302  # the same form again: the first answer
    assert client.post(lock, {"version": review.version}).status_code == 409
    review.refresh_from_db()
    assert review.stage == Stage.LOCKED


def test_money_stands_in_the_brief_only_with_the_grant(house, as_person):
    review = house.review()
    MovementFactory(product=house.product)
    url = reverse("gates:review-brief", args=[review.pk])

    assertContains(as_person(house.chair).get(url), "1,000,000 EUR")
    assertNotContains(as_person(house.core_member).get(url), "1,000,000")


def test_a_confidential_review_does_not_exist_for_others(house, as_person):
    review = house.review(product=house.confidential_product)
    client = as_person(house.chair)
    criterion = review.criteria.first()

    for name, pk in [
        ("review", review.pk),
        ("review-brief", review.pk),
        ("review-room", review.pk),
        ("review-live", review.pk),
        ("review-vote", review.pk),
        ("review-decide", review.pk),
        ("criterion", criterion.pk),
    ]:
        assert client.get(reverse(f"gates:{name}", args=[pk])).status_code == 404, name


def test_booking_asks_the_right_of_the_body(house, as_person):
    url = reverse("gates:review-new", args=[house.product.pk])
    gate = house.review().gate.chain.gates.get(code="ADCP")
    sent = {"gate": gate.pk, "planned_on": add_working_days(today(), 30).isoformat()}

    assert as_person(house.lpdt).get(url).status_code == 403
    response = as_person(house.secretary).post(url, sent)

    booked = Review.objects.get(product=house.product, gate=gate)
    assert response["Location"] == booked.get_absolute_url()
    assert booked.criteria.count() == gate.criteria.count()


def test_moving_keeps_the_baseline(house, as_person):
    review = house.review()
    url = reverse("gates:review-move", args=[review.pk])
    day = add_working_days(today(), 10)
    sent = {"planned_on": day.isoformat(), "reason": "EVT slipped.", "version": review.version}

    assert as_person(house.secretary).post(url, sent).status_code == 302

    before = review.baseline_on
    review.refresh_from_db()
    assert (review.planned_on, review.baseline_on) == (day, before)


def test_a_deputy_is_named_and_an_interest_marked(house, as_person):
    review = house.review()
    url = reverse("gates:review-voters", args=[review.pk])
    client = as_person(house.secretary)

    named = {"act": "deputy", "member": house.member.pk, "deputy": house.outsider.email}
    assert client.post(url, named).status_code == 302
    marked = {"act": "conflict", "person": house.finance.pk, "note": "Line manager of the lead"}
    assert client.post(url, marked).status_code == 302
    nobody = {"act": "deputy", "member": house.chair.pk, "deputy": "nobody@example.org"}
    assert client.post(url, nobody).status_code == 422

    assertContains(client.get(url), house.outsider.name)
    assertContains(client.get(url), "Line manager of the lead")
    assert as_person(house.member).post(url, named).status_code == 403


def test_the_agenda_puts_red_musts_first_and_after_reveal_the_widest_spread(house):
    review = house.review()
    criteria = list(review.criteria.order_by("order"))
    criteria[5].state = "not_met"

    assert agenda(criteria)[0].criterion == criteria[5]

    spreads = {criteria[3].pk: spread_of([1, 9]), criteria[5].pk: spread_of([5, 6])}
    assert agenda(criteria, spreads)[0].criterion == criteria[3]


def test_process_and_tailoring_are_complete(house, as_person):
    response = as_person(house.outsider).get(reverse("gates:process"))
    assertContains(response, "PD-01")
    assertContains(response, "waive_sign")

    url = reverse("gates:tailoring", args=[house.product.pk])
    gates = house.review().gate.chain.process.chains.get(code="TR").gates
    sent = {
        "gate": gates.get(code="TR2").pk,
        "kind": "merged",
        "into": gates.get(code="TR3").pk,
        "label": "TR2+3",
        "reason": "A derivative on the same platform.",
    }
    assert as_person(house.lpdt).post(url, sent).status_code == 403
    assert as_person(house.chair).post(url, sent).status_code in (302, 403)


def test_evidence_row_count_is_unchanged_by_reading(house, as_person):
    review = house.review()
    EvidenceFactory(criterion=review.criteria.first())
    as_person(house.member).get(review.get_absolute_url())

    assert Evidence.objects.count() == 1
