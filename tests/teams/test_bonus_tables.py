"""Bonus rounds from files: what is wrong with a row is named, and a frozen round is kept."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from ipd.kernel.tables import importing
from ipd.kernel.tables.files import Folder
from teams.models import BonusMember, BonusRound
from tests.factories.bonuses import example
from tests.factories.kpis import KpiFactory
from tests.kernel.company_files import TABLES
from tests.teams.bonus_rounds import frozen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
BONUS = {
    "bonus_rounds": (
        "name,first_month,last_month,fund,profit,threshold,reserve,appeal_days,opened_on\n"
        "B26,2025-11,2026-10,1000,,,Rest,14,2026-11-09\n"
    ),
    "bonus_kpis": (
        "round,kpi,weight,floor,target,stretch,centre\n"
        "B26,K1,30,70,85,92,\nB26,K2,30,20,5,0,\nB26,K3,30,0.5,1,1,\nB26,K4,10,10,2,1,0\n"
    ),
    "bonus_grades": "round,role,weight\nB26,LPDT,1.6\n",
    "bonus_teams": (
        "round,team,specialists,stopped_early,note,proposed_by,proposed_on\n"
        "B26,PDT-1,0.5,Stopped at CDCP,,A1,2026-11-16\n"
    ),
    "bonus_members": (
        "round,team,person,role,function,participation,grade,contribution\n"
        "B26,PDT-1,A1,LPDT,PM,1.0,1.6,1.05\nB26,PDT-1,C1,SE,SE,0.5,1,1\n"
    ),
    "bonus_clearances": (
        "round,team,kind,finding,reason,by\nB26,PDT-1,breach,promise:RD_COST,Known,B1\n"
    ),
}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def kpis(process):
    for code in ("K1", "K2", "K3", "K4"):
        KpiFactory(code=code)
    KpiFactory(code="BUS", counts_in_pay=False)


def bring(tables, **options):
    return importing.run(
        Folder({f"{name}.csv": text.encode() for name, text in tables.items()}),
        as_of=TODAY,
        **options,
    )


def test_a_round_comes_in_open_and_computed(kpis):
    report = bring(TABLES | BONUS)

    assert not report.problems, [str(problem) for problem in report.problems]
    row = BonusRound.objects.get()
    team = row.teams.get()
    assert (row.state, row.read_on, row.released) == ("open", TODAY, Decimal(1000))
    assert (team.headcount, team.entitlement) == (Decimal("2.6"), 1000)
    shares = BonusMember.objects.order_by("person__code").values_list("share", flat=True)
    assert list(shares) == [Decimal("770.64"), Decimal("229.36")]
    again = bring(TABLES | BONUS)
    assert not again.problems
    assert {t.table.name: t.changed + t.added for t in again.tallies if t.changed + t.added} == {}


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("bonus_rounds", "2025-11,2026-10", "2026-11,2026-10", "not before first_month"),
        ("bonus_rounds", ",1000,", ",-1,", "not negative"),
        ("bonus_rounds", ",1000,,,", ",1000,5,,", "a profit and a threshold"),
        ("bonus_rounds", ",1000,,,", ",1000,5,0,", "above zero"),
        ("bonus_rounds", ",14,", ",0,", "from 1 to 180"),
        ("bonus_kpis", "K1,30", "K1,31", "from 1 to 30"),
        ("bonus_kpis", "K1,30", "K1,29", "make 100"),
        ("bonus_kpis", "B26,K1,", "B26,BUS,", "may count in pay"),
        ("bonus_kpis", "70,85,92", "70,85,80", "rise, or fall"),
        ("bonus_kpis", "B26,K1,", "B25,K1,", "bonus_rounds"),
        ("bonus_grades", "1.6", "0", "from 0.1 to 10"),
        ("bonus_teams", ",A1,2026-11-16", ",A1,", "a person and a day"),
        ("bonus_teams", "PDT-1,0.5", "PDT-1,-1", "a number from 0"),
        ("bonus_members", "1.6,1.05", "1.6,1.25", "from 0.80 to 1.20"),
        ("bonus_members", "A1,LPDT", "Z9,LPDT", "people"),
        ("bonus_members", "PDT-1,A1", "TRP-PWR,A1", "a team of the round"),
        ("bonus_clearances", "breach", "field", "one of overdue, breach"),
        ("bonus_clearances", "Known", "", "reason"),
    ],
)
def test_what_is_wrong_is_named(kpis, table, old, new, said):
    assert old in BONUS[table]
    report = bring(TABLES | BONUS | {table: BONUS[table].replace(old, new, 1)})

    assert any(said in str(problem) for problem in report.problems), list(map(str, report.problems))
    assert not BonusRound.objects.exists()


def test_a_frozen_round_takes_no_row(house):
    made = frozen(example(house))
    row = made.round
    head = "name,first_month,last_month,fund,profit,threshold,reserve,appeal_days,opened_on\n"
    rows = f"{row.name},2025-11,2026-10,1.00,,,Development fund,14,2026-11-22\n"
    grades = f"round,role,weight\n{row.name},LPDT,1.6\n"

    report = bring({"bonus_rounds": head + rows, "bonus_grades": grades})
    said = [str(problem) for problem in report.problems]
    assert len(said) == 2
    assert all("never changes" in one for one in said)
