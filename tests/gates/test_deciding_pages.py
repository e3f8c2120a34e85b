"""Signing through the page: mandatory data, reasons why not, password, and kept text."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import votes
from gates.models import Citation, Condition, Decision, ReasonCode
from gates.models.reviews import Stage
from ipd.kernel.days import today
from tests.factories import PASSWORD
from tests.gates.helpers import WHY, revealed

pytestmark = pytest.mark.django_db
ROWS = {"conditions-TOTAL_FORMS": 0, "conditions-INITIAL_FORMS": 0}
ROWS |= {"dissents-TOTAL_FORMS": 0, "dissents-INITIAL_FORMS": 0}


def url_of(review, name="review-decide"):
    return reverse(f"gates:{name}", args=[review.pk])


def sent(review, code="GO", **fields):
    given = {
        "outcome": code,
        "rationale": WHY,
        "next_on": (today() + timedelta(days=30)).isoformat(),
        "amount": "1250000",
        "currency": "EUR",
        "password": PASSWORD,
        "version": review.version,
    }
    return ROWS | given | fields


def condition_row(house, **fields):
    given = {
        "text": "Second source qualified",
        "kind": "subsequent",
        "owner": house.core_member.pk,
        "function": house.core_member.function_id,
        "due_on": (today() + timedelta(days=20)).isoformat(),
        "acceptance_test": "Report accepted",
        "verifier": house.pqa.pk,
        "consequence": "The ramp order is not placed.",
    }
    return {f"conditions-0-{name}": value for name, value in (given | fields).items()} | {
        "conditions-TOTAL_FORMS": 1
    }


def test_the_chair_signs_and_reaches_the_record(house, as_person):
    review = revealed(house)

    response = as_person(house.chair).post(url_of(review), sent(review))

    decision = Decision.objects.get()
    assert response["Location"] == decision.get_absolute_url()
    assert (decision.outcome.code, decision.decided_by) == ("GO", house.chair)
    review.refresh_from_db()
    assert review.stage == Stage.DECIDED


def test_the_same_form_twice_is_one_decision(house, as_person):
    review = revealed(house)
    client = as_person(house.chair)
    form = sent(review, key="6b1b2f6e-0000-4000-8000-000000000003")

    first, second = client.post(url_of(review), form), client.post(url_of(review), form)

    assert Decision.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_only_the_chair_reaches_the_form(house, as_person):
    review = revealed(house)

    for person in (house.member, house.secretary, house.lpdt, house.outsider):
        client = as_person(person)
        assert client.get(url_of(review)).status_code == 403
        assert client.post(url_of(review), sent(review)).status_code == 403
    assert not Decision.objects.exists()


def test_a_wrong_password_signs_nothing_and_keeps_the_text(house, as_person):
    review = revealed(house)

    response = as_person(house.chair).post(url_of(review), sent(review, password="guess"))

    assertContains(response, "not your password", status_code=422)
    assertContains(response, WHY, status_code=422)
    assertNotContains(response, "guess", status_code=422)
    assert not Decision.objects.exists()


def test_a_stale_page_is_409_keeps_the_text_and_can_be_signed_again(house, as_person):
    review = revealed(house)
    client = as_person(house.chair)
    old = sent(review)
    votes.open_second(review, by=house.chair, seen_version=review.version)

    response = client.post(url_of(review), old)

    assertContains(response, WHY, status_code=409)
    assertContains(response, "moved on", status_code=409)
    review.refresh_from_db()
    assertContains(response, f'name="version" value="{review.version}"', status_code=409)
    assert client.post(url_of(review), sent(review)).status_code == 302


@pytest.mark.parametrize(
    ("code", "asks", "not_asked"),
    [
        ("GO", ["amount", "next_on"], ["reason_code", "sunk_cost", "conditions-0-text"]),
        ("GO_COND", ["amount", "conditions-0-text"], ["reuse_plan"]),
        ("REDIRECT", ["changes_asked", "reason_code", "next_on"], ["sunk_cost"]),
        ("HOLD", ["restart_trigger", "expires_on", "reason_code"], ["sunk_cost"]),
        ("NO_GO", ["sunk_cost", "reuse_plan", "reason_code"], ["next_on", "restart_trigger"]),
    ],
)
def test_each_outcome_asks_for_its_own(house, as_person, code, asks, not_asked):
    review = revealed(house)

    response = as_person(house.chair).get(url_of(review), {"outcome": code})

    for name in asks:
        assertContains(response, f'name="{name}"')
    for name in not_asked:
        assertNotContains(response, f'name="{name}"')


def test_what_is_missing_is_said_at_its_field(house, as_person):
    review = revealed(house)
    form = sent(review, rationale="Too short", next_on="", amount="")

    response = as_person(house.chair).post(url_of(review), form)

    assert response.status_code == 422
    assert set(response.context["signing"].form.errors) == {"rationale", "next_on", "amount"}


@pytest.mark.parametrize("code", ["GO", "GO_COND"])
def test_a_form_without_its_rows_is_422(house, as_person, code):
    review = revealed(house)

    assert as_person(house.chair).post(url_of(review), {"outcome": code}).status_code == 422


def test_conditions_are_asked_whole_and_never_verified_by_their_owner(house, as_person):
    review = revealed(house)
    client = as_person(house.chair)

    assert client.post(url_of(review), sent(review, "GO_COND")).status_code == 422
    own = condition_row(house, verifier=house.core_member.pk)
    assert client.post(url_of(review), sent(review, "GO_COND", **own)).status_code == 422
    form = sent(
        review,
        "GO_COND",
        override_rationale="The supply of the main board hangs on one vendor only, says marketing.",
        **condition_row(house),
    )
    assert client.post(url_of(review), form).status_code == 302

    condition = Condition.objects.get()
    assert (condition.owner, condition.verifier) == (house.core_member, house.pqa)


def test_another_outcome_or_row_keeps_what_was_typed(house, as_person):
    review = revealed(house)
    client = as_person(house.chair)
    typed = sent(review, "GO_COND", show="condition", **condition_row(house))

    response = client.post(url_of(review), typed)

    assertContains(response, WHY)
    assertContains(response, "Second source qualified")
    assertContains(response, 'name="conditions-1-text"')
    assertNotContains(response, "errorlist")
    part = client.post(url_of(review), typed | {"outcome": "NO_GO"}, headers={"HX-Request": "true"})
    assertContains(part, 'name="sunk_cost"')
    assertContains(part, WHY)
    assertNotContains(part, "<html")


def test_a_dissent_is_recorded_by_name(house, as_person):
    review = revealed(house)
    rows = {
        "dissents-TOTAL_FORMS": 1,
        "dissents-0-person": house.finance.pk,
        "dissents-0-reason": "Margin at P80 is below the hurdle.",
    }

    assert as_person(house.chair).post(url_of(review), sent(review, **rows)).status_code == 302

    dissent = Decision.objects.get().dissents.get()
    assert (dissent.person, dissent.reason) == (house.finance, "Margin at P80 is below the hurdle.")


def test_every_reason_against_stands_beside_the_disabled_button(house, as_person):
    review = house.review(stage=Stage.FIRST_VOTE, criteria__state="not_met")
    client = as_person(house.chair)

    response = client.get(url_of(review), {"outcome": "GO"})

    assertContains(response, "The blind votes are still sealed.")
    assertContains(response, "No quorum")
    assertContains(response, "is a must and not met")
    assertContains(response, 'class="btn btn--sign" disabled')
    assert client.post(url_of(review), sent(review)).status_code == 409


def test_the_majority_is_named_when_it_is_overruled(house, as_person):
    review = revealed(house)
    client = as_person(house.chair)
    fields = {
        "reason_code": review.gate.chain.process.reason_codes.get(code="SUPPLY").pk,
        "restart_trigger": "A second vendor is contracted.",
        "expires_on": (today() + timedelta(days=80)).isoformat(),
    }

    response = client.post(url_of(review), sent(review, "HOLD", **fields))
    assert set(response.context["signing"].form.errors) == {"override_rationale"}

    why = "The single vendor of the main board went into administration this morning."
    form = sent(review, "HOLD", override_rationale=why, next_on="", **fields)
    assert client.post(url_of(review), form).status_code == 302
    assert Decision.objects.get().override_rationale == why


def test_the_form_costs_the_same_for_any_number_of_people(
    house, as_person, django_assert_max_num_queries
):
    review = revealed(house)
    client = as_person(house.chair)
    client.get(url_of(review))

    with django_assert_max_num_queries(12):
        client.get(url_of(review), {"outcome": "GO_COND"})


def test_an_unknown_outcome_is_404(house, as_person):
    review = revealed(house)

    assert as_person(house.chair).get(url_of(review), {"outcome": "MAYBE"}).status_code == 404


def test_a_stop_names_the_criteria_it_rests_on(house, as_person):
    review = revealed(house)
    red, other = review.criteria.order_by("order")[:2]
    form = as_person(house.chair).get(url_of(review) + "?outcome=NO_GO")
    assertContains(form, "Rests on these criteria")
    fields = {"sunk_cost": "1", "reuse_plan": "The team moves on.", "override_rationale": WHY}
    fields["reason_code"] = ReasonCode.objects.first().pk

    as_person(house.chair).post(url_of(review), sent(review, "NO_GO", cites=[red.pk], **fields))

    assert list(Citation.objects.values_list("criterion", "condition")) == [(red.pk, None)]
    assert other.pk != red.pk


def test_a_condition_names_the_criterion_it_was_given_for(house, as_person):
    review = revealed(house)
    criterion = review.criteria.first()
    rows = condition_row(house, criterion=criterion.pk)

    as_person(house.chair).post(url_of(review), sent(review, "GO_COND") | rows)

    assert Citation.objects.get().condition == Condition.objects.get()
    assert Citation.objects.get().criterion == criterion
