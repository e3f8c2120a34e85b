"""Files with KPIs, targets and weights: what comes in, and what is named as wrong."""

from datetime import date
from functools import partial

import pytest

from ipd.kernel.models import LedgerEntry
from ipd.kernel.tables import importing
from teams.models import Kpi, KpiMonth, KpiTarget, KpiWeight
from tests.kernel.company_files import with_more

pytestmark = pytest.mark.django_db
KPIS = {
    "kpis": (
        "code,name,formula,expression,unit,unit_label,places,direction,cadence,together,dimension,"
        "source,owner,least_n,counts_in_pay,has_amounts,active,valid_from,order\n"
        "CPI,Cost,EV ÷ AC,cpi,ratio,,3,up,monthly,ratio,cost,"
        "money,FIN,1,yes,yes,yes,2026-01-01,10\n"
        "DEV,Deviation,(actual − plan) ÷ plan,100 * cpi / spi,percent,,1,near,monthly,ratio,,"
        "money,,5,yes,,yes,2026-01-01,20\n"
    ),
    "kpi_targets": (
        "kpi,phase,floor,target,stretch,centre,due,valid_from\n"
        "CPI,,0.85,0.95,1.1,,yes,2026-01-01\n"
        "CPI,CHARTER,0.85,0.95,1.1,,no,2026-01-01\n"
        "DEV,PLAN,20,5,0,0,yes,2026-01-01\n"
    ),
    "kpi_weights": (
        "phase,dimension,percent,valid_from\nPLAN,time,30,2026-01-01\nPLAN,cost,70,2026-01-01\n"
    ),
}
files = partial(with_more, KPIS)


def test_they_come_in_twice_without_a_change(process):
    first = importing.run(files())
    assert not first.problems, list(map(str, first.problems))
    again = importing.run(files())
    assert (again.total("added"), again.total("changed")) == (0, 0)
    kpi = Kpi.objects.get(code="CPI")
    assert (kpi.unit, kpi.owner.code, kpi.has_amounts, kpi.version) == ("ratio", "FIN", True, 1)
    assert Kpi.objects.get(code="DEV").unit == "%"
    assert [row.is_due for row in kpi.targets.order_by("phase")] == [True, False]
    assert KpiTarget.objects.get(kpi__code="DEV").centre == 0
    assert KpiWeight.objects.count() == 2


def test_a_card_that_a_file_changes_counts_up_and_leaves_a_trace(process):
    importing.run(files())
    importing.run(files(kpis=("EV ÷ AC", "Earned value ÷ actual cost")))
    kpi = Kpi.objects.get(code="CPI")
    assert kpi.version == 2
    body = LedgerEntry.objects.get(subject=f"kpi:{kpi.pk}").body
    assert body["changes"] == {"formula": ["EV ÷ AC", "Earned value ÷ actual cost"]}


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("kpis", "100 * cpi / spi", "100 * cpi /", "missing here. Look at place 12"),
        ("kpis", "100 * cpi / spi", "100 * cpa / spi", "Did you mean"),
        ("kpis", "100 * cpi / spi", "1 - spi", "would be an average"),
        ("kpis", "1,yes,yes,yes", "1,yes,no,yes", "amounts of money: say so"),
        ("kpis", ",cpi,ratio,", ",cpi,money,", "is read in the unit"),
        ("kpis", ",percent,", ",per cent,", "one of percent"),
        ("kpis", ",near,", ",sideways,", "one of up"),
        ("kpis", ",FIN,1,", ",XXX,1,", "it is in none"),
        ("kpis", ",FIN,1,", ",FIN,-1,", "from 0 to 1000"),
        ("kpis", ",,1,near", ",,7,near", "from 0 to 4"),
        ("kpis", "DEV,Deviation", "CPI,Deviation", "each once"),
        ("kpi_targets", "CPI,,0.85", "CPX,,0.85", "it is in none"),
        ("kpi_targets", "CPI,,0.85", "CPI,,0.99", "Below the target"),
        ("kpi_targets", "CPI,,0.85", "CPI,,0.85001", "at most four decimals"),
        ("kpi_targets", "CPI,,0.85,0.95,1.1,,", "CPI,,0.85,0.95,1.1,1,", "no best figure"),
        ("kpi_targets", "20,5,0,0,", "20,5,0,,", "near it is better"),
        ("kpi_targets", "DEV,PLAN", "DEV,PLANNING", "a phase"),
        ("kpi_weights", "PLAN,cost", "PLAM,cost", "a phase"),
        ("kpi_weights", "cost,70", "cost,60", "100 in all, not 90"),
        ("kpi_weights", "cost,70", "cost,170", "from 0 to 100"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(process, table, old, new, said):
    report = importing.run(files(**{table: (old, new)}))
    assert any(said in str(problem) for problem in report.problems), list(map(str, report.problems))
    assert not Kpi.objects.exists()


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("kpi_targets", "CPI,,0.85", "CPI,,0.80"),
        ("kpi_targets", "DEV,PLAN,20", "DEV,DEVELOP,20"),
        ("kpi_weights", "30,2026-01-01\nPLAN,cost,70", "40,2026-01-01\nPLAN,cost,60"),
    ],
)
def test_what_closed_months_were_judged_by_is_not_written_anew(process, table, old, new):
    importing.run(files())
    KpiMonth.objects.create(month=date(2026, 3, 1))
    report = importing.run(files(**{table: (old, new)}))
    assert any("are closed" in str(problem) for problem in report.problems)
    assert not importing.run(files()).problems
