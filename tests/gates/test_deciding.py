"""Deciding: what each outcome needs, what blocks it, and what it does to the product."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gates.actions import decisions, effects, waivers
from gates.models import Condition, Decision, Presence, Review
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.models import BudgetMovement
from tests.gates.helpers import condition, decide, outcome, revealed, terms

pytestmark = pytest.mark.django_db


def test_go_moves_phase_money_and_calendar_at_once(house):
    review = revealed(house)

    decision = decide(review, house, "GO")

    product = house.product
    product.refresh_from_db()
    review.refresh_from_db()
    assert (review.stage, review.outcome.code, review.held_on) == (Stage.DECIDED, "GO", today())
    assert (product.phase.code, product.phase_since) == ("DEVELOP", today())
    movement = BudgetMovement.objects.get(product=product)
    assert (movement.kind, movement.amount) == ("tranche", Decimal("1250000"))
    following = Review.objects.open().get(product=product, gate__code="ADCP")
    assert following.planned_on == decision.next_on
    assert product.row.next_gate == "ADCP"
    entry = LedgerEntry.objects.get(sequence=decision.ledger_sequence)
    assert (entry.kind, entry.actor_id) == ("decision", house.chair.pk)
    assert entry.body["frozen"] == decision.frozen_hash == ledger.digest(decision.frozen)
    assert ledger.verify() == []


def test_the_frozen_facts_hold_criteria_votes_and_attendance(house):
    review = revealed(house)

    frozen = decide(review, house, "GO").frozen

    assert {row["state"] for row in frozen["criteria"]} == {"met"}
    assert sorted(vote["voter"] for vote in frozen["votes"]) == sorted(
        person.name for person in house.voters
    )
    assert frozen["present"] == sorted(person.name for person in house.voters)
    assert frozen["quorum"] == {"present": 4, "voters": 4, "needed": 3, "met": True}


def test_team_and_body_are_told_once(house):
    decision = decide(revealed(house), house, "GO")

    told = Notice.objects.filter(dedupe_key=f"decision:{decision.pk}")
    assert house.lpdt.pk in told.values_list("person", flat=True)
    assert house.outsider.pk not in told.values_list("person", flat=True)


def test_a_review_is_decided_once(house):
    review = revealed(house)
    decide(review, house, "GO")
    review.refresh_from_db()

    with pytest.raises(Refused, match="decided already"):
        decide(review, house, "NO_GO", sunk_cost=Decimal(1), reuse_plan="Reassigned.")
    assert Decision.objects.filter(review=review).count() == 1


def test_a_page_from_before_the_last_step_decides_nothing(house):
    review = revealed(house)

    with pytest.raises(Stale):
        decisions.decide(
            review,
            by=house.chair,
            seen_version=review.version - 1,
            outcome=outcome(review, "GO"),
            terms=terms(),
        )


def test_only_the_chair_signs(house):
    review = revealed(house)

    with pytest.raises(Refused, match="Only the chair"):
        decisions.decide(
            review,
            by=house.member,
            seen_version=review.version,
            outcome=outcome(review, "GO"),
            terms=terms(),
        )


@pytest.mark.parametrize(
    ("code", "fields", "sentence"),
    [
        ("GO", {"rationale": "Fine."}, "at least 80 characters"),
        ("GO", {"next_on": None}, "day of the next review"),
        ("GO", {"amount": None}, "amount released"),
        ("GO", {"amount": Decimal(-1)}, "not negative"),
        ("GO_COND", {}, "at least one condition"),
        ("REDIRECT", {"override_rationale": "x" * 40}, "reason code"),
        ("HOLD", {"override_rationale": "x" * 40}, "what would restart it"),
        ("NO_GO", {"override_rationale": "x" * 40}, "sunk cost"),
        ("NO_GO", {}, "A majority voted"),
    ],
)
def test_what_an_outcome_must_say(house, code, fields, sentence):
    review = revealed(house)

    with pytest.raises(Refused, match=sentence):
        decide(review, house, code, **fields)
    assert not Decision.objects.exists()


def test_conditions_are_created_with_their_owner_told_at_once(house):
    review = revealed(house)

    decide(review, house, "GO_COND", conditions=[condition(house)])

    row = Condition.objects.get(review=review)
    assert (row.number, row.state, row.original_due_on) == (1, "open", row.due_on)
    assert OutboxMessage.objects.filter(
        dedupe_key=f"condition:{row.pk}:{house.core_member.pk}"
    ).exists()


def test_an_owner_does_not_verify_their_own_condition(house):
    review = revealed(house)

    with pytest.raises(Refused, match="owner does not verify"):
        decide(review, house, "GO_COND", conditions=[condition(house, verifier=house.core_member)])


def test_a_precedent_condition_keeps_the_phase_until_it_is_met(house):
    review = revealed(house)
    decide(review, house, "GO_COND", conditions=[condition(house, kind="precedent")])
    house.product.refresh_from_db()
    assert house.product.phase.code == "PLAN"

    Condition.objects.filter(review=review).update(state="verified", settled_on=today())
    review.refresh_from_db()

    assert effects.advance(review)
    house.product.refresh_from_db()
    assert house.product.phase.code == "DEVELOP"


def test_a_red_must_blocks_go_until_two_people_waive_it(house):
    review = house.review(stage=Stage.LOCKED)
    red = review.criteria.filter(weight="must").first()
    red.state, red.comment = "not_met", "Trace 93 %"
    red.save()
    waiver = waivers.ask(
        red, reason="Closes by January", expires_on=today() + timedelta(days=40), by=house.lpdt
    )
    Review.objects.filter(pk=review.pk).update(stage=Stage.REVEALED, revealed_at=timezone.now())
    review.refresh_from_db()
    go = outcome(review, "GO")
    assert f"{red.code} is a must and not met." in decisions.blockers(review, go)

    waivers.sign(waiver, by=house.chair)
    assert f"{red.code} is a must and not met." in decisions.blockers(review, go)
    with pytest.raises(Refused, match="no line left"):
        waivers.sign(waiver, by=house.chair)
    with pytest.raises(Refused, match="does not sign it"):
        waivers.sign(waiver, by=house.lpdt)
    waivers.sign(waiver, by=red.function.head)

    assert f"{red.code} is a must and not met." not in decisions.blockers(review, go)
    assert f"{red.code} is a must and not met." not in decisions.blockers(
        review, outcome(review, "NO_GO")
    )


def test_without_quorum_or_finance_nothing_is_decided(house):
    review = revealed(house)
    Presence.objects.filter(person__in=[house.finance, house.member]).delete()

    with pytest.raises(Refused, match=r"No quorum: 2 of 4.*Not present: FIN"):
        decide(review, house, "GO")


def test_sealed_votes_are_not_decided_on(house):
    review = house.review(stage=Stage.FIRST_VOTE)

    with pytest.raises(Refused, match="still sealed"):
        decide(review, house, "GO")


def test_a_decision_is_never_edited_only_superseded(house):
    decision = decide(revealed(house), house, "GO")

    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(rationale="Other"),
        lambda: decision.delete(),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: BudgetMovement.objects.update(amount=1),
        lambda: decision.review.criteria.update(comment="Later"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    new = decisions.correct(
        decision,
        by=house.chair,
        reason="The amount's currency was named wrongly in the text.",
        rationale=decision.rationale + " The amount is in euro.",
    )
    decision.refresh_from_db()
    assert (new.supersedes, decision.superseded_at is None) == (decision, False)
    assert new.ledger_sequence > decision.ledger_sequence
    with pytest.raises(Refused, match="corrected already"):
        decisions.correct(decision, by=house.chair, reason="Once more, please", rationale="x" * 80)


def test_a_deferred_meeting_is_recorded_and_votes_anew(house):
    review = revealed(house)

    row = decisions.defer(
        review,
        by=house.secretary,
        seen_version=review.version,
        why="no_decision",
        note="",
        moved_to=today() + timedelta(days=7),
    )

    review.refresh_from_db()
    assert (review.stage, review.planned_on) == (Stage.LOCKED, row.moved_to)
    assert review.votes.count() == 4
    assert review.votes.standing().count() == 0


def test_the_ledger_names_a_changed_and_a_missing_entry(house):
    from django.db import connection

    decide(revealed(house), house, "GO")
    ledger.record(kind="note", subject="x", body={"a": 1})
    last = LedgerEntry.objects.last()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE kernel_ledgerentry SET body = '{}' WHERE sequence = %s", [last.sequence]
        )
        assert ledger.verify() == [f"Entry {last.sequence} was changed after it was written."]
        cursor.execute("DELETE FROM kernel_ledgerentry WHERE sequence = %s", [last.sequence])
    checkpoint = {"sequence": last.sequence, "hash": last.hash}
    assert ledger.verify(checkpoint) == [
        f"The checkpoint at entry {last.sequence} is not in the chain."
    ]
