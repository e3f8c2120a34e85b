"""Files as they really arrive: each broken place is named, with what would be accepted."""

from datetime import date

import pytest

from ipd.kernel.tables import importing
from tests.kernel.company_files import TABLES, broken, folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
TODAY = date(2026, 11, 22)


def problems(files):
    report = importing.run(files, as_of=TODAY, dry_run=True)
    return [(p.file, p.row, p.column, p.value, p.accepted) for p in report.problems]


# Table, what stands there, what is written instead, then row, column and words of the answer.
CELLS = [
    ("sites", "Europe/Zurich", "Europe/Bern", 2, "timezone", "IANA"),
    ("sites", ",CH,", ",CHE,", 2, "country", "at most 2 characters"),
    ("sites", "XIY,", "ZRH,", 3, "code", "each once; row 2"),
    ("sites", "ZRH,Zürich", "ZRH,", 2, "name", "text of at most"),
    ("sites", "ZRH,", "ABCDEFGHIJKLM,", 2, "code", "at most 12"),
    ("functions", "FIN,", "SE,", 4, "code", "each once; row 3"),
    ("people", "ada@firm.example", "ada(at)firm", 2, "email", "an e-mail address"),
    ("people", "bo@firm.example", "ADA@firm.example", 3, "email", "each once"),
    ("people", "PM,ZRH", "QQ,ZRH", 2, "function", "a row of functions"),
    ("people", "FIN,XIY", "FIN,XYI", 3, "site", "a row of sites"),
    ("people", "member,no", "member,maybe", 3, "administrator", "yes or no"),
    ("people", "Ada Ng", "Ada\x07Ng", 2, "name", "control characters"),
    ("people", "Ada Ng", "x" * 151, 2, "name", "at most 150"),
    ("people", "A1,", ",", 2, "code", "text"),
    ("function_heads", "FIN,B1", "FIN,B9", 2, "person", "a row of people"),
    ("teams", "IPMT,PWR", "IPMT,RWP", 2, "line", "a row of product_lines"),
    ("teams", "TRP,PWR", "IPMT,PWR", 3, "line", "one body of a kind"),
    ("products", ",IPD,", ",XPD,", 2, "process", "a process that has been loaded"),
    ("products", ",PLAN,", ",PLANS,", 2, "phase", "CONCEPT, PLAN, DEVELOP"),
    ("products", ",active,", ",alive,", 2, "status", "active, on_hold, cancelled, retired"),
    ("products", ",PDT-1,", ",PDT-2,", 2, "team", "a row of teams"),
    ("products", "2027-05-01", "2027-02-29", 2, "ga_on", "a day that exists"),
    ("products", "2026-06-01", "1.6.2026", 2, "phase_since", "year-month-day"),
    ("products", "Q1,Quartz,PWR", "Q1,Quartz,", 2, "line", "a row of product_lines"),
    ("seats", ",100,", ",101,", 2, "allocation", "from 0 to 100"),
    ("seats", ",100,", ",full,", 2, "allocation", "whole number"),
    ("seats", ",100,", ",99.5,", 2, "allocation", "whole number"),
    ("seats", ",100,", ",-1,", 2, "allocation", "from 0"),
    ("seats", "LPDT,PM,A1,C1", "LPDT,PM,A1,A1", 2, "deputy", "somebody else"),
    ("seats", "PDT-1,LPDT", "PDT-1,LPTD", 2, "role", "a row of roles"),
    ("seats", "2026-01-05,\n", "2026-01-05,2026-01-04\n", 2, "ends_on", "after starts_on"),
    ("seats", "PDT-1,SE,SE,C1,,50", "PDT-1,LPDT,PM,C1,,50", 3, "team, role", "each once"),
    (
        "seats",
        "PDT-1,SE,SE,C1,,50,2026-01-05",
        "PDT-1,LPDT,PM,C1,,5,2026-03-02",
        3,
        "starts_on",
        "",
    ),
    ("seats", "2026-01-05", "2026-02-31", 2, "starts_on", "a day that exists"),
    ("seats", "2026-01-05", "0026-01-05", 2, "starts_on", "from 1970"),
    ("seats", "2026-01-05", "٢٠٢٦-٠١-٠٥", 2, "starts_on", "year-month-day"),
    ("grants", "2027-01-31", "2027-01-32", 2, "until", "a day that exists"),
    ("movements", "250000.50", "250,000.50", 2, "", "8 cells"),
    ("movements", "250000.50", "250'000.50", 2, "amount", "thousands"),
    ("movements", "250000.50", "250000.505", 2, "amount", "cents"),
    ("movements", "250000.50", "1e5", 2, "amount", "an amount"),
    ("movements", "initial", "gift", 2, "kind", "initial, tranche"),
    ("movements", "PLAN", "PLANE", 2, "phase", "a phase"),
    ("tailoring", "merged,TR2", "merged,", 2, "into", "when kind is merged"),
    ("tailoring", "merged,TR2", "skipped,TR2", 2, "into", "otherwise blank"),
    ("tailoring", "Q1,TR3", "Q1,TR33", 2, "gate", "a gate of the product"),
    ("reviews", "Q1,PDCP", "Q1,PDPC", 6, "gate", "a gate of the product"),
    ("reviews", "Q1,PDCP", "Q9,PDCP", 6, "product", "a row of products"),
    ("reviews", "2026-02-02,GO", "2026-02-02,GOO", 2, "outcome", "GO_COND"),
    ("reviews", "2026-02-02,GO,D1", "2026-02-02,PASS,D1", 2, "outcome", "NO_GO"),
    ("reviews", "2026-02-02,GO,D1", "2026-02-02,,D1", 2, "outcome", "both, or neither"),
    ("reviews", "2026-02-02,GO,D1", "2026-02-02,GO,", 2, "decided_by", "who decided"),
    ("reviews", "2026-09-03,PASS", "2026-11-23,PASS", 5, "held", "a day that has come"),
    ("reviews", "CDCP,2", "CDCP,3", 4, "attempt", "attempt 2 is missing"),
    ("reviews", "CDCP,2", "CDCP,0", 4, "attempt", "from 1"),
    ("reviews", "CDCP,2", "CDCP,1", 4, "product, gate, attempt", "each once; row 3"),
    ("reviews", "BUSINESS_CASE", "WEATHER", 3, "reason_code", "reason code"),
    ("reviews", "TR2+3", "TR3", 5, "gate", "has not skipped or merged"),
    ("assessments", "PD-01", "CD-01", 2, "criterion", "PD-01, PD-02"),
    ("assessments", "met,", "green,", 2, "state", "met, partly, not_met, no_data"),
    ("assessments", "A1,A1,2026-11-12", "A1,A1,", 2, "assessed_on", "who assessed it"),
    ("evidence", "https://", "javascript://", 2, "link", "https://"),
    ("evidence", "PD-01", "PD-99", 2, "criterion", "PD-01, PD-02"),
    ("votes", "1,B1", "3,B1", 2, "round", "from 1 to 2"),
    ("votes", "GO_COND", "PERHAPS", 2, "outcome", "an outcome"),
    ("votes", "I know the supplier", "", 3, "reason", "abstention"),
    ("votes", "CDCP,2,1,B1", "PDCP,1,1,B1", 2, "voter", "this one is open"),
    ("scores", ",7", ",11", 2, "score", "from 0 to 10"),
    ("scores", "1,B1", "2,B1", 2, "voter", "a row in votes"),
    ("dissents", "CDCP,2", "CDCP,7", 2, "gate", "a row of reviews"),
    ("conditions", "accepted,B1", "accepted,A1", 2, "verifier", "than the owner"),
    ("conditions", "2026-10-30", "2026-12-30", 3, "original_due", "not after due"),
    ("conditions", "open,,", "verified,,", 3, "closed_on", "a day for verified"),
    ("conditions", "2,2,Noise", "2,1,Noise", 3, "number", "each once; row 2"),
    ("waivers", "A1,D1,B1", "A1,D1,D1", 2, "requested_by", "somebody else for each"),
    ("waivers", "A1,D1,B1", "A1,D1,", 2, "signed_on", "both signatures"),
]


