"""Months of KPIs: which are closed, by whom, and how much was read in them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from teams.calculations.months import month_of, row_of
from teams.models import KpiMonth, KpiTotal
from teams.queries.totals import COMPANY


@dataclass(frozen=True)
class Month:
    """A month; `readings` are figures of teams that everybody may see."""

    month: date
    closed: KpiMonth | None
    readings: int


def months(day: date, count: int) -> list[Month]:
    """The running month and those before it in which anything was read or closed; two queries."""
    wanted = row_of(month_of(day), count)
    rows = KpiMonth.objects.filter(month__in=wanted).select_related("closed_by")
    closed = {row.month: row for row in rows}
    sums = KpiTotal.objects.filter(group=COMPANY, month__in=wanted).order_by().values_list("month")
    read = dict(sums.annotate(Sum("teams")))
    first = min([*closed, *read, wanted[-1]])
    return [
        Month(month, closed.get(month), read.get(month, 0))
        for month in reversed(wanted)
        if month >= first
    ]
