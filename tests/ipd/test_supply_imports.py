"""The tables of supply: whole, broken in every named way, changed, and with a hundred thousand."""

from datetime import date

import pytest

from ipd.kernel.tables import importing
from ipd.kernel.tables.files import Folder
from ipd.models import BomLine, LastTimeBuy, Part, Supplier
from tests.factories import AdministratorFactory
from tests.kernel.company_files import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
TODAY = date(2026, 11, 22)
SCORES = "cost_score,capability_score,ip_score,capacity_score,risk_score"
SUPPLY = {
    "suppliers": "code,name,region,delivers\nS1,Supply One,,\nS2,Supply Two,PEN,Chips\n",
    "supplier_scores": "supplier,month,quality,delivery,financial\nS1,2026-10,90,68,70\n",
    "parts": (
        f"code,name,kind,category,product,status,last_order_on,kraljic,make_buy,{SCORES},"
        "make_buy_reason,lead_weeks,claimed_ttr,entered_tts,stock,on_order,weekly_demand,pack_size\n"
        "A1,Assembly,assembly,,,approved,,,make,3,4,5,4,3,Ours,,,,,,,\n"
        "B1,Board,board,,,approved,,,,,,,,,,,,,,,,\n"
        "C1,Chip,part,Chips,,approved,,strategic,,,,,,,,30,16,6,100,50,12.5,10\n"
        "L1,Last,part,,Q1,ltb,2027-01-31,,,,,,,,,18,18,,10,,2,\n"
        "X1,Gone,part,,,banned,,,,,,,,,,,,,,,,\n"
    ),
    "part_assessments": "part,on,by,ttr_weeks,claimed_ttr,why\nC1,2026-09-01,A1,34,16,One line\n",
    "part_notices": "part,kind,on,last_order_on,text\nL1,eol,2026-07-01,2027-01-31,Line closes\n",
    "sources": (
        "part,supplier,state,percent,share,note\nC1,S1,approved,100,60,\n"
        "C1,S2,qualifying,45,,Second\n"
    ),
    "bom_lines": "assembly,part,quantity\nA1,B1,1\nB1,C1,2\nB1,L1,0.5\n",
    "product_parts": "product,part,quantity\nQ1,A1,1\n",
    "contributions": "product,from_on,weekly\nQ1,2026-01-01,95000.00\n",
    "supply_actions": (
        "part,number,product,rung,text,owner,due_on,state,ttr_after,tts_after\n"
        "C1,1,,second_source,Second source,B1,2027-03-31,running,12,\n"
    ),
    "supply_statements": "product,element,ready,text,by,on\nQ1,logistics,yes,Lanes,A1,2026-11-01\n",
    "programmes": "code,name,lead,starts_on,ends_on,text\nR1,Renewal,A1,2026-02-02,2027-06-30,\n",
    "replacement_items": (
        "programme,part,product,reason,deadline_on,resolution,status,cost,owner,planned_month,"
        "done_month,gap_before,first_time,note\n"
        "R1,L1,Q1,obsolete,2027-01-31,ltb,verified,100.00,A1,2026-09,2026-10,4,yes,\n"
    ),
    "replacement_boards": "programme,board,product,planned_month,done_month\nR1,B1,Q1,2026-09,\n",
    "demand_months": (
        "product,month,p10,p50,p90,actual,capacity,bottleneck\nQ1,2026-12,900,1150,1500,,1200,test\n"
    ),
    "part_demand": "part,month,production,spares\nL1,2026-12,120,\n",
    "last_time_buys": (
        "part,product,on,by,months,demand,scrap_percent,stock,on_order,sigma,service,pack,"
        "unit_cost,yearly_percent,note\n"
        "L1,Q1,2026-11-10,A1,24,2880,2,400,100,30,95,250,1.50,8,\n"
    ),
}


def run(files, **more):
    folder = Folder({f"{name}.csv": text.encode() for name, text in files.items()})
    return importing.run(folder, as_of=TODAY, **more)


def supply(**replaced):
    return TABLES | SUPPLY | replaced


@pytest.fixture
def company():
    report = run(supply())
    assert not report.problems, list(map(str, report.problems))
    return report


def test_all_of_it_comes_in_and_the_second_time_nothing_changes(company):
    chip = Part.objects.get(code="C1")
    assert (chip.ttr_weeks, chip.tts_weeks, chip.gap_weeks) == (34, 6, 28)
    assert chip.is_single_source
    assert Part.objects.get(code="L1").tts_weeks == 5
    assert LastTimeBuy.objects.get().quantity == 2750
    assert Supplier.objects.count() == 2
    again = run(supply())
    assert not again.problems, list(map(str, again.problems))
    assert not again.is_change


