"""Project files for tests, written as Microsoft Project writes them."""

from xml.sax.saxutils import escape

from ipd.actions import plan_files
from tests.factories import ProductFactory

FS, FF, SF, SS = 1, 0, 2, 3
STANDARD = ["08:00:00-12:00:00", "13:00:00-17:00:00"]
NIGHT = ["00:00:00-03:00:00", "04:00:00-08:00:00", "23:00:00-00:00:00"]


def element(tag, value):
    """`value` is text, a list of (tag, value) pairs, or None for nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"<{tag}>{''.join(element(*pair) for pair in value)}</{tag}>"
    return f"<{tag}>{escape(str(value))}</{tag}>"


def times(hours):
    return [
        ("WorkingTime", [("FromTime", part.split("-")[0]), ("ToTime", part.split("-")[1])])
        for part in hours
    ]


def day(number, hours):
    worked = [("DayWorking", "1" if hours else "0")]
    return (
        "WeekDay",
        [("DayType", number), *worked, *([("WorkingTimes", times(hours))] if hours else [])],
    )


def exception(first, last, hours=(), name="", **fields):
    return (
        "Exception",
        [
            ("EnteredByOccurrences", fields.pop("EnteredByOccurrences", "0")),
            (
                "TimePeriod",
                [("FromDate", f"{first}T00:00:00"), ("ToDate", f"{last}T23:59:00")],
            ),
            *fields.items(),
            ("Name", name),
            *([] if "Type" in fields else [("Type", "1")]),
            ("DayWorking", "1" if hours else "0"),
            *([("WorkingTimes", times(hours))] if hours else []),
        ],
    )


def calendar(uid, name, *, week=None, base=None, exceptions=(), weeks=()):
    """`week` has hours by the format's days, Sunday 1; a base calendar has all seven."""
    if week is None and base is None:
        week = {n: STANDARD if 2 <= n <= 6 else [] for n in range(1, 8)}
    return (
        "Calendar",
        [
            ("UID", uid),
            ("Name", name),
            ("IsBaseCalendar", "0" if base else "1"),
            ("BaseCalendarUID", base or -1),
            ("WeekDays", [day(n, hours) for n, hours in (week or {}).items()]),
            *([("Exceptions", list(exceptions))] if exceptions else []),
            *([("WorkWeeks", list(weeks))] if weeks else []),
        ],
    )


def task(uid, name, hours=8.0, *, level=1, links=(), start=None, finish=None, **fields):
    """`links` are (predecessor, type, lag, format), short for finish to start when a number."""
    whole, minutes = divmod(round(hours * 60), 60)
    given = {
        "UID": uid,
        "ID": uid,
        "Name": name,
        "Active": 1,
        "Manual": 0,
        "Type": 0,
        "IsNull": 0,
        "OutlineLevel": level,
        "Start": start,
        "Finish": finish,
        "Duration": f"PT{whole}H{minutes}M0S",
        "DurationFormat": 7,
        "Milestone": int(hours == 0),
        "Summary": 0,
        "PercentComplete": 0,
        "ConstraintType": 0,
        "CalendarUID": -1,
        "LevelingDelay": 0,
    } | fields
    parts = [(tag, value) for tag, value in given.items() if not isinstance(value, tuple)]
    for link in links:
        before, kind, lag, form = (link, 1, 0, 7) if isinstance(link, int) else link
        parts.append(
            (
                "PredecessorLink",
                [
                    ("PredecessorUID", before),
                    ("Type", kind),
                    ("CrossProject", 0),
                    ("LinkLag", lag),
                    ("LagFormat", form),
                ],
            )
        )
    for tag, values in given.items():
        if isinstance(values, tuple):
            parts += [(tag, value) for value in values]
    return ("Task", parts)


def resource(uid, name, **fields):
    given = {"UID": uid, "ID": uid, "Name": name, "Type": 1, "IsNull": 0, "MaxUnits": "1.00"}
    return ("Resource", list((given | fields).items()))


def assignment(uid, task_uid, resource_uid, hours, **fields):
    given = {"UID": uid, "TaskUID": task_uid, "ResourceUID": resource_uid}
    rest = {"Units": "1", "Work": f"PT{hours}H0M0S"}
    return ("Assignment", list((given | rest | fields).items()))


def project(*tasks, calendars=None, resources=(), assignments=(), more=(), **fields):
    """The file's bytes."""
    given = {
        "SaveVersion": 14,
        "Name": "Sample.mpp",
        "Title": "Sample",
        "ScheduleFromStart": 1,
        "StartDate": "2026-11-23T08:00:00",
        "FinishDate": "2027-03-12T17:00:00",
        "CriticalSlackLimit": 0,
        "CalendarUID": 1,
        "MinutesPerDay": 480,
        "MinutesPerWeek": 2400,
        "DaysPerMonth": 20,
        "HonorConstraints": 1,
    } | fields
    parts = [
        *given.items(),
        *more,
        ("Calendars", list(calendars or [calendar(1, "Standard")])),
        ("Tasks", [part if isinstance(part, tuple) else task(*part) for part in tasks]),
        ("Resources", list(resources)),
        ("Assignments", list(assignments)),
    ]
    inside = "".join(element(tag, value) for tag, value in parts)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Project xmlns="http://schemas.microsoft.com/project">{inside}</Project>'
    ).encode()


def load(data, product=None):
    """The file comes in, for a product of its own unless one is given."""
    return plan_files.load(product or ProductFactory(), data, by=None)


def again(plan):
    """The plan in another product, by its own file."""
    return load(plan_files.export_mspdi(plan)).plan
