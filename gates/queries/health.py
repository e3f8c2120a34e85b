# ruff: noqa: S608 the statement is put together from constants of this module
"""Health of the process, by line and by kind of decision: one statement over the held reviews.

Everybody sees it; a confidential product counts for those who may see it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db import connection
from django.db.models import Case, CharField, Value, When

from gates.calculations.health import Share, percentile, working_hours
from gates.models import HeldReview
from ipd.kernel.days import today
from teams.models import Person

YEAR = timedelta(days=365)
NOW, BEFORE = "now", "before"
COLUMNS = [
    *("line_id", "kind", "gate", "asked_on", "told_on", "people", "preparing_hours"),
    *("reading_hours", "meeting_hours", "is_as_recommended", "is_unanimous", "has_changed"),
    *("deferrals", "musts", "waived", "is_reopened"),
]
LATENCY = "told_on - asked_on"
HOURS = "meeting_hours + coalesce(preparing_hours, 0) + coalesce(reading_hours, 0)"
# Of the rows that a reader may see; {rows} is a statement that Django wrote, the rest is ours.
AGGREGATE = f"""
SELECT period, {{keys}},
    array_agg({LATENCY}) FILTER (WHERE period = 'now' AND {LATENCY} IS NOT NULL) AS days,
    count(*) AS reviews,
    count({LATENCY}) AS timed,
    count(meeting_hours) AS logged,
    coalesce(sum({HOURS}), 0) AS hours,
    count(*) FILTER (WHERE has_changed) AS changed,
    count(*) FILTER (WHERE has_changed AND meeting_hours IS NOT NULL) AS changed_logged,
    coalesce(sum({HOURS}) FILTER (WHERE people * ({LATENCY}) > 0), 0) AS touched,
    coalesce(sum(people * ({LATENCY})) FILTER (WHERE meeting_hours IS NOT NULL), 0) AS waited,
    count(*) FILTER (WHERE is_as_recommended AND is_unanimous) AS agreed,
    count(*) FILTER (WHERE is_as_recommended IS NOT NULL AND is_unanimous IS NOT NULL) AS asked,
    sum(deferrals) AS deferrals,
    sum(waived) AS waived,
    sum(musts) AS musts,
    count(*) FILTER (WHERE is_reopened) AS reopened
FROM ({{rows}}) AS held
GROUP BY {{groups}}, period
"""

# Days are only compared with targets, so the year before needs none; gates are not told by line.
KEYS = {"kind": "line_id, kind", "gate": "NULL, gate"}
GROUPS = {"kind": "line_id, kind", "gate": "gate"}


@dataclass(frozen=True)
class Figures:
    """What a set of held reviews tells, each figure with what it is counted from."""

    percentiles: list[float] | None = None
    reviews: int = 0
    timed: int = 0
    logged: int = 0
    hours: float = 0
    changed: int = 0
    changed_logged: int = 0
    touched: float = 0
    waited: int = 0
    agreed: int = 0
    asked: int = 0
    deferrals: int = 0
    waived: int = 0
    musts: int = 0
    reopened: int = 0

    @property
    def median(self) -> float | None:
        return self.percentiles[0] if self.percentiles else None

    @property
    def p90(self) -> float | None:
        """Nine of ten are told within so many days."""
        return self.percentiles[1] if self.percentiles else None

    @property
    def hours_each(self) -> float | None:
        """Hours of a review: all hours by the reviews whose hours are known."""
        return self.hours / self.logged if self.logged else None

    @property
    def hours_by_change(self) -> float | None:
        """Hours spent for each decision that the review changed."""
        return self.hours / self.changed_logged if self.changed_logged else None

    @property
    def touch(self) -> Share:
        """Hours worked, of the working hours that passed for everybody who took part."""
        return Share(self.touched, working_hours(self.waited))

    @property
    def agreement(self) -> Share:
        """Decided as recommended, and nobody scored differently."""
        return Share(self.agreed, self.asked)

    @property
    def deferred(self) -> Share:
        """Meetings without a decision, of all that were held."""
        return Share(self.deferrals, self.reviews + self.deferrals)

    @property
    def waivers(self) -> Share:
        return Share(self.waived, self.musts)

    @property
    def reopenings(self) -> Share:
        return Share(self.reopened, self.reviews)


NOTHING = Figures()
Key = tuple[int | None, str | None]


@dataclass(frozen=True)
class Health:
    """By (line, kind) or (line, gate) the figures of a year and of the year before; a key's
    None stands for all of them."""

    first: date
    last: date
    now: dict[Key, Figures]
    before: dict[Key, Figures]

    def of(self, line: int | None = None, part: str | None = None) -> Figures:
        return self.now.get((line, part), NOTHING)

    def was(self, line: int | None = None, part: str | None = None) -> Figures:
        return self.before.get((line, part), NOTHING)


def held_in(person: Person, first: date, last: date, *, line: int | None = None):
    """The held reviews of these days that the person may see, also those held elsewhere."""
    rows = HeldReview.objects.visible_to(person).filter(held_on__range=(first, last))
    return rows.filter(line=line) if line is not None else rows


def by_kind(person: Person, *, day: date | None = None) -> Health:
    """Of lines, of kinds, and of all; one query."""
    return _read(person, "kind", day=day)


def by_gate(person: Person, *, line: int | None = None, day: date | None = None) -> Health:
    """Of gates, of one line's or of all lines' together; one query."""
    return _read(person, "gate", line=line, day=day)


def _read(person: Person, part: str, *, line: int | None = None, day: date | None = None) -> Health:
    last = day or today()
    first = last - YEAR + timedelta(days=1)
    rows = held_in(person, first - YEAR, last, line=line).annotate(
        period=Case(
            When(held_on__gte=first, then=Value(NOW)),
            default=Value(BEFORE),
            output_field=CharField(),
        )
    )
    rows = rows.order_by().values("period", *COLUMNS)
    statement, values = rows.query.sql_with_params()
    written = AGGREGATE.format(rows=statement, keys=KEYS[part], groups=GROUPS[part])
    counted: dict[str, dict[Key, list]] = {NOW: {}, BEFORE: {}}
    with connection.cursor() as cursor:
        cursor.execute(written, values)
        for period, of_line, of_part, *found in cursor:
            for key in {(of_line, of_part), (of_line, None), (None, of_part), (None, None)}:
                counted[period].setdefault(key, []).append(found)
    now, before = (
        {key: _together(found) for key, found in of_period.items()}
        for of_period in (counted[NOW], counted[BEFORE])
    )
    return Health(first, last, now, before)


def _together(found: list) -> Figures:
    """The smallest groups added up: for all of them, of a line or of a kind."""
    days, *counts = zip(*found, strict=True)
    told = sorted(chain.from_iterable(some for some in days if some))
    both = [percentile(told, share) for share in (0.5, 0.9)] if told else None
    return Figures(both, *map(sum, counts))
