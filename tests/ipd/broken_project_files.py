"""Two hundred and more broken project files: a name, the bytes, and a word of the refusal."""

import random
from collections.abc import Iterator
from itertools import pairwise

from tests.ipd.project_files import assignment, calendar, exception, project, resource, task

LONGEST = 26 * 1024 * 1024
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENTITIES = "".join(f'<!ENTITY {name} "{f"&{before};" * 4}">' for before, name in pairwise(LETTERS))
BOMB = f'<!DOCTYPE Project [<!ENTITY a "ha">{ENTITIES}]><Project>&z;</Project>'


def whole() -> bytes:
    """A good file to break."""
    return project(
        task(1, "Sum", 24, Summary=1),
        task(2, "Design", 16, level=2, start="2026-11-23T08:00:00", finish="2026-11-24T17:00:00"),
        task(3, "Build", 8, level=2, links=[(2, 1, 4800, 7)], CalendarUID=2),
        task(4, "Done", 0, links=[3], Deadline="2026-12-24T17:00:00"),
        calendars=[
            calendar(1, "Standard", exceptions=[exception("2026-12-24", "2026-12-26")]),
            calendar(2, "Anna", base=1),
        ],
        resources=[resource(1, "Anna", CalendarUID=2)],
        assignments=[assignment(1, 2, 1, 16)],
    )


def cut() -> Iterator[tuple]:
    data = whole()
    for number in range(60):
        end = len(data) * (number + 1) // 61
        yield f"cut off after {end} bytes", data[:end], "Line"


def foreign() -> Iterator[tuple]:
    data = whole()
    chance = random.Random(20261122)
    yield "nothing", b"", "empty"
    yield "only spaces", b" \n" * 5_000_000, "empty"
    yield "ten megabytes of noise", chance.randbytes(10 * 1024 * 1024), "Line 1"
    yield "more than 25 megabytes", b"<Project>" + b" " * LONGEST + b"</Project>", "25 MB"
    yield "a page", b"<html><body>Not found</body></html>", "html"
    yield "JSON", b'{"tasks": []}', "Line 1"
    yield "a table", b"product,code\nP01,A1\n", "Line 1"
    yield "an archive", b"PK\x03\x04" + chance.randbytes(500), "Line 1"
    yield "another root", b"<Plan><Tasks/></Plan>", "begins with Plan"
    yield "no tasks", project(), "no tasks"
    yield "a tower", b"<Project>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Project>", "too many"
    yield "a bomb", BOMB.encode(), "entities"
    yield "a document type", b"<!DOCTYPE Project><Project/>", "document type"
    for where in ("file:///etc/passwd", "http://127.0.0.1/", "//server/share"):
        entity = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{where}">]><Project><Name>&x;</Name></Project>'
        yield f"an entity from {where}", entity.encode(), "entities"
    parameter = '<!DOCTYPE p [<!ENTITY % x "y"> %x;]><Project/>'
    yield "a parameter entity", parameter.encode(), "entities"
    yield "an unknown entity", data.replace(b"Design", b"&unknown;"), "Line"
    yield "a NUL", data.replace(b"Design", b"De\0sign"), "Line"
    yield "a bell", data.replace(b"Design", b"De\x07sign"), "Line"
    yield "wrong bytes", data.replace(b"Design", b"D\xe9sign"), "Line"
    for encoding in ("klingon", "utf-16", "utf-32", "ascii-8bit"):
        named = data.replace(b'"UTF-8"', f'"{encoding}"'.encode())
        yield f"called {encoding}", named, ""
    yield "UTF-16 cut in half", data.decode().encode("utf-16")[:-7], "Line"
    yield "text after the end", data + b"<Project/>", "Line"
    yield "two declarations", b'<?xml version="1.0"?>' + data, "Line"
    yield "an open attribute", data.replace(b"<Tasks>", b'<Tasks a="1>'), "Line"