# Table, what stands there, what is written instead, then row, column and words of the answer.
CELLS = [
    ("supplier_scores", "2026-10", "2026-13", 2, "month", "a month as year-month, as 2026-11"),
    ("supplier_scores", ",90,", ",101,", 2, "quality", "from 0 to 100"),
    ("parts", "C1,Chip,part", "C1,Chip,thing", 4, "kind", "part, board, assembly"),
    ("parts", "ltb,2027-01-31", "ltb,", 5, "last_order_on", "last order day"),
    ("parts", "make,3,4", "make,,4", 2, "cost_score", "all scores"),
    ("parts", "3,4,5,4,3,Ours", "3,4,5,4,3,", 2, "make_buy_reason", "all scores"),
    ("parts", "3,4,5,4,3", "3,4,6,4,3", 2, "ip_score", "from 1 to 5"),
    ("parts", ",30,16,6,", ",30.25,16,6,", 4, "lead_weeks", "at most 1 decimals"),
    ("parts", ",30,16,6,", ",30,-1,6,", 4, "claimed_ttr", "a figure from 0"),
    ("part_assessments", "C1,", "C9,", 2, "part", "a row of parts"),
    ("sources", "approved,100", "approved,90", 2, "percent", "100 for an approved source"),
    ("sources", "45,,Second", "45,20,Second", 3, "share", "approved sources only"),
    ("sources", "qualifying,45,", "approved,100,50", 2, "share", "100 at most"),
    ("bom_lines", "B1,C1,2", "B1,X1,2", 3, "part", "banned"),
    ("bom_lines", "B1,C1,2", "C1,B1,2", 3, "assembly", "an assembly or a board"),
    ("bom_lines", "B1,C1,2", "B1,C1,0", 3, "quantity", "above zero"),
    ("bom_lines", "B1,C1,2", "B1,A1,2", 3, "part", "A1 → B1 → A1"),
    ("bom_lines", "B1,C1,2", "B1,B1,2", 3, "part", "B1 → B1"),
    ("contributions", "95000.00", "-1.00", 2, "weekly", "not negative"),
    ("supply_actions", "second_source", "third_source", 2, "rung", "buffer, second_source"),
    ("programmes", "2027-06-30", "2026-01-30", 2, "ends_on", "after starts_on"),
    ("replacement_items", "ltb,verified", ",verified", 2, "resolution", "once that is decided"),
    ("replacement_items", "2026-09,2026-10", "2026-09,", 2, "done_month", "cut in"),
    ("replacement_boards", "R1,B1", "R1,C1", 2, "board", "a board"),
    ("demand_months", "900,1150", "1300,1150", 2, "p50", "from p10 to p90"),
    ("last_time_buys", ",95,250", ",94,250", 2, "service", "80, 90, 95"),
]


@pytest.mark.parametrize(("table", "old", "new", "row", "column", "words"), CELLS)
def test_a_broken_cell_is_named(table, old, new, row, column, words):
    assert old in SUPPLY[table]
    report = run(supply(**{table: SUPPLY[table].replace(old, new, 1)}), dry_run=True)
    found = [(p.file, p.row, p.column, p.accepted) for p in report.problems]
    told = [f for f in found if f[:3] == (f"{table}.csv", row, column)]
    assert told, found
    assert any(words in f[3] for f in told), told


def test_a_cycle_is_named_with_all_of_its_rows():
    lines = "assembly,part,quantity\nA1,B1,1\nB1,C1,2\nC1,A1,1\n"
    parts = SUPPLY["parts"].replace("C1,Chip,part", "C1,Chip,board")
    files = supply(bom_lines=lines, parts=parts, sources=SUPPLY["sources"].split("\n")[0])
    report = run(files, dry_run=True)
    rows = [p.row for p in report.problems if p.file == "bom_lines.csv"]
    assert sorted(rows) == [2, 3, 4]


def test_a_cycle_through_stored_lines_is_named_at_the_row_that_closes_it(company):
    report = run({"bom_lines": "assembly,part,quantity\nB1,A1,1\n"}, dry_run=True)
    assert [(p.row, p.column) for p in report.problems] == [(2, "part")]


def test_statuses_move_as_they_may_in_files_too(company):
    back = SUPPLY["parts"].replace("ltb,2027-01-31", "approved,")
    report = run({"parts": back}, dry_run=True)
    assert [(p.row, p.column) for p in report.problems] == [(5, "status")]


def test_records_are_never_edited_by_files(company):
    for table in ("part_assessments", "last_time_buys"):
        changed = SUPPLY[table].replace("One line", "Two").replace("1.50,8", "1.75,8")
        report = run({table: changed}, dry_run=True)
        assert [p.row for p in report.problems] == [2], table


def test_an_old_part_comes_in_with_its_product_but_goes_into_nothing_new(company):
    parts = SUPPLY["parts"] + "O1,Old,part,,,obsolete,,,,,,,,,,,,,,,,\n"
    lines = "assembly,part,quantity\nB1,O1,1\n"
    assert not run({"parts": parts, "bom_lines": lines}, dry_run=True).problems
    assert not run({"parts": parts}).problems
    report = run({"bom_lines": lines}, dry_run=True)
    assert [(p.row, p.column) for p in report.problems] == [(2, "part")]


def test_what_was_exported_comes_in_unchanged(company, as_person):
    text = as_person(AdministratorFactory()).get("/parts/export/").text
    report = run({"parts": text})
    assert not report.problems, list(map(str, report.problems))
    assert not report.is_change
    assert BomLine.objects.count() == 3
