"""Project files come in, go out, and come in again without a loss."""

from datetime import date
from xml.etree import ElementTree

import pytest

from ipd.actions import activities, plan_files, plans
from ipd.models import Baseline
from ipd.queries import plan_pictures
from tests.factories.plans import ActivityFactory, CalendarFactory, PlanFactory
from tests.ipd.project_files import (
    FF,
    FS,
    NIGHT,
    SS,
    again,
    assignment,
    calendar,
    exception,
    load,
    project,
    resource,
    task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]


def same(one, other):
    """Two pictures, but for the dates that their files said."""
    for picture in (one, other):
        for row in picture.activities:
            row["extra"].pop("file", None)
    assert vars(one) == vars(other)
    return True


FIELDS = (
    "ExtendedAttributes",
    [
        (
            "ExtendedAttribute",
            [("FieldID", number), ("FieldName", name), ("Alias", alias)],
        )
        for number, name, alias in (
            (188743783, "Duration1", "Optimistic"),
            (188743785, "Duration3", "Pessimistic"),
            (188743731, "Text1", "Owner"),
            (188743734, "Text2", "Colour"),
            (188743737, "Text3", "Gate"),
        )
    ],
)


def rich():
    """A file with something of everything."""
    estimates = tuple(
        [("FieldID", number), ("Value", value)]
        for number, value in (
            (188743783, "PT20H0M0S"),
            (188743785, "PT80H0M0S"),
            (188743731, "Somebody Unknown"),
            (188743734, "Blue & <green>"),
        )
    )
    baseline = tuple(
        [
            ("Number", number),
            ("Start", "2026-11-23T08:00:00"),
            ("Finish", f"2026-11-{26 + number}T17:00:00"),
            ("Duration", "PT40H0M0S"),
            ("DurationFormat", 7),
            ("Work", "PT40H0M0S"),
            ("Cost", "123456"),
        ]
        for number in (0, 1)
    )
    return project(
        task(0, "Project", level=0, OutlineNumber="0", Summary=1, Notes="All of it"),
        task(1, "Build", 40, Summary=1, WBS="X.1", Priority=700),
        task(
            2, "Design", 40, level=2, ExtendedAttribute=estimates, Baseline=baseline,
            Deadline="2026-12-24T17:00:00", Contact="Ada", Work="PT60H0M0S", Notes="Two\nlines",
        ),
        ("Task", [("UID", 9), ("ID", 3), ("IsNull", 1)]),
        task(3, "Make", 16, ID=4, level=2, links=[(2, SS, 4800, 7)], CalendarUID=2, Hyperlink="x"),
        task(4, "Ready", 0, ID=5, links=[(3, FS, 50, 19), (2, FF, -600, 6)]),
        task(
            5, "By hand", 16, ID=6, Manual=1, start="2026-12-14T08:00:00",
            finish="2026-12-15T17:00:00", ManualStart="2026-12-14T08:00:00",
        ),
        task(
            6, "TR9", 0, ID=7, links=[4],
            ExtendedAttribute=([("FieldID", 188743737), ("Value", "TR9")],),
        ),
        more=[FIELDS, ("CurrencyCode", "SEK"), ("StatusDate", "2026-11-23T17:00:00")],
        calendars=[
            calendar(1, "Standard", exceptions=[exception("2026-12-24", "2026-12-26", name="Jul")]),
            calendar(2, "Shift", week=dict.fromkeys(range(1, 8), NIGHT)),
            calendar(
                3, "Bo", base=1,
                exceptions=[exception("2026-11-23", "2028-01-01", Type=6, DaysOfWeek=2, Period=2)],
            ),
        ],
        resources=[
            resource(0, "", IsNull=1),
            resource(1, "Bo", CalendarUID=3, MaxUnits="0.333", EmailAddress="bo@x.example"),
            resource(2, "Steel", Type=0, MaterialLabel="kg"),
        ],
        assignments=[
            assignment(1, 2, 1, 40, Units="0.333", WorkContour=2),
            assignment(2, 2, 2, 12, Units="12"),
        ],
    )  # fmt: skip


def test_a_file_comes_in_goes_out_and_comes_in_the_same():
    first = load(rich()).plan
    second = again(first)
    third = again(second)

    assert same(plan_pictures.of(first), plan_pictures.of(second))
    assert plan_pictures.of(second) == plan_pictures.of(third)
    assert first.extra["rest"]
    dates_of = [
        list(plan.activities.values_list("code", "start_at", "finish_at", "total_float_minutes"))
        for plan in (first, second)
    ]
    assert dates_of[0] == dates_of[1]


