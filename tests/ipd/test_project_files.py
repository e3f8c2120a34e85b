"""Project files: dates as the program that wrote them computes them, and back without a loss."""

from datetime import date
from xml.etree import ElementTree

import pytest

from ipd.actions import activities, plan_files, plans
from ipd.models import Baseline
from ipd.queries import plan_pictures
from tests.factories import ProductFactory
from tests.factories.plans import ActivityFactory, CalendarFactory, PlanFactory
from tests.ipd.project_files import (
    NIGHT,
    STANDARD,
    assignment,
    calendar,
    day,
    exception,
    project,
    resource,
    task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
FS, FF, SF, SS = 1, 0, 2, 3


def load(data, product=None):
    return plan_files.load(product or ProductFactory(), data, by=None)


def dates(data):
    """Start and finish of each task, as "23 08:00" in November and December 2026."""
    plan = load(data).plan
    return {
        row.name: tuple(f"{m:%m-%d %H:%M}" for m in (row.start_at, row.finish_at))
        for row in plan.activities.all()
    }


def again(plan):
    """The plan in another product, by its own file."""
    return load(plan_files.export_mspdi(plan)).plan


def same(one, other):
    """Two pictures, but for the dates that their files said."""
    for picture in (one, other):
        for row in picture.activities:
            row["extra"].pop("file", None)
    assert vars(one) == vars(other)
    return True


# Dates --------------------------------------------------------------------------------------


def test_links_of_all_kinds_with_lag_lead_elapsed_and_percent():
    found = dates(
        project(
            task(1, "A", 24),
            task(2, "fs", 16, links=[1]),
            task(3, "fs lag", 16, links=[(1, FS, 4800, 7)]),
            task(4, "fs lead", 16, links=[(1, FS, -4800, 7)]),
            task(5, "ss lag", 16, links=[(1, SS, 4800, 7)]),
            task(6, "ff", 16, links=[(1, FF, 0, 7)]),
            task(7, "sf", 16, links=[(1, SF, 24000, 7)]),
            task(8, "elapsed", 16, links=[(1, FS, 28800, 8)]),
            task(9, "percent", 16, links=[(1, FS, 50, 19)]),
            task(10, "end", 0, links=[2, 3]),
        )
    )

    assert found == {
        "A": ("11-23 08:00", "11-25 17:00"),
        "fs": ("11-26 08:00", "11-27 17:00"),
        "fs lag": ("11-27 08:00", "11-30 17:00"),
        "fs lead": ("11-25 08:00", "11-26 17:00"),
        "ss lag": ("11-24 08:00", "11-25 17:00"),
        "ff": ("11-24 08:00", "11-25 17:00"),
        "sf": ("11-26 08:00", "11-27 17:00"),
        "elapsed": ("11-30 08:00", "12-01 17:00"),
        "percent": ("11-27 13:00", "12-01 12:00"),
        "end": ("11-30 17:00", "11-30 17:00"),
    }


@pytest.mark.parametrize(
    ("kind", "moment", "expected"),
    [
        (0, None, ("11-26 08:00", "11-27 17:00")),
        (2, "2026-12-01T08:00:00", ("12-01 08:00", "12-02 17:00")),
        (3, "2026-12-04T17:00:00", ("12-03 08:00", "12-04 17:00")),
        (4, "2026-11-30T08:00:00", ("11-30 08:00", "12-01 17:00")),
        (5, "2026-11-24T08:00:00", ("11-24 08:00", "11-25 17:00")),
        (6, "2026-12-01T17:00:00", ("11-30 08:00", "12-01 17:00")),
        (7, "2026-11-26T17:00:00", ("11-25 08:00", "11-26 17:00")),
    ],
)
def test_constraints(kind, moment, expected):
    second = task(2, "B", 16, links=[1], ConstraintType=kind, ConstraintDate=moment)

    assert dates(project(task(1, "A", 24), second))["B"] == expected


def test_links_win_where_the_project_says_so():
    second = task(2, "B", 16, links=[1], ConstraintType=2, ConstraintDate="2026-11-23T08:00:00")
    found = dates(project(task(1, "A", 24), second, HonorConstraints=0))

    assert found["B"] == ("11-26 08:00", "11-27 17:00")


def test_calendars_of_tasks_and_resources_with_exceptions_of_every_kind():
    week = {1: [], **dict.fromkeys(range(2, 7), STANDARD), 7: []}
    weekly = exception(
        "2026-11-23", "2027-12-31", name="Fridays off", Type=6, DaysOfWeek=32, Period=1
    )
    monthly = exception("2026-11-01", "2027-12-31", ["08:00:00-10:00:00"], Type=4, MonthDay=24)
    yearly = exception(
        "2026-01-01", "2030-12-31", Type=3, Month=10, MonthItem=7, MonthPosition=3
    )  # the fourth Thursday of November
    special = (
        "WorkWeek",
        [
            (
                "TimePeriod",
                [("FromDate", "2026-11-23T00:00:00"), ("ToDate", "2026-11-29T00:00:00")],
            ),
            ("Name", "Long days"),
            ("WeekDays", [day(n, ["06:00:00-18:00:00"]) for n in range(2, 7)]),
        ],
    )
    calendars = [
        calendar(1, "Standard"),
        calendar(2, "Weekly", week=week, exceptions=[weekly]),
        calendar(3, "Monthly", week=week, exceptions=[monthly]),
        calendar(4, "Yearly", week=week, exceptions=[yearly]),
        calendar(5, "Long", week=week, weeks=[special]),
        calendar(6, "Night Shift", week=dict.fromkeys(range(1, 8), NIGHT)),
        calendar(
            7, "Anna", base=1, week={2: []}, exceptions=[exception("2026-11-24", "2026-11-25")]
        ),
    ]
    found = dates(
        project(
            task(1, "weekly", 40, CalendarUID=2),
            task(2, "monthly", 16, CalendarUID=3),
            task(3, "yearly", 32, CalendarUID=4),
            task(4, "long", 22, CalendarUID=5),
            task(5, "night", 8, CalendarUID=6),
            task(6, "anna", 16),
            task(7, "anna ignored", 16, CalendarUID=2, IgnoreResourceCalendar=1),
            task(8, "anna weekly", 16, CalendarUID=2),
            task(9, "elapsed", 48, DurationFormat=8),
            calendars=calendars,
            resources=[resource(1, "Anna", CalendarUID=7)],
            assignments=[assignment(n, n, 1, 16) for n in (6, 7, 8)],
        )
    )

    assert found == {
        "weekly": ("11-23 08:00", "11-30 17:00"),
        "monthly": ("11-23 08:00", "11-25 15:00"),
        "yearly": ("11-23 08:00", "11-27 17:00"),
        "long": ("11-23 08:00", "11-24 18:00"),
        "night": ("11-23 23:00", "11-24 08:00"),
        "anna": ("11-26 08:00", "11-27 17:00"),
        "anna ignored": ("11-23 08:00", "11-24 17:00"),
        "anna weekly": ("11-26 08:00", "12-01 17:00"),
        "elapsed": ("11-23 08:00", "11-25 08:00"),
    }


def test_summaries_manual_inactive_foreign_and_blank_rows():
    found = dates(
        project(
            task(0, "Project", level=0, OutlineNumber="0", Summary=1),
            task(1, "S", 40, Summary=1, ConstraintType=4, ConstraintDate="2026-11-25T08:00:00"),
            task(2, "in S", 16, level=2),
            task(3, "T", 8, Summary=1, links=[1]),
            task(4, "in T", 8, level=2),
            ("Task", [("UID", 5), ("ID", 5), ("IsNull", 1)]),
            task(
                6, "by hand", 16, links=[4], Manual=1,
                start="2026-12-14T08:00:00", finish="2026-12-15T17:00:00",
            ),
            task(7, "after it", 8, links=[6]),
            task(
                8, "off", 80, Active=0,
                start="2026-11-23T08:00:00", finish="2026-12-04T17:00:00",
            ),
            task(9, "free of it", 8, links=[8]),
            task(
                10, "abroad", 8, ExternalTask=1,
                start="2026-12-21T08:00:00", finish="2026-12-21T17:00:00",
            ),
            task(11, "after abroad", 8, links=[10]),
        )
    )  # fmt: skip

    assert found["S"] == found["in S"] == ("11-25 08:00", "11-26 17:00")
    assert found["T"] == found["in T"] == ("11-27 08:00", "11-27 17:00")
    assert found["after it"] == ("12-16 08:00", "12-16 17:00")
    assert found["off"] == ("11-23 08:00", "12-04 17:00")
    assert found["free of it"] == ("11-23 08:00", "11-23 17:00")
    assert found["after abroad"] == ("12-22 08:00", "12-22 17:00")


def test_progress_delays_and_work_that_resumes():
    begun = {"PercentComplete": 50, "ActualStart": "2026-11-23T08:00:00"}
    found = dates(
        project(
            task(
                1, "done", 16, PercentComplete=100,
                ActualStart="2026-11-24T08:00:00", ActualFinish="2026-11-26T12:00:00",
            ),
            task(2, "under way", 16, **begun, ActualDuration="PT8H0M0S"),
            task(
                3, "resumed", 16, **begun, ActualDuration="PT8H0M0S",
                Stop="2026-11-23T17:00:00", Resume="2026-12-01T08:00:00",
            ),
            task(4, "levelled", 8, LevelingDelay=14400, LevelingDelayFormat=8),
            task(5, "follows", 8, links=[1]),
            StatusDate="2026-11-30T17:00:00",
        )
    )  # fmt: skip

    assert found == {
        "done": ("11-24 08:00", "11-26 12:00"),
        "under way": ("11-23 08:00", "11-24 17:00"),
        "resumed": ("11-23 08:00", "12-01 17:00"),
        "levelled": ("11-24 08:00", "11-24 17:00"),
        "follows": ("11-26 13:00", "11-27 12:00"),
    }


def test_a_project_counted_back_from_its_finish():
    found = dates(
        project(
            task(1, "A", 16, ConstraintType=1),
            task(2, "B", 8, links=[1], ConstraintType=1),
            task(3, "early", 8),
            ScheduleFromStart=0,
            FinishDate="2026-12-04T17:00:00",
        )
    )

    assert found == {
        "A": ("12-02 08:00", "12-03 17:00"),
        "B": ("12-04 08:00", "12-04 17:00"),
        "early": ("12-02 08:00", "12-02 17:00"),
    }


def test_resources_with_different_calendars_end_with_the_last():
    mornings = {n: STANDARD[:1] if 2 <= n <= 6 else [] for n in range(1, 8)}
    data = project(
        task(1, "two", 16),
        task(2, "fixed", 16, Type=1),
        calendars=[
            calendar(1, "Standard"),
            calendar(2, "Mornings", base=1, week=mornings),
            calendar(3, "Like standard", base=1),
        ],
        resources=[resource(1, "A", CalendarUID=2), resource(2, "B", CalendarUID=3)],
        assignments=[assignment(n, 1 + n // 3, 1 + n % 2, 8) for n in (1, 2, 3, 4)],
    )
    found = dates(data)

    assert found["two"] == ("11-23 08:00", "11-24 12:00")
    assert found["fixed"] == ("11-23 08:00", "11-24 17:00")


def test_a_split_shows_in_the_work_by_day():
    def worked(*days):
        return tuple(
            [
                ("Type", 1),
                ("Start", f"2026-11-{day}T08:00:00"),
                ("Finish", f"2026-11-{day}T17:00:00"),
                ("Unit", 2),
                ("Value", "PT8H0M0S"),
            ]
            for day in days
        )

    def file(finish, *days):
        parts = assignment(1, 1, 1, 16)[1] + [("TimephasedData", part) for part in worked(*days)]
        return project(
            task(1, "split", 16, start="2026-11-23T08:00:00", finish=finish),
            resources=[resource(1, "Anna")],
            assignments=[("Assignment", parts)],
        )

    assert dates(file("2026-11-26T17:00:00", 23, 26))["split"][1] == "11-26 17:00"
    plan = again(load(file("2026-11-26T17:00:00", 23, 26)).plan)
    assert plan.activities.get().pause_minutes == 960
    assert dates(file("2026-11-26T17:00:00", 23, 24))["split"][1] == "11-24 17:00"


# There and back -----------------------------------------------------------------------------

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
