"""Plan change requests: classed by what they do, assessed, and decided by who may."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Review
from ipd.actions import change_decisions, changes, contracts
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import LedgerEntry, Notice
from ipd.models import BudgetMovement, ChangeRequest, Contract
from teams.models import Person
from tests.factories.contracts import CaseFactory, ChangeFactory, ContractFactory, ordinal
from tests.gates.helpers import decide as decide_review
from tests.gates.helpers import revealed

pytestmark = pytest.mark.django_db
FUNCTIONS = ("PM", "QA", "RD")


@pytest.fixture
def contract(house):
    return ContractFactory(product=house.product)


@pytest.fixture
def after(house):
    """The business case as it would be."""
    CaseFactory(product=house.product)
    return CaseFactory(product=house.product, state="draft", by=house.lpdt)


def request(house, moves=None, **fields):
    fields.setdefault("requester", house.lpdt)
    return ChangeFactory(product=house.product, moves=moves, **fields)


def submit(change):
    return changes.submit(change, by=change.requester, seen_version=change.version)


def assessed(change, house):
    by = {"PM": house.lpdt, "QA": house.pqa, "RD": house.core_member}
    for one in list(change.assessments.select_related("function")):
        change = changes.assess(
            change,
            function=one.function,
            opinion="supports",
            effect="",
            by=by[one.function.code],
            seen_version=change.version,
        )
    return change


def accept(change, by, verdict="accepted"):
    return change_decisions.decide(
        change, verdict=verdict, note="It holds.", by=by, seen_version=change.version
    )


def late(contract, days):
    return {"GA": ordinal(add_working_days(contract.ga_on, days))}


def dated():
    return {"p50_after": today(), "p80_after": today()}


# The class --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "fields", "letter", "needs_gate"),
    [
        ({"UNIT_COST": 1030}, {}, "C", False),
        ({"UNIT_COST": 1031}, {}, "B", False),
        ({"UNIT_COST": 1059}, {}, "B", False),
        ({"UNIT_COST": 1060}, {}, "B", True),
        ({"UNIT_COST": 900}, {}, "C", False),
        ({"SCOPE": 39}, {}, "B", True),
        ({"UNIT_COST": 1001}, {"changes_scope": True}, "B", False),
        ({"UNIT_COST": 1001}, {"changes_architecture": True}, "A", True),
        ({}, {"changes_segment": True}, "A", True),
        ({}, {"changes_core_value": True}, "A", True),
    ],
)
def test_the_class_follows_from_the_tolerances_and_the_questions(
    house, contract, after, moves, fields, letter, needs_gate
):
    change = submit(request(house, moves, case_after=after, **fields))

    assert (change.change_class, change.needs_gate) == (letter, needs_gate)
    assert Review.objects.filter(gate__unplanned=True).exists() == needs_gate


@pytest.mark.parametrize(("days", "letter"), [(10, "C"), (11, "B")])
def test_a_date_is_classed_by_working_days(house, contract, after, days, letter):
    change = submit(request(house, late(contract, days), case_after=after, **dated()))

    assert change.change_class == letter


def test_the_third_request_of_class_b_on_a_promise_goes_to_a_gate(house, contract, after):
    for _number in range(2):
        request(
            house,
            {"UNIT_COST": 1040},
            state="decided",
            change_class="B",
            verdict="accepted",
            decided_by=house.chair,
            decided_on=today(),
        )

    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    assert (change.change_class, change.needs_gate) == ("B", True)
    assert Review.objects.get(gate__unplanned=True).reason.startswith("PCR-3, class B")


def test_rejected_requests_do_not_count(house, contract, after):
    for _number in range(2):
        request(
            house,
            {"UNIT_COST": 1040},
            state="decided",
            change_class="B",
            verdict="rejected",
            decided_by=house.chair,
            decided_on=today(),
        )

    assert not submit(request(house, {"UNIT_COST": 1040}, case_after=after)).needs_gate


# Submitting -------------------------------------------------------------------------------


def test_submitting_asks_every_core_function(house, contract, after):
    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    asked = change.assessments.values_list("function__code", flat=True)
    assert tuple(sorted(asked)) == FUNCTIONS
    assert Notice.objects.filter(person=house.core_member, needs_action=True).exists()


@pytest.mark.parametrize(
    ("moves", "fields", "said"),
    [
        ({}, {}, "Nothing would change"),
        ({"GA": 800000}, {}, "new P50 and P80"),
        ({"UNIT_COST": 1040}, {"do_nothing": ""}, "if nothing is done"),
        ({"UNIT_COST": 1040}, {"case_after": None}, "business case"),
    ],
)
def test_what_is_missing_is_said(house, contract, after, moves, fields, said):
    with pytest.raises(Refused, match=said):
        submit(request(house, moves, **{"case_after": after, **fields}))


def test_one_change_of_the_contract_at_a_time(house, contract, after):
    submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    with pytest.raises(Refused, match="one change of the contract at a time"):
        submit(request(house, {"UNIT_COST": 1045}, case_after=after))
    assert submit(request(house, {"UNIT_COST": 1010})).change_class == "C"


def test_a_request_that_the_contract_has_overtaken_is_not_submitted(house, contract, after):
    change = request(house, {"UNIT_COST": 1040}, case_after=after)
    Contract.objects.current().update(is_current=False, ended_on=today())
    ContractFactory(product=house.product, promised={"UNIT_COST": 1010})

    with pytest.raises(Refused, match="has changed since"):
        submit(change)


def test_only_its_requester_submits_and_withdraws(house, contract, after):
    change = request(house, {"UNIT_COST": 1040}, case_after=after)

    for act in (changes.submit, changes.withdraw):
        with pytest.raises(Refused, match="Only its requester"):
            act(change, by=house.pqa, seen_version=change.version)
    assert changes.withdraw(change, by=house.lpdt, seen_version=1).state == "withdrawn"


# Assessing --------------------------------------------------------------------------------


def test_when_every_function_has_spoken_it_is_ready(house, contract, after):
    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    change = assessed(change, house)

    assert change.state == "assessed"
    assert Notice.objects.filter(person=house.chair, text__contains="ready to decide").exists()


def test_an_objection_says_what_it_is_about(house, contract, after):
    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))

    with pytest.raises(Refused, match="Say what the change does"):
        changes.assess(
            change,
            function=house.pqa.function,
            opinion="objects",
            effect=" ",
            by=house.pqa,
            seen_version=change.version,
        )


def test_each_speaks_for_the_own_function(house, contract, after, as_person):
    change = submit(request(house, {"UNIT_COST": 1040}, case_after=after))
    url = reverse("ipd:change-assessment", args=[change.pk])
    said = {"opinion": "supports", "version": change.version}

    own = as_person(house.core_member).post(url, said | {"function": house.core_member.function_id})
    other = as_person(house.pqa).post(
        url, said | {"function": house.lpdt.function_id, "version": change.version + 1}
    )
    nobody = as_person(house.chair).post(url, said | {"function": house.pqa.function_id})

    assert (own.status_code, other.status_code, nobody.status_code) == (302, 422, 403)
    assert list(change.assessments.exclude(opinion="").values_list("by", flat=True)) == [
        house.core_member.pk
    ]


# Deciding ---------------------------------------------------------------------------------


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
        try:
            return accept(change, chair, "accepted" if number % 2 else "rejected")
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(sign, range(8)))

    assert sum(not isinstance(answer, Refused) for answer in answers) == 1
    assert LedgerEntry.objects.filter(kind="change decided").count() == 1
    assert Contract.objects.current().count() == 1


# Pages ------------------------------------------------------------------------------------


def test_a_request_is_drafted_and_edited_on_its_page(house, contract, as_person):
    client = as_person(house.lpdt)
    url = reverse("ipd:change-new", args=[house.product.pk])
    said = {"title": "Dearer engine", "trigger": "The supplier.", "reason": "supply"}

    assert client.post(url, said | {"after-UNIT_COST": "1040"}).status_code == 302
    change = ChangeRequest.objects.get()
    assert [(e.code, e.before, e.after) for e in change.elements.all()] == [
        ("UNIT_COST", 1000, 1040)
    ]
    edit = reverse("ipd:change-edit", args=[change.pk])
    said |= {"after-UNIT_COST": "", "after-DEFECTS": "1", "version": change.version}
    assert client.post(edit, said).status_code == 302
    assert [e.code for e in change.elements.all()] == ["DEFECTS"]
    assert client.post(url, {"title": ""}).status_code == 422
    assertContains(client.get(edit), "Dearer engine")
    assert as_person(house.pqa).get(edit).status_code == 403


def test_without_a_contract_there_is_nothing_to_change(house, as_person):
    url = reverse("ipd:change-new", args=[house.product.pk])

    assertContains(as_person(house.lpdt).get(url), "no signed contract", status_code=409)


def test_a_draft_shows_the_class_it_would_have(house, contract, after, as_person):
    change = request(house, {"UNIT_COST": 1100}, case_after=after)

    page = as_person(house.lpdt).get(change.get_absolute_url())

    assertContains(page, "B: a tolerance is exceeded")
    assertContains(page, "Unit cost at volume: twice the tolerance or more")


def test_without_the_grant_no_amount_of_a_request_is_shown(house, contract, as_person):
    case = CaseFactory(product=house.product)
    change = request(house, {"RD_COST": 31_337_773}, case_before=case)

    page = as_person(house.core_member).get(change.get_absolute_url())
    assertContains(page, "restricted")
    assertNotContains(page, "31,337")
    assertNotContains(page, "3,283")
    new = as_person(house.core_member).get(reverse("ipd:change-new", args=[house.product.pk]))
    assertNotContains(new, "after-RD_COST")
    assertNotContains(new, "10,000,000")


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_page_cost_the_same_however_many(
    house, contract, after, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    rows = [request(house, {"UNIT_COST": 1010, "RD_COST": 10_000_001}) for _ in range(count)]
    client = as_person(house.lpdt)
    change = submit(rows[0])
    urls = [
        reverse("ipd:change-list", args=[house.product.pk]),
        change.get_absolute_url(),
        reverse("ipd:change-new", args=[house.product.pk]),
        *(row.get_absolute_url() for row in rows[1:2]),
    ]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_requests_of_a_confidential_product_are_not_there(house, as_person):
    contract = ContractFactory(product=house.confidential_product)
    change = ChangeFactory(product=contract.product, moves={"SCOPE": 1})
    client = as_person(house.chair)

    assert client.get(change.get_absolute_url()).status_code == 404
    for noun in ("edit", "submission", "withdrawal", "assessment", "decision"):
        url = reverse(f"ipd:change-{noun}", args=[change.pk])
        assert client.post(url, {"version": 1}).status_code == 404