def test_nothing_of_the_file_is_lost_on_the_way():
    plan = load(rich()).plan
    root = ElementTree.fromstring(plan_files.export_mspdi(plan))
    ns = "{http://schemas.microsoft.com/project}"
    tasks = {t.findtext(f"{ns}UID"): t for t in root.iter(f"{ns}Task")}

    def texts(uid, tag):
        return [e.text for e in tasks[uid].iter(f"{ns}{tag}")]

    assert list(tasks) == ["0", "1", "2", "9", "3", "4", "5", "6"]
    assert texts("9", "IsNull") == ["1"]
    assert texts("1", "WBS") == ["X.1"]
    assert texts("1", "Priority") == ["700"]
    assert texts("2", "Contact") == ["Ada"]
    assert texts("2", "Work") == ["PT60H0M0S", "PT40H0M0S", "PT40H0M0S"]
    assert texts("2", "Cost") == ["123456", "123456"]
    assert sorted(texts("2", "Value")) == [
        "Blue & <green>", "PT20H0M0S", "PT80H0M0S", "Somebody Unknown",
    ]  # fmt: skip
    assert [t.text for t in tasks["2"]][:3] == ["2", "2", "Design"]
    assert sorted(texts("4", "LinkLag")) == ["-600", "50"]
    assert sorted(texts("4", "LagFormat")) == ["19", "8"]
    assert root.findtext(f"{ns}CurrencyCode") == "SEK"
    names = [e.findtext(f"{ns}Name") for e in root.iter(f"{ns}Calendar")]
    assert names == ["Standard", "Shift", "Bo"]
    assert root.find(f".//{ns}Exception/{ns}DaysOfWeek").text == "2"
    units = [e.findtext(f"{ns}Units") for e in root.iter(f"{ns}Assignment")]
    assert units == ["0.333", "12"]
    assert root.findtext(f".//{ns}Resource/{ns}MaxUnits") == "0.333"


def test_what_a_file_says_is_in_its_columns(lpdt):
    person = lpdt
    data = rich().replace(b"Somebody Unknown", person.name.encode())
    plan = load(data).plan
    design = plan.activities.get(name="Design")

    assert (design.code, design.uid, design.parent.name, design.wbs) == ("2", 2, "Build", "1.1")
    assert (design.optimistic_minutes, design.pessimistic_minutes) == (1200, 4800)
    assert (design.owner, design.effort_minutes, design.notes) == (person, 3600, "Two\nlines")
    assert plan.activities.get(name="TR9").kind == "gate"
    assert [b.rows.get().finish_at.day for b in plan.baselines.all()] == [26, 27]
    assert plan.status_on == date(2026, 11, 23)
    assert plan.resources.get(name="Bo").max_units == 33


def test_the_same_file_again_changes_nothing_and_a_new_one_changes_what_differs(product):
    plan = load(rich(), product).plan
    make = plan.activities.get(name="Make")
    version = plan.version

    repeated = load(rich(), product)
    plan.refresh_from_db()
    assert (repeated.is_change, repeated.same, plan.version) == (False, 6, version)

    longer = rich().replace(b"<Name>Make</Name>", b"<Name>Make more</Name>")
    longer = longer.replace(b"<UID>4</UID><ID>5</ID>", b"<UID>40</UID><ID>5</ID>")
    longer = longer.replace(b"<PredecessorUID>4<", b"<PredecessorUID>40<")
    changed = load(longer, product)
    make.refresh_from_db()
    assert (changed.added, changed.changed, changed.gone, make.name) == (1, 1, 1, "Make more")

    fewer = project(task(3, "Make", 16), task(7, "New", 8, ID=1), task(8, "Over", 8, links=[3]))
    changed = load(fewer, product)
    make.refresh_from_db()
    assert (changed.added, changed.gone, make.parent) == (2, 5, None)
    assert sorted(plan.activities.values_list("code", flat=True)) == ["1", "3", "8"]
    assert Baseline.objects.filter(plan=plan).count() == 2


def test_a_baseline_that_is_kept_is_not_changed_by_a_file(product):
    load(rich(), product)

    with pytest.raises(plan_files.Unusable, match="a baseline never changes"):
        load(rich().replace(b"2026-11-26T17", b"2026-11-25T17"), product)


def test_an_edited_plan_goes_out_and_comes_in(product, lpdt):
    plan = load(rich(), product).plan
    plan = type(plan).objects.get(pk=plan.pk)
    activities.change(
        plan.activities.get(name="Make"), by=lpdt, seen_version=plan.version, owner=lpdt
    )
    plan.refresh_from_db()
    activities.add(plan, by=lpdt, seen_version=plan.version, name="First", minutes=960)
    plan.refresh_from_db()
    other = again(plan)

    row = other.activities.get(name="Make")
    assert (row.owner, row.code) == (lpdt, "4")
    assert other.activities.get(name="First").minutes == 960
    assert same(plan_pictures.of(other), plan_pictures.of(again(other)))


def test_dates_that_differ_from_the_file_are_listed_with_the_reason():
    loaded = load(
        project(
            task(1, "A", 8, start="2026-11-23T08:00:00", finish="2026-11-23T17:00:00"),
            task(2, "B", 8, start="2026-11-25T08:00:00", finish="2026-11-25T17:00:00"),
            task(3, "C", 8, links=[2], start="2026-11-26T08:00:00", finish="2026-11-26T17:00:00"),
        )
    )

    agreement = loaded.agreement
    assert (agreement.total, agreement.agreeing) == (3, 1)
    assert [row.name for row in agreement.differing] == ["B", "C"]
    assert "follows B" in agreement.differing[1].why


def test_a_plan_of_the_company_goes_out_with_its_holidays(product):
    sweden = CalendarFactory(code="SE", name="Sweden", country="SE")
    plan = PlanFactory(product=product, calendar=sweden)
    ActivityFactory(
        plan=plan, code="A1", days=30, optimistic_minutes=480, pessimistic_minutes=48000
    )
    plans.reschedule(plan)
    other = again(plan)

    mine, theirs = plan.activities.get(), other.activities.get()
    assert (mine.finish_at, "A1", 480) == (theirs.finish_at, theirs.code, theirs.optimistic_minutes)
    assert other.calendar.exceptions.count() > 60
