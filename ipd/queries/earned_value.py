# ruff: noqa: S608 the statement is put together from constants
"""Earned value of products on a day, from budget by month, reported progress and booked cost."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Max

from ipd.calculations.earned_value import EarnedValue
from ipd.models import Period
from ipd.models.rates import company_currency
from ipd.queries import money_facts
from ipd.queries.money_facts import Standing, company_amount

# A package's value at the rate of its planned start, and what of it the last report has earned.
VALUE = company_amount("w.value", "w.currency", "w.planned_start")
EARNED_PERCENT = """CASE WHEN p.percent IS NULL THEN 0
    WHEN w.rule = 'milestones' OR p.percent = 100 THEN p.percent
    WHEN w.rule = '0_50_100' AND p.percent > 0 THEN 50 ELSE 0 END"""
EARNED = f"""SELECT w.product_id, sum({VALUE}), sum({VALUE} * {EARNED_PERCENT} / 100)
    FROM ipd_workpackage w LEFT JOIN LATERAL (
        SELECT percent FROM ipd_packageprogress WHERE package_id = w.id AND "on" <= %(day)s
        ORDER BY "on" DESC, id DESC LIMIT 1) p ON true
    WHERE w.product_id = ANY(%(products)s) GROUP BY w.product_id"""


def end_of(month: date) -> date:
    """The last day of a month.

    >>> end_of(date(2026, 2, 1))
    datetime.date(2026, 2, 28)
    """
    return month.replace(day=monthrange(month.year, month.month)[1])


def status_day(day: date) -> date:
    """The end of the last month whose books were closed by then; of the last whole one if none.

    Figures of a month that is still open would set planned work against half of its cost.
    """
    ended = (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    closed = Period.objects.filter(month__lte=ended).aggregate(last=Max("month"))["last"]
    return end_of(closed) if closed else ended


def packages(product_ids: Iterable[int], day: date) -> dict[int, tuple[Decimal, Decimal]]:
    """Planned and earned value of each product's work packages by the reports up to a day."""
    values = {"products": list(product_ids), "company": company_currency(), "day": day}
    with connection.cursor() as cursor:
        cursor.execute(EARNED, values)
        return {product: (value, earned) for product, value, earned in cursor.fetchall()}


def of(product_ids: Iterable[int], day: date) -> dict[int, EarnedValue]:
    """Earned value of each product that has money or work packages, as of the last closed month.

    BAC is the budget given so far, or the value of all planned work where not all of its money
    has been released yet. Money that is frozen is still budget. Three queries, however many.
    """
    ids, until = list(product_ids), status_day(day)
    return as_of(ids, until)


def as_of(ids: list[int], until: date) -> dict[int, EarnedValue]:
    """The same at the end of a month that is known, in two queries."""
    return worked_out(ids, money_facts.standings(ids, until), packages(ids, until))


def worked_out(
    ids: Iterable[int],
    money: dict[int, Standing],
    work: dict[int, tuple[Decimal, Decimal]],
) -> dict[int, EarnedValue]:
    """Earned value from what was booked by a day and the packages' values on it."""
    nothing = Standing()
    found = ((pk, money.get(pk, nothing), work.get(pk)) for pk in ids)
    return {
        pk: _figures(standing.booked, standing.due, worked)
        for pk, standing, worked in found
        if standing.booked or worked
    }


def _figures(whole, to_date, worked) -> EarnedValue:
    budget = whole.budget - whole.frozen if whole else Decimal(0)
    planned, earned = worked if worked and worked[0] is not None else (Decimal(0), None)
    return EarnedValue(
        bac=max(budget, planned) or None,
        pv=to_date.planned if to_date and whole.planned else None,
        ev=earned,
        ac=to_date.actual if to_date else Decimal(0),
    )


def by_month(product: int, first: date, last: date) -> dict[date, Decimal]:
    """Earned value of one product at the end of each month, by the reports up to then."""
    statement = f"""SELECT month::date, sum({VALUE} * {EARNED_PERCENT} / 100)
        FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS month
        CROSS JOIN ipd_workpackage w LEFT JOIN LATERAL (
            SELECT percent FROM ipd_packageprogress
            WHERE package_id = w.id AND "on" < month + interval '1 month'
            ORDER BY "on" DESC, id DESC LIMIT 1) p ON true
        WHERE w.product_id = %(product)s GROUP BY month"""
    values = {"first": first, "last": last, "product": product, "company": company_currency()}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(cursor.fetchall())
