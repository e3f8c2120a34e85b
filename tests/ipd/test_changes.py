"""Plan change requests: classed by what they do, submitted, assessed by the functions."""

import pytest
from django.urls import reverse

from gates.models import Review
from ipd.actions import changes
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import Notice
from ipd.models import Contract
from tests.factories.contracts import ContractFactory
from tests.ipd.changing import assessed, dated, late, request, submit

pytestmark = pytest.mark.django_db
FUNCTIONS = ("PM", "QA", "RD")


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
