"""Files with risks: what comes in, its history, and what is named as wrong."""

from functools import partial

import pytest

from ipd.kernel.tables import importing
from ipd.models import Risk, RiskDriver, RiskReview
from tests.kernel.company_files import with_more

pytestmark = pytest.mark.django_db
RISKS = {
    "risks": (
        "product,code,title,category,cause,event,effect,probability,days_low,days_likely,days_high,"
        "cost_low,cost_likely,cost_high,currency,owner,response,response_text,due,state\n"
        "Q1,R-01,Engine late,supply,One source,it slips,all waits,40,5,10,30,"
        "1000.00,2000.00,6000.00,EUR,A1,reduce,Second source,2026-12-01,open\n"
        "Q1,R-02,Nobody asks,market,,,,10,0,0,5,,,,EUR,,,,,open\n"
    ),
    "risk_drivers": "product,risk,activity,low,likely,high\nQ1,R-01,A6,1.10,1.40,2.00\n",
}
files = partial(with_more, RISKS)


def test_risks_come_in_twice_without_a_change(process):
    first = importing.run(files())
    assert not first.problems, list(map(str, first.problems))
    again = importing.run(files())

    assert (again.total("added"), again.total("changed")) == (0, 0)
    risk = Risk.objects.get(code="R-01")
    assert (risk.exposure_order, risk.exposure_days, risk.owner.code) == (-1800, 6.0, "A1")
    assert RiskReview.objects.count() == 2
    assert str(RiskDriver.objects.get(risk=risk).likely) == "1.40"


def test_a_new_estimate_is_a_line_of_history_and_another_word_is_not(process):
    old = "supply,One source,it slips,all waits,40"
    importing.run(files())
    importing.run(files(risks=(old, "supply,,,,60")))
    risk = Risk.objects.get(code="R-01")
    assert (risk.probability_percent, risk.exposure_days, risk.reviews.count()) == (60, 9.0, 2)

    importing.run(files(risks=(old, "quality,,,,60")))
    assert risk.reviews.count() == 2


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("risks", ",40,5,10,30,", ",140,5,10,30,", "from 0 to 100"),
        ("risks", ",40,5,10,30,", ",40,15,10,30,", "rise from low to high"),
        ("risks", "1000.00,2000.00,", "1000.00,,", "all three costs, or none"),
        ("risks", "1000.00,2000.00,", "3000.00,2000.00,", "costs that rise"),
        ("risks", "1000.00,", "-1000.00,", "none below zero"),
        ("risks", "6000.00,EUR", "6000.00,XXX", "a currency that has a budget rate"),
        ("risks", "6000.00,EUR", "6000.00,EURO", "3"),
        ("risks", ",supply,", ",luck,", "one of technical"),
        ("risks", ",A1,", ",A9,", "it is in none"),
        ("risks", "Q1,R-02", "Q1,R-01", "each once"),
        ("risk_drivers", "R-01", "R-09", "the code of a risk"),
        ("risk_drivers", "1.10,1.40,2.00", "1.10,1.40,1.20", "factors that rise"),
        ("risk_drivers", "2.00", "21.00", "factors that rise"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(process, table, old, new, said):
    report = importing.run(files(**{table: (old, new)}))
    assert any(said in str(problem) for problem in report.problems), list(map(str, report.problems))
    assert not Risk.objects.exists()
