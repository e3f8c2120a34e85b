"""The contract: drafted by the team, signed by a gate's decision, and kept from then on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from ipd.actions import contracts
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import LedgerEntry, Notice
from ipd.models import Contract
from ipd.queries import contracts as queries
from tests.factories.contracts import CaseFactory, ContractFactory
from tests.gates.helpers import decide, revealed

pytestmark = pytest.mark.django_db


def url(house, noun="", *more):
    return reverse(f"ipd:contract{noun}", args=[house.product.pk, *more])


def measure(key, product):
    return (
        MEASURES[key].compute([product.pk], today() - timedelta(days=365), today()).get(product.pk)
    )


def test_a_draft_proposes_what_the_case_says(house, as_person):
    CaseFactory(product=house.product)

    assert as_person(house.lpdt).post(url(house, "-draft")).status_code == 302

    draft = Contract.objects.get(product=house.product)
    promised = {element.code: element.promised for element in draft.elements.all()}
    assert (draft.is_draft, draft.version, draft.drafted_by) == (True, 1, house.lpdt)
    assert round(promised["NPV"] / 1_000_000, 2) == Decimal("3.28")
    assert (promised["UNIT_COST"], promised["MARGIN"]) == (1000, 50)


def test_there_is_one_draft_and_none_beside_a_contract(house):
    contracts.begin(house.product, by=house.lpdt)

    with pytest.raises(Refused, match="draft already"):
        contracts.begin(house.product, by=house.lpdt)
    contracts.sign(house.product, decision="PDCP", by=house.chair)
    with pytest.raises(Refused, match="change request"):
        contracts.begin(house.product, by=house.lpdt)


def test_the_draft_is_edited_on_its_page(house, as_person):
    promised = {"NPV": Decimal("3283979.8144"), "MARGIN": Decimal("57.5269")}
    draft = ContractFactory(product=house.product, draft=True, promised=promised)
    client, day = as_person(house.lpdt), add_working_days(today(), 200)
    page = client.get(url(house, "-draft"))
    data = {name: field.value() for name, field in _fields(page.context["form"])}
    data |= {"promised-GA": day.isoformat(), "promised-RD_COST": "9600000"}

    assert client.post(url(house, "-draft"), data).status_code == 302

    draft.refresh_from_db()
    assert (draft.ga_on, draft.revision) == (day, 2)
    assert draft.elements.get(code="RD_COST").promised == 9_600_000


def _fields(form):
    return [(field.html_name, field) for field in form]


def test_a_promise_that_is_no_figure_is_shown_again(house, as_person):
    ContractFactory(product=house.product, draft=True)
    client = as_person(house.lpdt)
    page = client.get(url(house, "-draft"))
    data = {name: field.value() for name, field in _fields(page.context["form"])}

    answer = client.post(url(house, "-draft"), data | {"promised-RD_COST": "much"})

    assertContains(answer, "Enter a number", status_code=422)


def test_two_who_write_a_draft_do_not_overwrite_each_other(house):
    draft = ContractFactory(product=house.product, draft=True)
    given = {"promised": {"SCOPE": Decimal(41)}, "reason": "", "by": house.lpdt}
    contracts.propose(draft, **given, seen_revision=1)

    with pytest.raises(Stale):
        contracts.propose(draft, **given, seen_revision=1)


def test_a_draft_can_be_given_up(house, as_person):
    draft = ContractFactory(product=house.product, draft=True)

    as_person(house.lpdt).post(url(house, "-draft-removal"), {"version": draft.revision})

    assert not Contract.objects.filter(product=house.product).exists()


def test_the_go_of_the_gate_signs_the_draft(house):
    draft = ContractFactory(product=house.product, draft=True)
    review = revealed(house)

    decide(review, house, "GO")

    draft.refresh_from_db()
    house.product.refresh_from_db()
    assert (draft.is_current, draft.signed_by, draft.signed_on) == (True, house.chair, today())
    assert draft.decision.startswith("PDCP, decision")
    assert house.product.ga_on == draft.ga_on
    assert queries.ga_dates([house.product.pk]) == {house.product.pk: draft.ga_on}
    entry = LedgerEntry.objects.get(kind="contract signed")
    assert entry.body["promised"]["SCOPE"] == "40.0000"
    assert Notice.objects.filter(person=house.core_member, text__contains="is signed").exists()
    assert measure("contract_signed", house.product).numerator == 1


def test_another_outcome_signs_nothing(house):
    draft = ContractFactory(product=house.product, draft=True)
    review = revealed(house)

    decide(
        review,
        house,
        "REDIRECT",
        reason_code=review.gate.chain.process.reason_codes.first(),
        changes_asked="A second source.",
        override_rationale="The supply risk that came up today outweighs the case presented.",
    )

    draft.refresh_from_db()
    assert draft.is_draft


def test_until_the_first_is_signed_the_draft_s_date_is_held_against_the_plan(house):
    draft = ContractFactory(product=house.product, draft=True)
    assert queries.ga_dates([house.product.pk]) == {house.product.pk: draft.ga_on}


def test_without_a_draft_a_go_signs_nothing(house):
    decide(revealed(house), house, "GO")

    assert not Contract.objects.exists()


def test_a_stop_ends_the_contract(house):
    contract = ContractFactory(product=house.product)
    contracts.end(house.product, decision="IDCP", by=house.chair)

    contract.refresh_from_db()
    assert (contract.is_current, contract.ended_on) == (False, today())
    assert queries.ga_dates([house.product.pk]) == {}
    assert LedgerEntry.objects.filter(kind="contract ended").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda contract: Contract.objects.filter(pk=contract.pk).update(reason="Another"),
        lambda contract: Contract.objects.filter(pk=contract.pk).update(ga_on=date(2030, 1, 1)),
        lambda contract: contract.delete(),
        lambda contract: contract.elements.update(promised=1),
        lambda contract: contract.elements.first().delete(),
    ],
)
def test_what_is_signed_is_kept_by_the_database(house, change):
    contract = ContractFactory(product=house.product)

    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        change(contract)