# Element, what stands in the good file, and values that cannot be there.
FIELDS = [
    (
        "UID",
        b"<UID>2</UID><ID>2</ID>",
        ["x", "-5", "2.5e99", "NaN", "1", ""],
        "<UID>{}</UID><ID>2</ID>",
    ),
    (
        "Duration",
        b"PT16H0M0S",
        ["PT-8H0M0S", "NaN", "PTNaNH", "16h", "PT", "INF", "PT9999999999H", "-PT8H"],
        "{}",
    ),
    (
        "OutlineLevel",
        b"<OutlineLevel>2</OutlineLevel>",
        ["x", "-1", "5000", "NaN"],
        "<OutlineLevel>{}</OutlineLevel>",
    ),
    (
        "PercentComplete",
        b"<PercentComplete>0</PercentComplete>",
        ["101", "-1", "NaN", "half"],
        "<PercentComplete>{}</PercentComplete>",
    ),
    (
        "ConstraintType",
        b"<ConstraintType>0</ConstraintType>",
        ["8", "-1", "x", "4"],
        "<ConstraintType>{}</ConstraintType>",
    ),
    (
        "Start",
        b"2026-11-23T08:00:00</Start>",
        [
            "x",
            "2026-13-01T08:00:00",
            "2026-02-30T08:00:00",
            "0001-01-01T08:00:00",
            "9999-01-01T08:00:00",
            "2027-11-23T08:00:00",
            "NaN",
        ],
        "{}</Start>",
    ),
    (
        "Deadline",
        b"2026-12-24T17:00:00</Deadline>",
        ["soon", "2026-99-99T00:00:00", "1600-01-01T00:00:00"],
        "{}</Deadline>",
    ),
    (
        "PredecessorUID",
        b"<PredecessorUID>2<",
        ["99", "3", "x", "-7", "NaN", "1e400"],
        "<PredecessorUID>{}<",
    ),
    ("Type", b"<Type>1</Type><CrossProject>", ["4", "-1", "x"], "<Type>{}</Type><CrossProject>"),
    ("LinkLag", b"<LinkLag>4800<", ["x", "NaN", "1e99", "99999999999"], "<LinkLag>{}<"),
    ("LagFormat", b"<LagFormat>7<", ["x", "NaN"], "<LagFormat>{}<"),
    (
        "CalendarUID",
        b"<CalendarUID>2</CalendarUID><LevelingDelay>",
        ["9", "x", "NaN"],
        "<CalendarUID>{}</CalendarUID><LevelingDelay>",
    ),
    ("LevelingDelay", b"<LevelingDelay>0<", ["x", "-10", "NaN"], "<LevelingDelay>{}<"),
    (
        "CalendarUID",
        b"<CalendarUID>1</CalendarUID><Min",
        ["7", "x"],
        "<CalendarUID>{}</CalendarUID><Min",
    ),
    (
        "MinutesPerDay",
        b"<MinutesPerDay>480<",
        ["0", "-480", "1441", "x", "NaN"],
        "<MinutesPerDay>{}<",
    ),
    (
        "StartDate",
        b"<StartDate>2026-11-23T08:00:00<",
        ["x", "2026-11-31T08:00:00", "0000-00-00T00:00:00"],
        "<StartDate>{}<",
    ),
    ("CriticalSlackLimit", b"<CriticalSlackLimit>0<", ["x", "-3"], "<CriticalSlackLimit>{}<"),
    ("DayType", b"<DayType>3<", ["9", "-2", "x"], "<DayType>{}<"),
    ("FromTime", b"<FromTime>08:00:00<", ["25:00:00", "x", "08:99:00", "NaN"], "<FromTime>{}<"),
    ("ToTime", b"<ToTime>12:00:00<", ["07:00:00", "x", "12:60:00"], "<ToTime>{}<"),
    (
        "FromDate",
        b"<FromDate>2026-12-24T00:00:00<",
        ["x", "2026-12-32T00:00:00", "1066-10-14T00:00:00"],
        "<FromDate>{}<",
    ),
    (
        "ToDate",
        b"<ToDate>2026-12-26T23:59:00<",
        ["x", "2026-12-01T00:00:00", "9999-12-31T00:00:00"],
        "<ToDate>{}<",
    ),
    ("BaseCalendarUID", b"<BaseCalendarUID>1<", ["5", "x"], "<BaseCalendarUID>{}<"),
    ("UID", b"<UID>2</UID><Name>Anna</Name>", ["1", "x"], "<UID>{}</UID><Name>Anna</Name>"),
    ("MaxUnits", b"<MaxUnits>1.00<", ["x", "NaN", "Infinity", "1e30"], "<MaxUnits>{}<"),
    ("TaskUID", b"<TaskUID>2<", ["9", "x"], "<TaskUID>{}<"),
    ("ResourceUID", b"<ResourceUID>1<", ["9", "x"], "<ResourceUID>{}<"),
    ("Units", b"<Units>1<", ["x", "NaN", "-Infinity"], "<Units>{}<"),
    ("Work", b"<Work>PT16H0M0S<", ["PT-16H0M0S", "NaN", "x"], "<Work>{}<"),
]


def fields() -> Iterator[tuple]:
    data = whole()
    for name, good, bad, form in FIELDS:
        assert good in data, good
        for value in bad:
            broken = data.replace(good, form.format(value).encode(), 1)
            word = "ConstraintDate" if (name, value) == ("ConstraintType", "4") else name
            word = "Finish" if value == "2027-11-23T08:00:00" else word
            yield f"{name} is “{value}”", broken, word


def networks() -> Iterator[tuple]:
    for length in range(2, 14):
        tasks = [task(n, f"T{n}", 8, links=[(n - 2) % length + 1]) for n in range(1, length + 1)]
        yield f"a circle of {length}", project(*tasks), "circle"
    inside = task(2, "In", 8, level=2, links=[1])
    yield "a task that waits for its summary", project(task(1, "S", 8), inside), "circle"
    yield (
        "a summary that waits for its task",
        project(task(1, "S", 8, links=[2]), task(2, "In", 8, level=2)),
        "circle",
    )
    never = calendar(1, "Never", week={n: [] for n in range(1, 8)})
    yield "no working time", project(task(1, "A", 8), calendars=[never]), "Never"
    once = calendar(
        1,
        "Once",
        week={n: [] for n in range(1, 8)},
        exceptions=[exception("2026-11-23", "2026-11-23", ["08:00:00-12:00:00"])],
    )
    yield "working time that ends", project(task(1, "A", 8), calendars=[once]), "no working time"
    yield "a name without end", project(task(1, "x" * 256, 8)), "255"
    yield "a duration of ages", project(task(1, "A", 30_000_000)), "no working time"
    for number in range(1, 9):
        ended = {
            "ActualStart": f"2026-11-2{number}T08:00:00",
            "ActualFinish": "2026-11-20T17:00:00",
        }
        yield f"ended before {number}", project(task(1, "A", 8, **ended)), "ActualFinish"


def corpus() -> list[tuple[str, bytes, str]]:
    return [*cut(), *foreign(), *fields(), *networks()]
