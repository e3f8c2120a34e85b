"""Deciding a change request: who may, what it signs, what it leaves as it is."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gates.models import Review
from ipd.actions import contracts
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import LedgerEntry, Notice
from ipd.models import BudgetMovement, ChangeRequest, Contract
from teams.models import Person
from tests.factories.contracts import CaseFactory, ContractFactory
from tests.gates.helpers import decide as decide_review
from tests.gates.helpers import revealed
from tests.ipd.changing import accept, assessed, dated, late, request, submit
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db


def test_accepted_it_signs_the_next_version_and_moves_the_budget(house, contract, after):
    moves = {"RD_COST": 10_600_000, **late(contract, 11)}
    change = submit(request(house, moves, case_after=after, **dated()))

    accept(assessed(change, house), house.chair)

    change = ChangeRequest.objects.get(pk=change.pk)
    contract.refresh_from_db()
    new = Contract.objects.current().get(product=house.product)
    after.refresh_from_db()
    assert (new.version, change.contract, contract.ended_on) == (2, new, today())
    assert new.ga_on == add_working_days(contract.ga_on, 11)
    assert new.elements.get(code="RD_COST").promised == 10_600_000
    assert new.elements.get(code="SCOPE").promised == 40
    movement = BudgetMovement.objects.get(product=house.product)
    assert (movement.kind, movement.amount) == ("change", Decimal(600_000))
    assert movement.reference == "PCR-1"
    assert (after.state, after.accepted_by) == ("accepted", house.chair)
    entries = LedgerEntry.objects.exclude(kind="process").order_by("sequence")
    kinds = entries.values_list("kind", flat=True)
    assert list(kinds) == [
        *("contract signed", "budget moved", "business case accepted", "change decided")
    ]
    assert Notice.objects.filter(person=house.lpdt, text__endswith="Accepted").exists()


def test_in_class_c_it_is_logged_only(house, contract):
    change = submit(request(house, {"UNIT_COST": 1010}, requester=house.pqa))

    accept(assessed(change, house), house.lpdt)

    assert Contract.objects.filter(product=house.product).count() == 1
    assert not BudgetMovement.objects.exists()
    assert LedgerEntry.objects.get(kind="change decided").body["class"] == "C"


def test_rejected_it_changes_nothing(house, contract, after):
    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    accept(assessed(change, house), house.chair, "rejected")

    after.refresh_from_db()
    assert Contract.objects.current().get() == contract
    assert after.is_draft


def test_nobody_decides_their_own_request(house, contract):
    change = assessed(submit(request(house, {"UNIT_COST": 1010})), house)

    with pytest.raises(Refused, match="their own"):
        accept(change, house.lpdt)
    with pytest.raises(IntegrityError, match="nobody_decides"), transaction.atomic():
        ChangeRequest.objects.filter(pk=change.pk).update(
            state="decided", verdict="accepted", decided_by=house.lpdt, decided_on=today()
        )


def test_it_is_not_decided_before_it_is_assessed_nor_on_a_stale_page(house, contract):
    change = submit(request(house, {"UNIT_COST": 1010}))

    with pytest.raises(Refused, match="Not every function"):
        accept(change, house.chair)
    assessed(change, house)
    with pytest.raises(Stale):
        accept(change, house.chair)


def test_what_needs_a_gate_is_decided_by_its_go(house, contract, after):
    change = submit(request(house, {"UNIT_COST": 1100}, case_after=after))
    with pytest.raises(Refused, match="Only an unplanned gate"):
        accept(assessed(change, house), house.chair)

    # The meeting that was booked is held: the same gate, with its votes open.
    Review.objects.filter(gate__unplanned=True).update(stage="withdrawn")
    decide_review(revealed(house, at="IDCP", attempt=2), house, "GO")

    change.refresh_from_db()
    assert (change.verdict, change.decided_by) == ("accepted", house.chair)
    assert change.decision.startswith("IDCP, decision")
    assert Contract.objects.current().get().elements.get(code="UNIT_COST").promised == 1100


def test_a_stop_rejects_what_waits_and_withdraws_drafts(house, contract, after):
    waiting = submit(request(house, {"UNIT_COST": 1100}, case_after=after))
    drafted = request(house, {"UNIT_COST": 1001})

    contracts.end(house.product, decision="IDCP", by=house.chair)

    waiting.refresh_from_db()
    drafted.refresh_from_db()
    assert (waiting.verdict, drafted.state) == ("rejected", "withdrawn")


@pytest.mark.parametrize(
    ("letter", "who", "status"),
    [
        ("C", "lpdt", 302),
        ("C", "chair", 302),
        ("B", "chair", 302),
        ("B", "lpdt", 403),
        ("B", "member", 403),
        ("C", "core_member", 403),
        ("C", "outsider", 403),
    ],
)
def test_who_decides_which_class(house, contract, after, as_person, letter, who, status):
    cost = 1010 if letter == "C" else 1040
    change = submit(request(house, {"UNIT_COST": cost}, requester=house.pqa, case_after=after))
    change = assessed(change, house)

    answer = as_person(getattr(house, who)).post(
        reverse("ipd:change-decision", args=[change.pk]),
        {"verdict": "accepted", "note": "It holds.", "version": change.version},
    )

    assert answer.status_code == status
    change.refresh_from_db()
    assert (change.state == "decided") == (status == 302)


def test_what_is_decided_is_kept_by_the_database(house, contract):
    change = submit(request(house, {"UNIT_COST": 1010}, requester=house.pqa))
    accept(assessed(change, house), house.lpdt)

    for attempt in (
        lambda: ChangeRequest.objects.filter(pk=change.pk).update(title="Another"),
        lambda: change.elements.update(after=1),
        lambda: change.assessments.update(effect="Another"),
    ):
        with pytest.raises(IntegrityError, match="decided"), transaction.atomic():
            attempt()


@pytest.mark.django_db(transaction=True)
def test_two_chairs_at_once_sign_one_version(house):
    ContractFactory(product=house.product)
    CaseFactory(product=house.product)
    after = CaseFactory(product=house.product, state="draft", by=house.lpdt)
    change = assessed(submit(request(house, {"UNIT_COST": 1040}, case_after=after)), house)
    chair = Person.objects.get(pk=house.chair.pk)

    def sign(number):
        return accept(change, chair, "accepted" if number % 2 else "rejected")

    done, _refused = at_once(by_hands(sign), refusals=Refused)

    assert len(done) == 1
    assert LedgerEntry.objects.filter(kind="change decided").count() == 1
    assert Contract.objects.current().count() == 1
