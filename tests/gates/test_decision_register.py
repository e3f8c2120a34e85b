"""The register of decisions and the record: what is found, shown, proved, and to whom."""

import re
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import decisions
from gates.models import Decision, Dissent, Waiver
from tests.factories import DecisionFactory, EvidenceFactory, VoteFactory
from tests.gates.helpers import condition, outcome, revealed, terms

pytestmark = pytest.mark.django_db
LIST = "/decisions/"


@pytest.fixture
def decided(house):
    """Decided here, with evidence, votes, a condition and a dissent."""
    review = revealed(house)
    EvidenceFactory(criterion=review.criteria.first(), title="Business plan", sha256="ab" * 32)
    return decisions.decide(
        review,
        by=house.chair,
        seen_version=review.version,
        outcome=outcome(review, "GO_COND"),
        terms=terms(
            amount=Decimal("1250000"),
            override_rationale="The board heard every objection and asks for proof of supply.",
            conditions=[condition(house)],
            dissents=[(house.finance, "The margin at P80 is below the hurdle.")],
        ),
    )


def past(house, **fields):
    review = fields.pop("review", None) or house.review(
        stage="decided", decision=False, criteria__state="met"
    )
    return DecisionFactory(review=review, **fields)


def several(house, count):
    gates = ["CHARTER", "CDCP", "PDCP"][:count]
    return [
        past(house, review=house.review(at=at, stage="decided", decision=False)) for at in gates
    ]


def test_the_record_shows_what_was_decided_and_on_what(decided, house, as_person):
    page = as_person(house.chair).get(decided.get_absolute_url())

    for text in (
        "Go with conditions",
        f"ledger {decided.ledger_sequence}",
        decided.ledger_hash,
        decided.frozen_hash,
        "Business plan",
        "abababab",
        "Second source qualified",
        "The margin at P80",
        "Fiona Finance",
        "Charlotte Chair",
        "4 of 4 present",
        "1,250,000 EUR",
        "UTC",
    ):
        assertContains(page, text)


def test_the_hashes_are_computed_anew(decided, house, as_person):
    page = as_person(house.member).get(decided.get_absolute_url(), {"proof": "1"})

    assertContains(page, "The record is as it was signed.")
    assertContains(page, f"Ledger entry {decided.ledger_sequence} covers them")


def test_a_record_that_was_tampered_with_is_found(decided, house, as_person):
    frozen = {**decided.frozen, "readiness_percent": 99}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    Decision.objects.filter(pk=decided.pk).update(frozen=frozen)

    page = as_person(house.member).get(decided.get_absolute_url(), {"proof": "1"})

    assertContains(page, "The record could not be proved.")
    assertContains(page, "The frozen facts do not have the hash")


def test_an_imported_decision_has_its_record_too(house, as_person):
    review = house.review(stage="decided", decision=False)
    row = DecisionFactory(review=review, decided_by=house.chair)
    criterion = review.criteria.first()
    Waiver.objects.create(
        criterion=criterion,
        reason="Second source in autumn",
        expires_on="2027-01-31",
        requested_by=house.lpdt,
        chair=house.chair,
        chair_signed_at=timezone.now(),
        function_head=house.member,
        function_signed_at=timezone.now(),
    )
    VoteFactory(review=review, voter=house.member, round=1, reason="Because")
    VoteFactory(review=review, voter=house.member, round=2, for_outcome="NO_GO")

    page = as_person(house.chair).get(row.get_absolute_url(), {"proof": "1"})

    assertContains(page, "imported history, no ledger entry")
    assertContains(page, "Second source in autumn")
    assertContains(page, "Mia Member")
    assertContains(page, "No-go 1")
    assertContains(page, "Imported history has no hash.")


