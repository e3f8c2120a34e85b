"""The demonstration company's money tells the numbers of its story, at the end of October 2026."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum

from ipd.calculations.earned_value import total
from ipd.kernel.measures import MEASURES
from ipd.models import BudgetAllocation, Commitment, Product
from ipd.queries import budgets, earned_value, money_facts, spending

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
CLOSED = date(2026, 10, 31)
MILLION = Decimal(1_000_000)
# product: BAC now, PV, EV, AC, CPI, SPI, EAC, VAC, cost of the last twelve months
TABLE = {
    "P01": ("17.2", "16.1", "13.6", "17.4", "0.782", "0.845", "22.01", "-4.81", "6.9"),
    "P03": ("11.4", "6.2", "6.1", "6.0", "1.017", "0.984", "11.21", "0.19", "4.1"),
    "P04": ("9.6", "1.3", "1.3", "1.2", "1.083", "1.000", "8.86", "0.74", "1.2"),
    "P05": ("12.8", "5.4", "4.6", "5.3", "0.868", "0.852", "14.75", "-1.95", "4.6"),
    "P08": ("8.2", "0.6", "0.5", "0.5", "1.000", "0.833", "8.20", "0.00", "0.5"),
    "P09": ("6.3", "6.2", "6.2", "6.4", "0.969", "1.000", "6.50", "-0.20", "2.2"),
    "P10": ("3.9", "2.9", "3.0", "2.8", "1.071", "1.034", "3.64", "0.26", "2.0"),
}


def ids(*codes):
    rows = Product.objects.filter(code__in=codes) if codes else Product.objects.all()
    return dict(rows.values_list("code", "pk"))


def measured(key, *codes, day=DAY):
    """The figure of a set, in the measure's unit."""
    one = MEASURES[key]
    return one.figure(one.of(list(ids(*codes).values()), day, day))


def in_millions(amount):
    return amount / MILLION


def test_the_parts_make_their_movements():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("code", TABLE)
def test_earned_value_of_each_product(code):
    pk = ids(code)[code]
    found = earned_value.of([pk], DAY)[pk]
    bac, pv, ev, ac, cpi, spi, eac, vac, _year = map(Decimal, TABLE[code])

    assert [in_millions(x) for x in (found.bac, found.pv, found.ev, found.ac)] == [bac, pv, ev, ac]
    assert (round(found.cpi, 3), round(found.spi, 3)) == (cpi, spi)
    assert round(in_millions(found.eac), 2) == eac
    assert round(in_millions(found.vac), 2) == vac
    assert found.is_exhausted == (code in {"P01", "P09"})


def test_the_portfolio_is_a_ratio_of_sums():
    whole = total(earned_value.of(ids().values(), DAY).values())

    assert [in_millions(x) for x in (whole.ev, whole.ac, whole.pv)] == [
        Decimal("35.3"),
        Decimal("39.6"),
        Decimal("38.7"),
    ]
    assert (round(whole.cpi, 3), round(whole.spi, 3)) == (Decimal("0.891"), Decimal("0.912"))
    assert round(measured("cpi"), 3) == Decimal("0.891")
    assert round(measured("spi"), 3) == Decimal("0.912")


def test_the_figures_are_of_the_last_closed_month():
    assert earned_value.status_day(DAY) == CLOSED


def test_development_cost_of_twelve_months():
    spent = spending.over_months(ids().values(), CLOSED, months=12)
    codes = {pk: code for code, pk in ids().items()}
    by_code = {codes[pk]: in_millions(amount) for pk, amount in spent.items()}

    assert sum(by_code.values()) == Decimal("26.1")
    for code, row in TABLE.items():
        assert by_code[code] == Decimal(row[-1])
    others = {"P02": "0.4", "P06": "1.9", "P07": "1.9", "P11": "0.3", "P12": "0.1"}
    assert {code: by_code[code] for code in others} == {
        code: Decimal(amount) for code, amount in others.items()
    }


def test_what_was_spent_on_a_product_that_was_stopped_after_its_contract():
    merlin = ids("P07")["P07"]
    year = sum(spending.over_months(ids().values(), CLOSED, months=12).values())
    before = money_facts.totals([merlin], last=date(2025, 9, 30))[merlin].actual
    after = money_facts.totals([merlin])[merlin].actual - before

    assert in_millions(before + after) == Decimal("4.9")
    assert in_millions(after) == Decimal("2.3")
    assert round(100 * after / year, 1) == Decimal("8.8")
    spent_in_year = spending.over_months([merlin], CLOSED, months=12)[merlin]
    assert round(100 * spent_in_year / year, 1) == Decimal("7.3")


def test_borealis_deviates_from_its_original_plan_and_its_present_one():
    assert round(measured("cost_deviation_original", "P01"), 1) == Decimal("21.7")
    assert round(measured("cost_deviation_current", "P01"), 1) == Decimal("8.1")


def test_the_reserve_of_borealis_is_gone():
    borealis = ids("P01")["P01"]
    reserve = budgets.reserves([borealis])[borealis]
    draws = Product.objects.get(pk=borealis).movements.filter(kind="reserve")

    assert round(in_millions(reserve.size), 2) == Decimal("0.89")
    assert in_millions(reserve.drawn) == Decimal("0.85")
    assert draws.count() == 3
    assert round(measured("reserve_drawn", "P01")) == 96


def test_prototypes_of_borealis_are_over_their_line():
    found = money_facts.grouped([ids("P01")["P01"]], ("cost_type",))
    line = found["nre",]

    assert round(100 * line.actual / line.budget) == 138


def test_open_commitments():
    open_ = {
        code: in_millions(money_facts.totals([pk])[pk].committed)
        for code, pk in ids("P01", "P03", "P05", "P09").items()
    }

    assert open_ == {
        "P01": Decimal("1.1"),
        "P05": Decimal("0.4"),
        "P03": Decimal("0.6"),
        "P09": Decimal(0),
    }
    assert Commitment.objects.filter(closed_on=None).count() == 6


def test_shares_of_the_first_budget():
    parts = BudgetAllocation.objects.filter(
        movement__product__code="P03", movement__kind="initial"
    ).values_list("cost_type")
    sums = dict(parts.annotate(sum=Sum("amount")).order_by())
    whole = sum(sums.values())

    assert {cost: round(100 * amount / whole) for cost, amount in sums.items()} == {
        "labour": 58,
        "nre": 14,
        "test": 9,
        "tooling": 6,
        "launch": 4,
        "service": 3,
        "reserve": 6,
    }


def test_no_currency_lacks_its_rate():
    for sums in money_facts.totals(ids().values()).values():
        assert sums.missing == set()
