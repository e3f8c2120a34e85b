"""What waits for a person in the academy: each room says it in one query, all are asked at once.

A room registers a function of the person that gives the rows that wait as
`values_list(pk, who, what, due)`; `what` and `due` may be blank (`NOTHING`, `NO_DAY`). The
rows of all rooms are fetched by one UNION, so that a page costs the same with every room added.

    @waits(
        text=_("Say whether the reflection of %(who)s is complete: %(what)s"),
        route="teams:reflection",
    )
    def reflections(person):
        rows = Reflection.objects.filter(...)
        return rows.values_list("pk", "enrolment__person__name", "element__title", "due_on")

The room's queries are imported by its views, and so by the addresses; nothing else is to be done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, QuerySet, TextField, Value
from django.urls import reverse

from ipd.kernel.days import today
from teams.models import Person

NOTHING = Value("", TextField())
NO_DAY = Value(None, DateField())
MOST = 100

Rows = Callable[[Person], QuerySet]


@dataclass(frozen=True)
class Source:
    """One room's register entry; `route` is named with the row's pk unless `plain`."""

    name: str
    text: str
    route: str
    rows: Rows
    plain: bool = False


@dataclass(frozen=True)
class Wait:
    """One thing that waits for somebody."""

    text: str
    url: str
    due: date | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < today()


WAITING: dict[str, Source] = {}


def waits(*, text: str, route: str, plain: bool = False) -> Callable[[Rows], Rows]:
    """Register rows that wait; `plain` is for a route without argument."""

    def register(rows: Rows) -> Rows:
        name = f"{rows.__module__}.{rows.__qualname__}"
        WAITING[name] = Source(name, text, route, rows, plain)
        return rows

    return register


def waiting_for(person: Person) -> list[Wait]:
    """Everything that waits for the person, what is due first on top; one query."""
    asked = [
        source.rows(person).order_by().annotate(wait_source=Value(name, TextField()))
        for name, source in WAITING.items()
    ]
    if not asked:
        return []
    first, *others = asked
    rows = list(first.union(*others, all=True).order_by()[:MOST] if others else first[:MOST])
    rows.sort(key=lambda row: (row[3] is None, row[3] or date.max, row[4], row[0]))
    return [_drawn(*row) for row in rows]


def _drawn(pk, who, what, due, name) -> Wait:
    source = WAITING[name]
    url = reverse(source.route, args=[] if source.plain else [pk])
    return Wait(source.text % {"who": who, "what": what}, url, due)
