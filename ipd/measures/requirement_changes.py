"""Measures of requirements over time: how much moves after a baseline, how soon one answers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Unit, measure
from ipd.models import RequirementBaseline, RequirementChange
from ipd.models.requirement_words import ChangeState

# Working days up to a day are counted from a Monday: five a week, and at most five of the rest.
RESPONSE = """
WITH decided AS (
    SELECT r.product_id, r.raised_on - date '2000-01-03' AS asked,
        min((s.at AT TIME ZONE %(zone)s)::date) - date '2000-01-03' AS answered
    FROM ipd_requirement r
    JOIN ipd_requirementstep s ON s.requirement_id = r.id AND s.kind IN ('distributed', 'rejected')
    WHERE r.level = 'IR' AND r.product_id = ANY(%(products)s)
    GROUP BY r.id)
SELECT product_id, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY
    5 * (answered / 7) + least(answered %% 7, 4) - 5 * (asked / 7) - least(asked %% 7, 4))
FROM decided
WHERE answered BETWEEN %(first)s - date '2000-01-03' AND %(last)s - date '2000-01-03'
GROUP BY product_id
"""


QUARTER = 91  # days


@measure(
    key="requirement_change_rate",
    label=_("Requirement change rate"),
    higher_is_better=False,
    route="ipd:requirement-baselines",
    looks_back=QUARTER,
)
def requirement_change_rate(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Additions, modifications and drops accepted in the period, of what the baseline holds.

    The baseline is the newest on the period's last day; before the first there is nothing to
    measure.
    """
    ids = list(product_ids)
    newest = (
        RequirementBaseline.objects.filter(product=OuterRef("product"), kept_on__lte=last)
        .order_by("-kept_on", "-pk")
        .values("pk")[:1]
    )
    sizes = (
        RequirementBaseline.objects.filter(product__in=ids, pk=Subquery(newest))
        .order_by()
        .values_list("product")
        .annotate(Count("items"))
    )
    moved = dict(
        RequirementChange.objects.filter(
            product__in=ids, state=ChangeState.ACCEPTED, decided_on__range=(first, last)
        )
        .order_by()
        .values_list("product")
        .annotate(Count("pk"))
    )
    return {product: Reading(moved.get(product, 0), size, size) for product, size in sizes}


@measure(
    key="requirement_response_days",
    label=_("Answer to a requirement"),
    unit=Unit.DAYS,
    higher_is_better=False,
    route="ipd:requirement-figures",
    together="median",
)
def requirement_response_days(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Median working days from the day it was raised to its distribution or rejection."""
    numbers = {
        "products": list(product_ids),
        "first": first,
        "last": last,
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        cursor.execute(RESPONSE, numbers)
        found = cursor.fetchall()
    return {product: Reading(Decimal(str(days)), 1, n) for product, n, days in found}
