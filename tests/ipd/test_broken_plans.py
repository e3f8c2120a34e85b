"""Broken plans are refused in a sentence that says where and what, and leave nothing behind."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ipd.actions import plan_files
from ipd.kernel.tables import importing
from ipd.kernel.tables.files import Folder
from ipd.models import Activity, Plan, PlanCalendar
from tests.ipd.broken_project_files import corpus, whole

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
CORPUS = corpus()


def test_the_corpus_is_large_and_what_it_breaks_was_whole(product):
    assert len(CORPUS) >= 200
    assert len({name for name, _data, _word in CORPUS}) >= 195
    loaded = plan_files.load(product, whole(), by=None)
    assert (loaded.added, loaded.plan.activities.count()) == (4, 4)


def test_each_is_refused_in_a_sentence_and_leaves_nothing(product, table_hashes):
    before = table_hashes()
    let_in = []
    for name, data, word in CORPUS:
        try:
            plan_files.load(product, data, by=None)
        except plan_files.Unusable as error:
            said = str(error)
            if word not in said or len(said) < 15 or len(said) > 3000 or not said.endswith("."):
                let_in.append(f"{name}: said “{said[:200]}”")
        else:
            let_in.append(f"{name}: was loaded")
            Plan.objects.filter(product=product).delete()

    assert not let_in, "\n".join(let_in)
    assert table_hashes() == before


def test_a_plan_that_is_there_stays_as_it_was(product, table_hashes):
    plan_files.load(product, whole(), by=None)
    before = table_hashes()
    for _name, data, _word in CORPUS[::9]:
        with pytest.raises(plan_files.Unusable):
            plan_files.load(product, data, by=None)

    assert table_hashes() == before


def test_the_import_folder_names_the_file_and_the_task(product):
    broken = whole().replace(b"<PredecessorUID>2<", b"<PredecessorUID>99<")
    report = importing.run(Folder({f"plan-{product.code}.xml": broken}), as_of=DAY)

    [problem] = map(str, report.problems)
    assert problem.startswith(f"plan-{product.code}.xml: task 3 Build, PredecessorUID, “99”")
    assert not Plan.objects.exists()
    report = importing.run(Folder({"plan-NOBODY.xml": whole()}), as_of=DAY)
    assert "the code of a product" in str(next(iter(report.problems)))


def test_a_browser_import_answers_every_broken_file_with_a_page(administrator, as_person, product):
    client = as_person(administrator)
    for _name, data, _word in CORPUS[::40]:
        file = SimpleUploadedFile(f"plan-{product.code}.xml", data[: 5 * 1024 * 1024])
        answer = client.post(reverse("kernel:import"), {"files": [file]})
        assert answer.status_code == 422


# Tables -------------------------------------------------------------------------------------

GOOD = {
    "calendars": "code,name,hours,country\nWEEK,Week,mon-fri 08:00-12:00 13:00-17:00,SE\n",
    "plans": "product,calendar,starts_on,status_on\n{p},WEEK,2026-11-23,\n",
    "activities": (
        "product,code,name,parent,kind,duration,optimistic,pessimistic,constraint,constraint_on\n"
        "{p},S,Sum,,,,,,,\n"
        "{p},A,Design,S,,5d,3d,9d,,\n"
        "{p},B,Build,S,,16h,,,snet,2026-12-01\n"
        "{p},M,Done,,,,,,,\n"
    ),
    "links": "product,predecessor,successor,kind,lag\n{p},A,B,fs,2d\n{p},B,M,,\n",
    "resources": "product,name,kind,max_units\n{p},Anna,work,80\n",
    "assignments": "product,activity,resource,units,work\n{p},A,Anna,50,3d\n",
}


def folder(product, table="", old="", new=""):
    files = {name: text.replace("{p}", product.code) for name, text in GOOD.items()}
    if table:
        assert old in files[table]
        files[table] = files[table].replace(old, new, 1)
    return Folder({f"{name}.csv": text.encode() for name, text in files.items()})


def test_tables_make_a_plan_and_make_it_once(product):
    report = importing.run(folder(product), as_of=DAY)

    assert not report.problems, list(map(str, report.problems))
    plan = Plan.objects.get(product=product)
    rows = {row.code: row for row in plan.activities.all()}
    assert {code: row.kind for code, row in rows.items()} == {
        "S": "summary",
        "A": "task",
        "B": "task",
        "M": "milestone",
    }
    assert rows["B"].start_on == date(2026, 12, 2)
    assert (rows["A"].parent, rows["A"].wbs, rows["A"].optimistic_minutes) == (
        rows["S"],
        "1.1",
        1440,
    )
    again = importing.run(folder(product), as_of=DAY)
    assert (again.total("added"), again.total("changed")) == (0, 0)
    changed = importing.run(folder(product, "links", "2d", "-1d"), as_of=DAY)
    assert changed.total("changed") == 1
    rows["B"].refresh_from_db()
    assert rows["B"].start_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("links", "B,M,,", "B,A,,", r"circle: .*Design.*Build.* Rows 2, 3"),
        ("links", "A,B,fs", "A,X,fs", "links.csv, row 2, column successor, “X”"),
        ("links", "A,B,fs", "X,B,fs", "links.csv, row 2, column predecessor, “X”"),
        ("links", "A,B,fs", "A,A,fs", "another activity"),
        ("links", "A,B,fs", "S,B,fs", "circle"),
        ("links", "fs,2d", "fx,2d", "one of fs"),
        ("links", "2d", "two", "a lag"),
        ("links", "B,M,,", "A,B,fs,1d", "each once"),
        ("calendars", "mon-fri 08:00-12:00 13:00-17:00", "mon-fri", "some working time"),
        ("calendars", "08:00-12:00", "12:00-08:00", "days and their hours"),
        ("calendars", "mon-fri", "fri-mon", "working time"),
        ("calendars", ",SE", ",XX", "holidays are known"),
        ("plans", "WEEK", "WEAK", "plans.csv, row 2, column calendar"),
        ("plans", "2026-11-23", "2026-11-31", "a day that exists"),
        ("activities", "5d", "-5d", "a duration"),
        ("activities", "5d", "NaN", "a duration"),
        ("activities", "5d", "999999w", "a duration"),
        ("activities", "5d,3d,9d", "5d,3d,", "both, or neither"),
        ("activities", "5d,3d,9d", "5d,6d,9d", "in this order"),
        ("activities", "A,Design,S", "A,Design,X", "column parent, “X”"),
        ("activities", "S,Sum,,", "S,Sum,A,", "not part of itself"),
        ("activities", "snet,2026-12-01", "snet,", "a date"),
        ("activities", "snet,2026-12-01", ",2026-12-01", "a date"),
        ("activities", "B,Build", "A,Build", "each once; row 3"),
        ("assignments", "A,Anna", "A,Bert", "a row of resources"),
        ("assignments", "A,Anna", "X,Anna", "a row of activities"),
        ("resources", "work,80", "labour,80", "one of work"),
    ],
)
def test_broken_tables_are_named_with_their_rows(product, table, old, new, words):
    report = importing.run(folder(product, table, old, new), as_of=DAY)

    assert any(re.search(words, str(problem)) for problem in report.problems), [
        *map(str, report.problems)
    ]
    assert not Plan.objects.exists()
    assert not Activity.objects.exists()
    assert not PlanCalendar.objects.exists()
