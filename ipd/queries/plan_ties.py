"""The links of a stretch of a plan's rows: they come with its first row, in the same query."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce, JSONArray

from ipd.models import Activity, Link, Plan


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that touches or passes a stretch of rows; its ends by place, time and code."""

    kind: str
    lag: int
    unit: str
    from_pk: int
    from_order: int
    from_code: str
    from_start: datetime | None
    from_finish: datetime | None
    from_critical: bool
    to_pk: int
    to_order: int
    to_start: datetime | None
    to_finish: datetime | None
    to_critical: bool

    @classmethod
    def read(cls, values: list) -> "Tie":
        """From its fields in order, moments as they are written."""
        values = list(values)
        for place in MOMENTS:
            values[place] = values[place] and datetime.fromisoformat(values[place])
        return cls(*values)


MOMENTS = [n for n, one in enumerate(fields(Tie)) if one.name.endswith(("_start", "_finish"))]


def ties(rows: Sequence[Activity]) -> list[Tie]:
    """The links that touch or pass these rows of `chunk`, which came with the first of them."""
    if not rows:
        return []
    first, last = rows[0].order, rows[-1].order
    found = [Tie.read(values) for values in rows[0].ties or ()]
    return [
        tie
        for tie in found
        if min(tie.from_order, tie.to_order) <= last and max(tie.from_order, tie.to_order) >= first
    ]


def between(plan: Plan, first: Subquery, last: Coalesce) -> Subquery:
    """All links that touch or pass the rows between two places, as one value."""
    # Both sides are found once, by place, before the ends of what is left are joined.
    rows = plan.activities.order_by().values("pk")
    until, since = rows.filter(order__lte=last), rows.filter(order__gte=first)
    down = Q(predecessor__in=until, successor__in=since)
    up = Q(successor__in=until, predecessor__in=since)
    ends = ("pk", "order", "code", "start_at", "finish_at", "is_critical")
    names = [f"predecessor__{end}" for end in ends]
    names += [f"successor__{end}" for end in ends if end != "code"]
    found = Link.objects.filter(down | up, plan=plan).order_by().values("plan")
    told = JSONBAgg(JSONArray("kind", "lag", "lag_unit", *names), order_by="pk")
    return Subquery(found.annotate(told=told).values("told"))
