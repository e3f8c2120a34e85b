"""A plan as plain values, the same whether it comes from a file or from the database.

Rows refer to each other by codes and names, never by keys; so two pictures of the same plan are
equal, and what differs between a file and the database is a comparison.
"""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass
class Picture:
    """All of a plan.

    plan         starts_at, is_from_finish, status_on, moves_rest, keeps_dates, calendar (a
                 code), extra
    calendars    by code: name, hours, minutes_per_day, country, subdivision, uid, extra, and
                 exceptions as [first, last, name, hours]
    activities   in their order; `parent` and `calendar` are codes, `start_at` and `finish_at`
                 stand only where they are kept and not computed
    links        (predecessor, successor, kind): (lag, unit)
    resources    by name; `calendar` is a code
    assignments  by (activity's code, resource's name)
    baselines    by number: name, finish_at and rows by the activity's code
    """

    plan: Row = field(default_factory=dict)
    calendars: dict[str, Row] = field(default_factory=dict)
    activities: list[Row] = field(default_factory=list)
    links: dict[tuple[str, str, str], tuple[int, str]] = field(default_factory=dict)
    resources: dict[str, Row] = field(default_factory=dict)
    assignments: dict[tuple[str, str], Row] = field(default_factory=dict)
    baselines: dict[int, Row] = field(default_factory=dict)
