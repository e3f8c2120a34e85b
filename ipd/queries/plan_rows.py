"""What a row of the plan's table says, column by column, ready to be written out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.calculations.plan_words import duration, link_text
from ipd.models import Activity, Plan
from ipd.models.plans import ActivityKind, ConstraintKind
from ipd.queries.baselines import Counting, counting, in_days
from ipd.queries.plan_ties import Tie

NOTHING = "–"


@dataclass(frozen=True)
class Column:
    """A column of the table; `field` is what is edited in it, if anything."""

    key: str
    label: str
    field: str = ""
    is_number: bool = False


START = Column("start", gettext_lazy("Start"), "constraint")
FINISH = Column("finish", gettext_lazy("Finish"))
OWNER = Column("owner", gettext_lazy("Owner"), "owner")
DURATION = Column("duration", gettext_lazy("Duration"), "duration", True)
LINKS = Column("links", gettext_lazy("Predecessors"), "links")
P80 = Column("p80", gettext_lazy("P80"))
SLIP = Column("slip", gettext_lazy("Slip"), "", True)
COLUMNS: dict[str, list[Column]] = {
    "dates": [DURATION, START, FINISH, P80, OWNER],
    "estimates": [
        Column("estimate", gettext_lazy("Least · likely · most"), "estimate", True),
        Column("function", gettext_lazy("Function"), "function"),
        OWNER,
    ],
    "logic": [
        LINKS,
        Column("constraint", gettext_lazy("Constraint"), "constraint"),
        Column("float", gettext_lazy("Float"), "", True),
    ],
    "progress": [
        Column("percent", gettext_lazy("Done"), "percent", True),
        START,
        FINISH,
        Column("base_finish", gettext_lazy("Baseline")),
        SLIP,
    ],
    "chart": [],
}
# What is computed from an activity's children is not typed into it.
OF_SUMMARIES = {"name", "function", "owner", "links", "constraint"}
OF_POINTS = {"name", "function", "owner", "links", "constraint", "percent"}


@dataclass(slots=True)
class Line:
    """One row: its activity and the texts of its columns, with the field edited in each."""

    activity: Activity
    cells: list[tuple[Column, str, str]]
    place: int
    is_closed: bool
    is_late: bool
    twist: str = ""


def columns(table: str, *, simulated: bool) -> list[Column]:
    return [one for one in COLUMNS[table] if simulated or one.key != "p80"]


def editable(activity: Activity, field: str) -> str:
    """The field when it can be typed for this kind of activity, else nothing."""
    if activity.kind == ActivityKind.SUMMARY:
        return field if field in OF_SUMMARIES else ""
    if activity.kind in (ActivityKind.MILESTONE, ActivityKind.GATE):
        return field if field in OF_POINTS else ""
    return field


def predecessors(ties: Iterable[Tie], per_day: int) -> dict[int, str]:
    """What each activity waits for, as it is typed."""
    found: dict[int, list[str]] = defaultdict(list)
    for tie in ties:
        found[tie.to_pk].append(
            link_text(tie.from_code, tie.kind, tie.lag, tie.unit, per_day=per_day)
        )
    return {pk: ", ".join(texts) for pk, texts in found.items()}


def lines(
    plan: Plan,
    rows: Sequence[Activity],
    shown: Sequence[Column],
    ties: Iterable[Tie],
    *,
    first: int,
    closed: Sequence[int] = (),
    address: str = "",
) -> list[Line]:
    """The rows of `plans.chunk` with their texts; slips cost a query for the plan's calendar.

    address  the page's own, ready for other closed branches
    """
    per_day = plan.calendar.minutes_per_day
    waits = predecessors(ties, per_day) if LINKS in shown else {}
    days = counting(plan) if SLIP in shown else None
    found = []
    for place, row in enumerate(rows, start=first):
        cells = [
            (one, _text(row, one.key, waits, per_day, days), editable(row, one.field))
            for one in shown
        ]
        line = Line(row, cells, place, row.pk in closed, bool(row.is_late))
        if row.kind == ActivityKind.SUMMARY:
            others = [pk for pk in closed if pk != row.pk]
            branch = others if line.is_closed else [*others, row.pk]
            line.twist = f"{address}{'.'.join(map(str, branch))}&at={row.pk}"
        found.append(line)
    return found


def _text(
    row: Activity, key: str, waits: dict[int, str], per_day: int, days: Counting | None
) -> str:
    """The text of one column."""
    match key:
        case "duration":
            return duration(row.minutes, per_day=per_day) if row.minutes else NOTHING
        case "start":
            return _day(row.start_at)
        case "finish":
            return _day(row.finish_at)
        case "p80":
            return _day(getattr(row, "p80", None))
        case "base_finish":
            return _day(getattr(row, "base_finish", None))
        case "owner":
            return row.owner.name if row.owner else NOTHING
        case "function":
            return row.function.code if row.function else NOTHING
        case "estimate":
            return estimate(row, per_day)
        case "percent":
            return f"{row.percent} %"
        case "links":
            return waits.get(row.pk, NOTHING)
        case "constraint":
            return constraint(row)
        case "float":
            return slack(row, per_day)
        case "slip":
            return in_days(days(getattr(row, "base_finish", None), row.finish_at))
    raise ValueError(key)


def _day(moment) -> str:
    return f"{moment:%Y-%m-%d}" if moment else NOTHING


def estimate(row: Activity, per_day: int) -> str:
    """Optimistic, likely and pessimistic durations; only the likely one where there is no more."""
    if row.kind == ActivityKind.SUMMARY or not row.minutes:
        return NOTHING
    likely = duration(row.minutes, per_day=per_day)
    if row.optimistic_minutes is None:
        return likely
    least = duration(row.optimistic_minutes, per_day=per_day)
    most = duration(row.pessimistic_minutes, per_day=per_day)
    parts = [least, likely, most]
    if all(part.endswith(" d") for part in parts):
        return " · ".join(part[:-2] for part in parts) + " d"
    return " · ".join(parts)


def constraint(row: Activity) -> str:
    if row.constraint == ConstraintKind.ASAP or row.constraint_at is None:
        return NOTHING if row.constraint == ConstraintKind.ASAP else row.get_constraint_display()
    return f"{row.get_constraint_display()} {_day(row.constraint_at)}"


def slack(row: Activity, per_day: int) -> str:
    if row.total_float_minutes is None:
        return NOTHING
    if row.is_critical:
        return (
            _("critical")
            if row.total_float_minutes >= 0
            else _("%(days)s critical")
            % {"days": duration(row.total_float_minutes, per_day=per_day)}
        )
    return duration(row.total_float_minutes, per_day=per_day)