def test_a_correction_and_what_it_supersedes_name_each_other(decided, house, as_person):
    new = decisions.correct(
        decided,
        by=house.chair,
        reason="The amount was named wrongly in the text.",
        rationale=decided.rationale + " Corrected.",
    )
    client = as_person(house.chair)

    assertContains(client.get(decided.get_absolute_url()), f"Decision {new.pk} stands in its place")
    page = client.get(new.get_absolute_url(), {"proof": "1"})
    assertContains(page, f"Decision {decided.pk}</a>")
    assertContains(page, "The record is as it was signed.")
    assertContains(client.get(LIST), "corrected")


@pytest.mark.parametrize(
    ("who", "shown"), [("chair", True), ("lpdt", True), ("core_member", False), ("outsider", False)]
)
def test_money_is_for_those_with_the_right(decided, house, as_person, who, shown):
    client = as_person(getattr(house, who))
    check = assertContains if shown else assertNotContains

    check(client.get(LIST), "1,250,000 EUR")
    check(client.get(decided.get_absolute_url()), "1,250,000 EUR")
    check(client.get(LIST), ">Money<")


def test_money_of_another_team_is_restricted(decided, house, as_person):
    board = house.confidential_product.line.bodies.get(kind="IPMT").team
    other = board.seats.get(role__code="CHAIR").person

    page = as_person(other).get(LIST)

    assertContains(page, "restricted")
    assertNotContains(page, "1,250,000")


def test_the_register_is_filtered(decided, house, as_person):
    old = past(
        house,
        review=house.review(at="TR1", stage="decided", decision=False, ended_in="PASS"),
        rationale="Requirements are complete",
        decided_at=datetime(2024, 5, 6, 9, tzinfo=ZoneInfo("UTC")),
    )
    client = as_person(house.chair)

    def found(**fields):
        page = client.get(LIST, fields)
        return set(map(int, re.findall(r"/decisions/(\d+)/", page.content.decode())))

    assert found() == {decided.pk, old.pk}
    assert found(chain="TR") == {old.pk}
    assert found(outcome="GO_COND") == {decided.pk}
    assert found(line=house.line.code) == {decided.pk, old.pk}
    assert found(year="2024") == {old.pk}
    assert found(dissent="on") == {decided.pk}
    assert found(q="requirements complete") == {old.pk}
    assert found(q=f"#{decided.pk}") == {decided.pk}
    assert found(q="nothing at all") == set()
    assert found(year="x", chain="y", outcome="z", line="?", after="???") == {decided.pk, old.pk}


def test_the_register_goes_on_where_the_page_ended(house, as_person):
    review = house.review(stage="decided", decision=False, criteria=False)
    DecisionFactory.create_batch(51, review=review, superseded_at=timezone.now())
    client = as_person(house.chair)

    first = client.get(LIST)
    rest = client.get(LIST, {"after": first.context["page"].after})

    seen = [row.pk for page in (first, rest) for row in page.context["page"].rows]
    assert len(seen) == len(set(seen)) == 51
    assert seen == sorted(seen, reverse=True)


def test_a_confidential_decision_exists_for_its_people_only(house, as_person):
    review = house.review(product=house.confidential_product, stage="decided", decision=False)
    row = DecisionFactory(review=review)
    client = as_person(house.chair)

    assert client.get(row.get_absolute_url()).status_code == 404
    assertNotContains(client.get(LIST), f"/decisions/{row.pk}/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_however_long(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    several(house, count)
    client = as_person(house.chair)
    client.get(LIST)

    with django_assert_max_num_queries(10):
        answer = client.get(LIST)

    assert len(answer.context["page"].rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_record_costs_the_same_however_much_it_holds(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    [row] = several(house, 1)
    for voter in house.voters[:count]:
        VoteFactory(review=row.review, voter=voter, round=1)
        Dissent.objects.create(decision=row, person=voter, reason="No")
    for criterion in row.review.criteria.all()[:count]:
        EvidenceFactory(criterion=criterion)
    client = as_person(house.chair)
    client.get(row.get_absolute_url())

    with django_assert_max_num_queries(12):
        assert client.get(row.get_absolute_url()).status_code == 200
