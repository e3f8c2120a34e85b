"""The demonstration company's KPIs tell the numbers of its story."""

from datetime import date
from decimal import Decimal

import pytest

from ipd.models import Product
from teams.actions import months
from teams.models import Kpi, KpiMonth, KpiReading, Team
from teams.queries import readings, totals

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
YEAR = date(2025, 11, 1)
HEAD = (
    *("SCH_DEV", "RND_DEV", "EAC_DEV", "GATE_FPY", "CSAT", "NPS"),
    *("DEF_DEN", "REQ_CHG", "TRACE", "TC_ATT", "ACT_OT", "READY"),
)
# The last month of each series: October 2026, but for Merlin, which was stopped in May.
ENDS = {
    "P01": "29 21.7 48.7 50 74 -8 1.30 11 90 91 58 71",
    "P03": "2 -3.2 -1.7 100 87 34 0.55 2 98 101 96 97",
    "P04": "1 -8 -7.7 100 - - - - 93 - 92 82",
    "P05": "12 -1.9 15.2 100 82 18 0.70 5 94 97 72 84",
    "P06": "1.2 1 2 100 86 29 0.4 1 99 103 91 96",
    "P07": "19 12 31 50 72 - 1.4 14 80 88 60 66",
    "P08": "- -16 0 - - - - - 55 - - -",
    "P09": "2.4 3 3.2 100 88 35 0.38 1 99 102 78 93",
    "P10": "-1 -3.4 -6.7 100 88 38 0.45 1 99 101 100 99",
    "P02": "- 0 - - 83 17 0.3 - - 104 - -",
    "P11": "- 0 - - 79 12 0.3 - - 101 - -",
}


def kpi(code):
    return Kpi.objects.get(code=code)


def team(product):
    return Product.objects.get(code=product).team_id


def company(code, group=""):
    """What the KPI reads of the month that is running."""
    one = kpi(code)
    found = totals.of(group, NOVEMBER, NOVEMBER, [one.pk]).get((one.pk, NOVEMBER))
    return found.figure(one) if found else None


def series(product, code):
    one = kpi(code)
    found = readings.history([team(product)], YEAR, OCTOBER, [one.pk])
    return {row.month: row for row in found.get((team(product), one.pk), [])}


@pytest.mark.parametrize("product", ENDS)
def test_each_series_ends_exactly(product):
    last = date(2026, 5, 1) if product == "P07" else OCTOBER
    for code, expected in zip(HEAD, ENDS[product].split(), strict=True):
        row = series(product, code).get(last)
        if expected == "-":
            assert row is None, code
        else:
            assert row.figure(kpi(code)) == Decimal(expected), code


def test_borealis_steps_in_the_months_of_its_story():
    one = kpi("SCH_DEV")
    figures = {month: row.figure(one) for month, row in series("P01", "SCH_DEV").items()}
    rises = {month: figures[month] - figures[before] for before, month in _pairs(figures)}

    assert sorted(sorted(rises, key=rises.get)[-2:]) == [date(2026, 4, 1), date(2026, 7, 1)]
    assert min(rises[date(2026, 4, 1)], rises[date(2026, 7, 1)]) > 4
    assert figures[YEAR] == 11


def _pairs(found):
    return zip(sorted(found), sorted(found)[1:], strict=False)


def test_two_values_are_missing_and_one_is_estimated():
    odd = KpiReading.objects.filter(month__lte=OCTOBER, kpi__expression="").exclude(
        status="measured"
    )
    found = {(r.team.product.code, r.kpi.code, f"{r.month:%Y-%m}"): r.status for r in odd}

    assert found == {
        ("P05", "CSAT", "2026-02"): "missing",
        ("P09", "DEF_DEN", "2026-08"): "estimated",
    }
    assert series("P01", "READY")[date(2026, 9, 1)].status == "missing"


def test_early_returns_of_kestrel_rise_by_cohort():
    one = kpi("Q_EARLY")
    figures = [row.figure(one) for row in series("P06", "Q_EARLY").values()]

    assert figures == [Decimal(x) for x in ("1.1", "1.3", "1.6", "2.0", "2.3")]


