"""Measures of the people behind products: are the seats filled, and with time to give."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, measure, shares
from teams.models import Seat

FULL_TIME = 100


def _core_seats(product_ids: Iterable[int], day: date):
    return Seat.objects.current(day).filter(team__product__in=list(product_ids), role__is_core=True)


@measure(key="role_coverage", label=_("Role coverage"))
def role_coverage(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Core seats with a holder and a deputy, of all core seats, on the period's last day."""
    doubly = Q(person__isnull=False, deputy__isnull=False)
    return shares(_core_seats(product_ids, last), doubly, by="team__product")


@measure(key="over_allocation", label=_("Seats of over-allocated people"), higher_is_better=False)
def over_allocation(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Filled core seats whose holder's seats sum to more than full time, of all filled ones.

    The sum is over all of the holder's seats on the period's last day, in whatever team.
    """
    promised = (
        Seat.objects.current(last)
        .filter(person=OuterRef("person"))
        .order_by()
        .values("person")
        .annotate(total=Sum("allocation_percent"))
    )
    filled = _core_seats(product_ids, last).filter(person__isnull=False)
    rows = filled.alias(promised=Subquery(promised.values("total")))
    return shares(rows, Q(promised__gt=FULL_TIME), by="team__product")
