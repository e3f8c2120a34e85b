"""Files with money: what comes in, what is named as wrong, and what is never changed."""

from decimal import Decimal
from functools import partial

import pytest

from ipd.kernel.tables import importing
from ipd.models import Actual, BudgetAllocation, Commitment, PackageProgress, Period, Rate
from tests.kernel.company_files import with_more

pytestmark = pytest.mark.django_db
MONEY = {
    "rates": "currency,kind,valid_from,units\nSEK,budget,2026-01,11.3\n",
    "budget_allocations": (
        "product,kind,reference,function,cost_type,phase,region,month,amount\n"
        "Q1,initial,CDCP 1,SE,labour,PLAN,,2026-06,200000.50\n"
        "Q1,initial,CDCP 1,SE,reserve,,EU,2026-07,50000.00\n"
    ),
    "commitments": (
        "product,reference,on,supplier,part,purpose,function,cost_type,phase,amount,currency,by,"
        "closed_on\n"
        "Q1,PO 1,2026-06-10,Lumora,,Boards,SE,nre,PLAN,1130.00,SEK,A1,\n"
    ),
    "actuals": (
        "product,reference,month,function,cost_type,phase,amount,currency,commitment\n"
        "Q1,FI 1,2026-06,SE,nre,PLAN,565.00,SEK,PO 1\n"
    ),
    "periods": "month,closed_on,closed_by\n2026-06,2026-07-06,B1\n",
    "work_packages": (
        "product,code,name,function,phase,planned_start,planned_finish,value,currency,rule\n"
        "Q1,WP1,Concept,SE,PLAN,2026-06-01,2026-09-30,1000.00,EUR,0_50_100\n"
    ),
    "package_progress": "product,package,on,percent,note,by\nQ1,WP1,2026-06-20,50,,A1\n",
}
files = partial(with_more, MONEY)


def test_money_comes_in_twice_without_a_change(process):
    first = importing.run(files())
    assert not first.problems, list(map(str, first.problems))
    again = importing.run(files())

    assert (again.total("added"), again.total("changed")) == (0, 0)
    assert Rate.objects.get().units == Decimal("11.3")
    assert BudgetAllocation.objects.filter(phase=None, region="EU").count() == 1
    assert Actual.objects.get().commitment == Commitment.objects.get()
    assert (Period.objects.count(), PackageProgress.objects.get().percent) == (1, 50)


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("rates", "11.3", "0", "a rate above zero"),
        ("rates", "2026-01", "2026-13", "a month as year-month"),
        ("budget_allocations", "50000.00", "49999.99", "parts that make 250000.50"),
        ("budget_allocations", "CDCP 1,SE,labour", "CDCP 2,SE,labour", "the reference of a"),
        ("budget_allocations", "SE,labour", "XX,labour", "it is in none"),
        ("budget_allocations", "labour", "beer", "one of labour"),
        ("budget_allocations", ",PLAN,", ",NEVER,", "a phase of the product's process"),
        ("commitments", "1130.00", "-1.00", "above zero"),
        ("commitments", "SEK", "INR", "has a budget rate"),
        ("commitments", ",A1,\n", ",A1,2026-06-09\n", "not before the order's"),
        ("actuals", "565.00", "0.00", "not 0"),
        ("actuals", "565.00,SEK", "565.00,INR", "has a budget rate"),
        ("actuals", "PO 1", "PO 9", "it is in none"),
        ("actuals", "2026-06", "June", "a month as year-month"),
        ("periods", "2026-07-06", "2026-06-01", "after the month began"),
        ("work_packages", "1000.00", "0.00", "above zero"),
        ("work_packages", "2026-09-30", "2026-05-30", "not before its start"),
        ("work_packages", "0_50_100", "50_50", "one of 0_100"),
        ("package_progress", ",50,", ",51,", "one of 0, 50, 100"),
        ("package_progress", ",50,", ",101,", "from 0 to 100"),
        ("package_progress", "WP1", "WP2", "a work package of the product"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(process, table, old, new, said):
    report = importing.run(files(**{table: (old, new)}))

    assert not report.applied
    named = [problem for problem in report.problems if problem.file == f"{table}.csv"]
    assert any(said in str(problem) for problem in named), list(map(str, report.problems))
    assert not Actual.objects.exists()


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("rates", "11.3", "11.4", "never changed"),
        ("budget_allocations", "200000.50", "199999.50", "never edited"),
        ("commitments", "1130.00", "1131.00", "only closed_on changes"),
        ("actuals", "565.00", "566.00", "never edited"),
        ("actuals", "FI 1", "FI 2", "an open month"),
        ("work_packages", "1000.00", "1001.00", "another one"),
        ("package_progress", ",50,", ",100,", "never edited"),
    ],
)
def test_what_came_in_stays(process, table, old, new, said):
    assert importing.run(files()).applied

    report = importing.run(files(**{table: (old, new)}))

    assert any(said in str(problem) for problem in report.problems), list(map(str, report.problems))


def test_an_order_is_closed_by_its_day(process):
    assert importing.run(files()).applied

    assert importing.run(files(commitments=(",A1,\n", ",A1,2026-07-01\n"))).applied

    assert str(Commitment.objects.get().closed_on) == "2026-07-01"
