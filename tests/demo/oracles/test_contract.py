"""The demonstration's contracts and business cases tell the figures they were written to tell."""

from datetime import date
from decimal import Decimal

import pytest

from ipd.kernel.measures import MEASURES
from ipd.models import BusinessCase, Contract, ContractStanding, Estimate, FinalAccount, Product
from ipd.models.cases import Scenario
from ipd.queries import cases, contracts

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
MILLION = Decimal(1_000_000)


def product(code):
    return Product.objects.get(code=code)


def versions(code):
    return cases.figures(product(code).cases.order_by("version"))


def reading(key, code):
    pk = product(code).pk
    return MEASURES[key].compute([pk], date(2025, 11, 23), DAY).get(pk)


def test_net_present_value_of_p01_from_version_to_version():
    worth = [round(found.npv() / MILLION, 2) for found in versions("P01")]

    assert worth == [Decimal(text) for text in ("9.10", "6.20", "3.00", "-1.40", "-3.90")]
    assert [found.case.gate for found in versions("P01")] == [
        *("CDCP", "PDCP", "PCR-1", "PCR-2", "PCR-3")
    ]
    # The draft of PCR-3 is not the product's case yet.
    assert round(reading("case_npv", "P01").numerator / MILLION, 2) == Decimal("-1.40")


def test_business_case_of_p04():
    found = versions("P04")[-1]
    base, downside = found.base, found.scenarios[Scenario.DOWNSIDE]

    assert round(base.npv / MILLION, 2) == Decimal("3.28")
    assert round(100 * base.irr.rate, 1) == Decimal("24.5")
    assert round(base.payback, 2) == Decimal("3.84")
    assert round(base.discounted_payback, 2) == Decimal("4.44")
    assert round(base.roi, 2) == Decimal("1.04")
    assert round(base.profitability, 2) == Decimal("1.41")
    assert round(downside.npv / MILLION, 2) == Decimal("-0.96")
    assert round(100 * downside.irr.rate, 1) == Decimal("8.3")
    assert found.is_delay_computed
    assert round(found.npv(Scenario.DELAY) / MILLION, 2) == Decimal("1.18")


def test_the_measures_of_p04_are_those_of_its_case():
    assert round(reading("case_npv", "P04").numerator / MILLION, 2) == Decimal("3.28")
    assert round(100 * reading("case_irr", "P04").ratio, 1) == Decimal("24.5")
    assert reading("case_downside_shown", "P04").numerator == 3


def test_general_availability_of_p01_moved_twice():
    found = product("P01").contracts.order_by("version")

    assert [(row.version, row.ga_on, row.signed_on) for row in found] == [
        (1, date(2026, 9, 30), date(2025, 1, 30)),
        (2, date(2026, 12, 18), date(2026, 1, 15)),
        (3, date(2027, 2, 26), date(2026, 7, 30)),
    ]
    assert [row.change.number for row in found[1:]] == [1, 2]


def test_current_contracts():
    codes = ["P01", "P03", "P05", "P09", "P10"]
    ids = dict(Product.objects.filter(code__in=codes).values_list("code", "pk"))

    assert contracts.ga_dates(ids.values()) == {
        ids["P01"]: date(2027, 2, 26),
        ids["P03"]: date(2027, 6, 1),
        ids["P05"]: date(2027, 8, 30),
        ids["P09"]: date(2026, 10, 5),
        ids["P10"]: date(2027, 3, 1),
    }
    assert not Contract.objects.current().filter(product__code="P07").exists()
    draft = Contract.objects.drafted().get()
    assert (draft.product.code, draft.ga_on) == ("P04", date(2028, 3, 1))
    assert draft.elements.get(code="RD_COST").promised == Decimal("9600000")


def test_p01_misses_its_original_contract_by_more_than_its_current_one():
    [now], [first] = (
        list(found([product("P01").pk]).values())
        for found in (contracts.current, contracts.original)
    )
    missed = {
        which.version: which.elements.get(code="NPV").missed(Decimal("-1.4") * MILLION) / MILLION
        for which in (now, first)
    }

    assert {version: round(value, 2) for version, value in missed.items()} == {
        3: Decimal("0.00"),
        1: Decimal("7.60"),
    }
    budgets = [which.elements.get(code="RD_COST").promised / MILLION for which in (first, now)]
    assert budgets == [Decimal("14.8"), Decimal("17.2")]


def test_what_came_in_broken_calls_nobody():
    broken = ContractStanding.objects.filter(standing="broken")

    assert broken.filter(product__code="P01", code="DEFECTS").exists()
    assert not broken.filter(asked_for=None).exists()
    assert not product("P05").reviews.open().filter(gate__unplanned=True).exists()


def test_third_request_of_p01_is_a_draft_that_only_a_gate_will_decide():
    third = product("P01").changes.get(number=3)

    assert (third.state, third.case_after.gate) == ("draft", "PCR-3")
    assert [row.number for row in product("P01").changes.filter(needs_gate=True)] == [1, 2]


def test_the_four_calculations_of_a_stopped_product():
    account = FinalAccount.objects.get(product__code="P07")

    assert (account.budget, account.actual) == (10 * MILLION, Decimal("4.9") * MILLION)
    assert Estimate.objects.filter(product__code="P04").count() == 2


def test_accepted_cases_name_who_accepted_them():
    accepted = BusinessCase.objects.filter(state="accepted")

    assert not accepted.filter(accepted_by=None).exists()
    assert BusinessCase.objects.filter(state="draft").get().product.code == "P01"
