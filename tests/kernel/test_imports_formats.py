"""The same table in every form that spreadsheets write."""

import io
import os
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from ipd.kernel.tables import blanks, importing
from ipd.kernel.tables.columns import Choice, YesNo
from ipd.kernel.tables.files import Folder
from ipd.kernel.tables.register import tables
from teams.models import Person, Site
from tests.kernel.company_files import TABLES, folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
TODAY = date(2026, 11, 22)
HEADER = ("code", "name", "country", "timezone")


def run(files):
    return importing.run(files, as_of=TODAY)


def said(files):
    return [str(problem) for problem in importing.run(files, as_of=TODAY, dry_run=True).problems]


def workbook(fill, *, name="sites", **options) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet(name))
    return data.getvalue()


def sites(book, sheet, rows=(("ZRH", "Zürich", "CH", "Europe/Zurich"),)):
    sheet.write_row(0, 0, HEADER)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_every_form(encoding):
    report = run(Folder({"sites.csv": TABLES["sites"].encode(encoding)}))

    assert report.applied, list(report.problems)
    assert {site.name for site in Site.objects.all()} == {"Zürich", "西安"}


def test_gb18030():
    text = "code,name,country,timezone\nXIY,西安高新技术产业开发区,CN,Asia/Shanghai\n"

    assert run(Folder({"sites.csv": text.encode("gb18030")})).applied
    assert Site.objects.get().name == "西安高新技术产业开发区"


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(separator):
    text = TABLES["sites"].replace(",", separator)

    assert run(Folder({"sites.csv": text.encode()})).applied
    assert Site.objects.count() == 2


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_endings(ending):
    assert run(Folder({"sites.csv": TABLES["sites"].replace("\n", ending).encode()})).applied


def test_what_spreadsheets_add_is_passed_over():
    rows = ["sep=;", "Code;Name;Country;Timezone;;", "", " ZRH ;Zürich;CH;Europe/Zurich;;", ";;;;;"]
    text = "\r\n".join(rows)

    assert run(Folder({"Sites.csv": text.encode()})).applied
    assert Site.objects.get().code == "ZRH"


def test_columns_come_in_any_order_and_the_blank_ones_may_be_left_out():
    text = "timezone,code,name\nEurope/Zurich,ZRH,Zürich\n"

    assert run(Folder({"sites.csv": text.encode()})).applied


def test_the_two_ways_to_write_a_letter_are_one():
    assert run(Folder({"sites.csv": TABLES["sites"].encode()})).applied
    text = TABLES["sites"].replace("ü", "u\N{COMBINING DIAERESIS}")

    assert not run(Folder({"sites.csv": text.encode()})).is_change


def test_a_workbook():
    assert run(Folder({"sites.xlsx": workbook(sites)})).applied
    assert Site.objects.get().name == "Zürich"


def test_days_and_numbers_of_a_workbook_are_read_as_such():
    rows = [line.split(",") for line in TABLES["seats"].splitlines()]

    def seats(book, sheet):
        day = book.add_format({"num_format": "dd.mm.yy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if number and place == 6:
                    sheet.write_datetime(number, place, date.fromisoformat(cell), day)
                elif number and place == 5:
                    sheet.write_number(number, place, int(cell))
                else:
                    sheet.write(number, place, cell)

    files = folder({"seats.xlsx": workbook(seats, name="seats")})
    del files.files["seats.csv"]

    assert run(files).applied
    assert not run(folder()).is_change


def test_merged_cells_are_named():
    def merged(book, sheet):
        sites(book, sheet)
        sheet.merge_range("B2:B4", "Zürich")

    [line] = [line for line in said(Folder({"sites.xlsx": workbook(merged)})) if "merged" in line]
    assert line.startswith("sites.xlsx, row 2, “B2:B4”: cells that are not merged")


def test_a_formula_that_fails_is_named():
    def failing(book, sheet):
        sites(book, sheet)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")

    assert said(Folder({"sites.xlsx": workbook(failing)})) == [
        "sites.xlsx, row 2, “C2”: a value; the formula of this cell fails"
    ]


def test_a_second_sheet_is_named():
    def two(book, sheet):
        sites(book, sheet)
        book.add_worksheet("Notes").write(0, 0, "remember")

    assert "“Notes”" in said(Folder({"sites.xlsx": workbook(two)}))[0]


def test_macros_are_named():
    data = io.BytesIO(workbook(sites))
    with zipfile.ZipFile(data, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"macro")

    assert "without macros" in said(Folder({"sites.xlsx": data.getvalue()}))[0]


def test_a_bomb_is_not_unpacked():
    data = io.BytesIO(workbook(sites))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b"<c" * (80 * 1024 * 1024))

    assert "100 MB" in said(Folder({"sites.xlsx": data.getvalue()}))[0]


def test_a_cell_far_away_is_named_before_it_costs_memory():
    def far(book, sheet):
        sites(book, sheet)
        sheet.write(1_000_000, 9000, "x")

    files = Folder({"sites.xlsx": workbook(far)})
    tracemalloc.start()
    lines = said(files)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "far away" in lines[0]
    assert peak < 100e6


def test_a_million_blank_rows_cost_little():
    blank = b",,,\n" * 1_000_000

    assert run(Folder({"sites.csv": TABLES["sites"].encode() + blank})).applied


def test_a_damaged_workbook_is_named():
    data = bytearray(workbook(sites))
    for place in range(60, len(data) - 200, 7):
        data[place] ^= 0x5A

    assert len(said(Folder({"sites.xlsx": bytes(data)}))) == 1


@pytest.mark.parametrize("size", [1, 40, 4000])
@pytest.mark.parametrize("name", ["sites.csv", "sites.xlsx"])
def test_noise_is_a_problem_and_never_an_error(name, size):
    for _try in range(5):
        assert said(Folder({name: os.urandom(size)}))


@pytest.mark.parametrize("name", ["sites", "people", "seats", "reviews", "conditions"])
def test_a_blank_workbook_reads_back_as_its_table(name):
    table = tables()[name]

    sheet = openpyxl.load_workbook(io.BytesIO(blanks.as_xlsx(table))).active

    assert [cell.value for cell in sheet[1]] == list(table.by_name)
    assert all(cell.comment.text for cell in sheet[1])
    lists = sum(isinstance(column, Choice | YesNo) for column in table.columns)
    checks = sheet.data_validations.dataValidation
    assert len([check for check in checks if check.type == "list"]) == lists
    assert said(Folder({f"{name}.xlsx": blanks.as_xlsx(table)})) == []
    assert said(Folder({f"{name}.csv": blanks.as_csv(table)})) == []


def test_a_filled_blank_comes_in():
    book = openpyxl.load_workbook(io.BytesIO(blanks.as_xlsx(tables()["people"])))
    book.active.append(["Z1", "Zoë Qi", "zoe@firm.example", None, None, "Chemist", "no"])
    data = io.BytesIO()
    book.save(data)

    assert run(Folder({"people.xlsx": data.getvalue()})).applied
    assert Person.objects.get(code="Z1").name == "Zoë Qi"
