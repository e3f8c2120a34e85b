# ruff: noqa: S608 the statements are put together from constants of this module
"""Who has how much to do in which week, over the plans of all products.

What is left of an activity is spread evenly over the weekdays from today, or its start, to its
finish; what is overdue falls into the first week. Work that is assigned counts for those it is
assigned to, other work for its owner. Hours of products that the reader may not see are in the
sums, as other work without a name: being over-allocated is no secret.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef

from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.models import Activity, Assignment, Product
from ipd.models.plans import ActivityKind
from ipd.queries.working_times import public_holidays
from teams.models import Function, Person, Site

WEEKS, PAGE, HOURS_A_DAY = 12, 40, 8
# The parts of activities: of people and functions they are assigned to, or of their owners.
# What is left of each is a whole number of hundredths of a percent of a minute.
PARTS = """
    SELECT a.id, a.plan_id, r.person_id AS person,
        coalesce(r.function_id, w.function_id, a.function_id) AS function,
        CASE WHEN s.work_minutes > 0 THEN 100 * s.work_minutes::bigint
            ELSE a.minutes::bigint * s.units END * (100 - a.percent) AS left_over,
        a.start_at, a.finish_at
    FROM ipd_activity a JOIN ipd_assignment s ON s.activity_id = a.id
    JOIN ipd_planresource r ON r.id = s.resource_id AND r.kind = 'work'
    LEFT JOIN teams_person w ON w.id = r.person_id
    WHERE {counts} AND (%(people)s::bigint[] IS NULL OR r.person_id = ANY(%(people)s))
    UNION ALL
    SELECT a.id, a.plan_id, a.owner_id, coalesce(w.function_id, a.function_id),
        100 * CASE WHEN a.effort_minutes > 0 THEN a.effort_minutes ELSE a.minutes END::bigint
            * (100 - a.percent), a.start_at, a.finish_at
    FROM ipd_activity a LEFT JOIN teams_person w ON w.id = a.owner_id
    WHERE {counts} AND (%(people)s::bigint[] IS NULL OR a.owner_id = ANY(%(people)s))
    AND NOT EXISTS (SELECT FROM ipd_assignment s JOIN ipd_planresource r ON r.id = s.resource_id
        WHERE s.activity_id = a.id AND r.kind = 'work')
""".format(
    counts="""a.kind = 'task' AND a.is_active AND a.percent < 100 AND a.minutes > 0
        AND a.start_at < %(end)s::date AND a.finish_at IS NOT NULL
        AND (%(products)s::bigint[] IS NULL OR a.plan_id IN
            (SELECT id FROM ipd_plan WHERE product_id = ANY(%(products)s)))"""
)
# Weekdays before a day, counted from a Monday; a difference of two is a number of weekdays.
BEFORE = "(5 * (({0} - date '2000-01-03') / 7) + least(({0} - date '2000-01-03') %% 7, 5))"
# Work of the same days is added up before it is spread: most of it is overdue, so in one week.
SPREAD = f"""
    WITH dated AS MATERIALIZED (SELECT {{of}}, sum(left_over) / 600000.0 AS hours,
            greatest((start_at AT TIME ZONE 'UTC')::date, %(from)s::date) AS first,
            greatest((finish_at AT TIME ZONE 'UTC')::date, %(from)s::date,
                %(from)s::date + 4 - 4 * (finish_at >= %(from)s::date)::int) AS last
        FROM ({PARTS}) AS parts WHERE {{where}} GROUP BY {{of}}, first, last)
    SELECT dated.*, week::date AS week,
        hours * ({BEFORE.format("(least(last, week::date + 6) + 1)")}
            - {BEFORE.format("greatest(first, week::date)")})::numeric
            / greatest({BEFORE.format("(last + 1)")} - {BEFORE.format("first")}, 1) AS worked
    FROM dated CROSS JOIN LATERAL generate_series(date_trunc('week', first),
        least(last, %(end)s::date - 1), interval '1 week') AS week