@pytest.mark.parametrize(
    ("product", "code", "figure"),
    [
        *[("P02", "OTD", 93), ("P06", "OTD", 94), ("P09", "OTD", 91), ("P11", "OTD", 89)],
        *[("P01", "CBB", 28), ("P03", "CBB", 47), ("P05", "CBB", 22), ("P10", "CBB", 72)],
        *[("P01", "BUS", 2), ("P05", "BUS", 1), ("P10", "BUS", 4), ("P09", "CBB", 41)],
    ],
)
def test_further_series(product, code, figure):
    assert series(product, code)[OCTOBER].figure(kpi(code)) == figure


def test_the_year_is_closed_and_nobody_approved_their_own():
    assert KpiMonth.objects.count() == 12
    assert months.next_to_close() == NOVEMBER
    approved = KpiReading.objects.filter(approval__isnull=False, entered_by__isnull=False)
    assert approved.count() > 500
    assert not [r for r in approved.select_related("approval") if r.approval.by == r.entered_by]


@pytest.mark.parametrize(
    ("code", "group", "expected"),
    [
        ("GATE_FPY", "", "88.0"),
        ("GATE_FPY_STRICT", "", "48.0"),
        ("FPY_DCP", "", "87.5"),
        ("FPY_TR", "", "88.2"),
        ("GATE_FPY", "OPT", "88.9"),
        ("GATE_FPY", "RAN", "77.8"),
        ("GATE_FPY_STRICT", "RAN", "22.2"),
        ("GATE_FPY", "IND", "100.0"),
        ("GATE_OT", "", "73.9"),
    ],
)
def test_gates_of_the_company_and_its_lines(code, group, expected):
    """Merlin counts with the gates it was held at, though its work has ended."""
    assert round(company(code, group), 1) == Decimal(expected)


def test_the_portfolio_is_no_mean_of_its_teams():
    one = kpi("CPI")
    found = readings.at(Team.objects.values_list("pk", flat=True), NOVEMBER, [one.pk])
    teams = [row.figure(one) for row in found.values() if row.ratio is not None]

    assert round(company("CPI"), 3) == Decimal("0.891")
    assert round(company("SPI"), 3) == Decimal("0.912")
    assert len(teams) == 7
    assert round(sum(teams) / len(teams), 3) == Decimal("0.970")


def test_three_figures_that_mislead():
    """Against the contract in force, before the work is done, and with conditions overlooked."""

    def now(product, code):
        one = kpi(code)
        return readings.at([team(product)], NOVEMBER, [one.pk])[team(product), one.pk].figure(one)

    assert round(now("P01", "SCH_DEV"), 1) == Decimal("28.9")
    assert round(now("P01", "SCH_DEV_CUR"), 1) == Decimal("3.6")
    assert round(now("P05", "RND_DEV"), 1) == Decimal("-1.9")
    assert round(now("P05", "CPI"), 3) == Decimal("0.868")
    assert (now("P05", "GATE_FPY"), now("P05", "GATE_FPY_STRICT")) == (100, 25)


def test_waste_of_the_last_twelve_months():
    one = kpi("WASTE")
    found = totals.of("", OCTOBER, OCTOBER, [one.pk])[one.pk, OCTOBER]

    assert found.denominator == 26_100_000
    assert round(found.figure(one), 1) == Decimal("8.8")


def test_what_is_kept_equals_what_its_rows_make():
    before = {
        (total.kpi_id, total.group, total.month): (total.numerator, total.denominator)
        for group in ("", "OPT", "RAN", "IND")
        for total in totals.of(group, YEAR, NOVEMBER).values()
    }
    for code in ("CSAT", "DEF_DEN", "EAC_DEV", "GATE_FPY"):
        one = kpi(code)
        rows = readings.at(Team.objects.values_list("pk", flat=True), OCTOBER, [one.pk]).values()
        shown = [row for row in rows if row.ratio is not None]
        made = (sum(r.numerator for r in shown), sum(r.denominator for r in shown))
        assert before[one.pk, "", OCTOBER] == made, code