@pytest.mark.parametrize(("table", "old", "new", "row", "column", "accepted"), CELLS)
def test_a_broken_cell_is_named(table, old, new, row, column, accepted):
    found = problems(broken(table, old, new))

    matching = [
        problem
        for problem in found
        if problem[0] == f"{table}.csv"
        and problem[1] == row
        and column in problem[2]
        and accepted in problem[4]
    ]
    assert matching, found


HEADERS = [
    ("code,name,country,timezone", "code,name,country,timezone,colour", "colour", "of this table"),
    ("code,name,country,timezone", "code,name,timezone", "", "cells as in the header"),
    ("code,name,country,timezone", "code,name,country,zone", "timezone", "which is missing"),
    ("code,name,country,timezone", "code,name,name,timezone", "name", "each column once"),
    ("code,name,country,timezone", "ZRH,Zurich,CH,Europe/Zurich", "code", "which is missing"),
]


@pytest.mark.parametrize(("old", "new", "column", "accepted"), HEADERS)
def test_a_broken_header_is_named(old, new, column, accepted):
    found = problems(broken("sites", old, new))

    assert any(p[2] == column and accepted in p[4] for p in found), found


CONTENTS = [
    ("sites.csv", b"", "this one is empty"),
    ("sites.csv", b"\n\n  \n", "this one is empty"),
    ("sites.csv", b"code,name,country,timezone\nZRH,Z\0rich,CH,Europe/Zurich\n", "NUL"),
    ("sites.csv", b'code,name,country,timezone\nZRH,"Zurich,CH,Europe/Zurich\n', "quotes"),
    ("sites.csv", "code,name,country,timezone\nZRH,Zürich,CH,X\n".encode("cp1252"), "UTF-8"),
    ("sites.csv", b"code,name,country,timezone\nZRH,Zurich\n", "here are 2"),
    ("sites.csv", b"code,name,country,timezone\nZRH,Zurich,CH,Europe/Zurich,x\n", "here are 5"),
    ("sites.csv", b"\xff\xfe\x00\xd8", "UTF-8"),
    ("sites.csv", b"code,name,country,timezone\nZRH," + b"x" * 200_000 + b",CH,X\n", "quotes"),
    ("sites.xlsx", b"code,name\n", "that opens"),
    ("sites.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "without a password"),
    ("sites.xlsm", b"PK", "without macros"),
    ("sites.xls", b"\xd0\xcf\x11\xe0", "saved as XLSX"),
    ("places.csv", b"code\n", "named after a table"),
    ("sites.pdf", b"%PDF", "named after a table"),
    ("sites", b"code", "named after a table"),
]


@pytest.mark.parametrize(("name", "content", "accepted"), CONTENTS)
def test_a_broken_file_is_named(name, content, accepted):
    tables = [table for table in TABLES if table != "sites"]

    found = problems(folder({name: content}, only=tables))

    assert any(p[0] == name and accepted in p[4] for p in found), found


def test_a_table_comes_once():
    found = problems(folder({"SITES.CSV": TABLES["sites"]}))

    assert ["one file per table" in problem[4] for problem in found] == [True]


def test_rows_of_an_unreadable_file_are_not_called_dangling_as_well():
    found = problems(folder({"people.csv": b"code\n"}))

    assert {problem[0] for problem in found} == {"people.csv"}


def test_a_thousand_problems_are_kept_and_all_are_counted():
    rows = "".join(f"X{n},Place,CH,Nowhere\n" for n in range(1500))

    report = importing.run(folder({"sites.csv": "code,name,country,timezone\n" + rows}))

    assert report.problems.count >= 1500
    assert (len(list(report.problems)), report.problems.not_shown) == (
        1000,
        report.problems.count - 1000,
    )