"""


@dataclass(frozen=True)
class Cell:
    """The hours of one week, and their share of what can be worked in it."""

    week: date
    hours: float
    capacity: float

    @property
    def percent(self) -> int:
        return round(100 * self.hours / self.capacity) if self.capacity else 0

    @property
    def is_over(self) -> bool:
        return round(self.hours) > round(self.capacity)

    @property
    def iso(self) -> str:
        return self.week.isoformat()

    @property
    def text(self) -> str:
        return f"{self.hours:.0f} h" if self.hours >= 0.5 else ""


@dataclass(frozen=True)
class Row:
    """A person or a function with the cells of the weeks."""

    subject: Person | Function
    cells: list[Cell]

    @property
    def over(self) -> int:
        return sum(cell.is_over for cell in self.cells)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_from(first: date) -> list[date]:
    return [first + timedelta(weeks=number) for number in range(WEEKS)]


def _asked(first: date, *, weeks: int = WEEKS, people=None, products=None) -> dict:
    """What is left is spread from this week on, whichever weeks are looked at."""
    return {
        "from": monday(today()),
        "first": first,
        "end": first + timedelta(weeks=weeks),
        "people": people,
        "products": products,
    }


def _hours(by: str, asked: dict) -> dict[tuple[int, date], float]:
    """Hours by person or function, and week, in one query."""
    spread = SPREAD.format(of=by, where=f"{by} IS NOT NULL")
    sql = f"""SELECT {by}, week, sum(worked) FROM ({spread}) AS spread
        WHERE week >= %(first)s::date GROUP BY {by}, week"""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return {(key, week): float(hours) for key, week, hours in cursor.fetchall()}


def products_of(person: Person, line: str) -> list[int] | None:
    """The visible products of a line; None without a line, which asks for all plans."""
    if not line:
        return None
    return list(
        Product.objects.visible_to(person).filter(line__code=line).values_list("pk", flat=True)
    )


def capacity(country: str, week: date) -> int:
    """Hours of one full-time person in a week: weekdays without the site's public holidays.

    >>> capacity("SE", date(2026, 12, 21))
    32
    """
    days = [week + timedelta(days=number) for number in range(5)]
    off = {year: public_holidays(country, "", year) for year in {day.year for day in days}}
    return HOURS_A_DAY * sum(day.toordinal() not in off[day.year] for day in days)


def people(
    reader: Person,
    first: date,
    *,
    everybody: bool,
    line: str,
    function: str,
    site: str,
    text: str,
    after: str,
) -> keyset.Slice:
    """A page of people by name, each with twelve weeks; those with work left, or everybody."""
    found = Person.objects.filter(is_active=True).select_related("site", "function")
    if not everybody:
        left = Activity.objects.filter(percent__lt=100, kind=ActivityKind.TASK)
        assigned = Assignment.objects.filter(resource__person=OuterRef("pk"))
        found = found.filter(
            Exists(left.filter(owner=OuterRef("pk")))
            | Exists(assigned.filter(activity__percent__lt=100))
        )
    if function:
        found = found.filter(function__code=function)
    if site:
        found = found.filter(site__code=site)
    for word in text.split()[:4]:
        found = found.filter(name__icontains=word)
    page = keyset.part(found, ("name", "pk"), after=after, size=PAGE)
    asked = _asked(first, people=[one.pk for one in page.rows], products=products_of(reader, line))
    hours = _hours("person", asked)
    return keyset.Slice([Row(one, _cells(one, hours, first)) for one in page.rows], page.after)


def of_person(person: Person, first: date) -> list[Cell]:
    """The weeks of one person, who knows their site, in one query."""
    return _cells(person, _hours("person", _asked(first, people=[person.pk])), first)


def _cells(person: Person, hours: dict, first: date) -> list[Cell]:
    country = person.site.country if person.site else ""
    return [
        Cell(week, hours.get((person.pk, week), 0.0), capacity(country, week))
        for week in weeks_from(first)
    ]


def functions(reader: Person, first: date, *, line: str, site: str) -> list[Row]:
    """Each function with twelve weeks; its capacity is that of its people at their sites."""
    heads = Person.objects.filter(is_active=True, function__isnull=False)
    if site:
        heads = heads.filter(site__code=site)
    counted = heads.order_by().values_list("function", "site").annotate(n=Count("pk"))
    countries = dict(Site.objects.order_by().values_list("pk", "country"))
    staff: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for function, at, count in counted:
        staff[function].append((countries.get(at, ""), count))
    ids = list(heads.values_list("pk", flat=True)) if site else None
    hours = _hours("function", _asked(first, people=ids, products=products_of(reader, line)))
    return [
        Row(
            one,
            [
                Cell(
                    week,
                    hours.get((one.pk, week), 0.0),
                    sum(capacity(country, week) * count for country, count in staff[one.pk]),
                )
                for week in weeks_from(first)
            ],
        )
        for one in Function.objects.order_by("code")
    ]


@dataclass(frozen=True)
class Piece:
    """One activity with its hours in the asked weeks."""

    pk: int
    code: str
    name: str
    percent: int
    start_on: date
    finish_on: date
    is_critical: bool
    product_pk: int
    product_code: str
    product_name: str
    hours: float


@dataclass(frozen=True)
class Work:
    """What is behind a cell: activities the reader may see, and the hours of all others."""

    pieces: list[Piece]
    others: float
    count: int
    hours: float


def work(
    reader: Person,
    first: date,
    *,
    person: int | None = None,
    function: int | None = None,
    weeks: int = 1,
    offset: int = 0,
) -> Work:
    """A page of the activities behind some weeks of a person or a function, most hours first."""
    visible = Product.objects.visible_to(reader).values_list("pk", flat=True)
    asked = _asked(first, weeks=weeks, people=[person] if person else None)
    asked |= {"function": function, "visible": list(visible), "offset": offset, "most": PAGE}
    of_function = "(%(function)s::bigint IS NULL OR function = %(function)s)"
    found = f"""WITH found AS (SELECT spread.id, plan.product_id, sum(worked) AS hours,
            plan.product_id = ANY(%(visible)s) AS seen
        FROM ({SPREAD.format(of="id, plan_id", where=of_function)}) AS spread
        JOIN ipd_plan AS plan ON plan.id = spread.plan_id
        WHERE week >= %(first)s::date AND worked > 0 GROUP BY spread.id, plan.product_id)"""
    sums = f"""{found} SELECT coalesce(sum(hours) FILTER (WHERE NOT seen), 0),
        count(*) FILTER (WHERE seen), coalesce(sum(hours), 0) FROM found"""
    page = f"""{found} SELECT a.id, a.code, a.name, a.percent, a.start_at::date, a.finish_at::date,
            a.is_critical, p.id, p.code, p.name, f.hours::float
        FROM found AS f JOIN ipd_activity AS a ON a.id = f.id
        JOIN ipd_product AS p ON p.id = f.product_id
        WHERE f.seen ORDER BY f.hours DESC, a.id OFFSET %(offset)s LIMIT %(most)s"""
    with connection.cursor() as cursor:
        cursor.execute(sums, asked)
        others, count, hours = cursor.fetchone()
        cursor.execute(page, asked)
        pieces = [Piece(*row) for row in cursor.fetchall()]
    return Work(pieces, float(others), count, float(hours))


def choices(reader: Person) -> dict[str, list[tuple[str, str]]]:
    """What the load can be narrowed to."""
    lines = Product.objects.visible_to(reader).order_by("line__code")
    return {
        "functions": list(Function.objects.values_list("code", "name")),
        "sites": list(Site.objects.values_list("code", "name")),
        "lines": list(lines.values_list("line__code", "line__name").distinct()),
    }
