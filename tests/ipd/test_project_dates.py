"""Dates of project files, as the program that writes such files computes them."""

import pytest

from tests.ipd.project_files import (
    FF,
    FS,
    NIGHT,
    SF,
    SS,
    STANDARD,
    again,
    assignment,
    calendar,
    day,
    exception,
    load,
    project,
    resource,
    task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]


def dates(data):
    """Start and finish of each task, as "23 08:00" in November and December 2026."""
    plan = load(data).plan
    return {
        row.name: tuple(f"{m:%m-%d %H:%M}" for m in (row.start_at, row.finish_at))
        for row in plan.activities.all()
    }


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
