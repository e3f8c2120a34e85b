"""What gates left open: conditions closed at all, and by the day they were first due."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from gates.models import Condition
from gates.models.conditions import ConditionState
from ipd.kernel.measures import Reading, Status, measure, shares

CLOSED = Q(state__in=[ConditionState.VERIFIED, ConditionState.WAIVED])


@measure(
    key="conditions_closed", label=_("Conditions of earlier gates closed"), route="ipd:product"
)
def conditions_closed(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of all conditions given to the product so far: those that are verified or waived.

    One that lapsed is not closed. Without any condition nothing is due.
    """
    ids = list(product_ids)
    rows = Condition.objects.filter(review__product__in=ids, review__is_rehearsal=False)
    found = shares(rows, CLOSED, by="review__product", newest=Max("settled_on"))
    nothing = Reading(0, 0, 0, Status.NOT_DUE, detail=_("No gate has given a condition yet."))
    return dict.fromkeys(ids, nothing) | found


@measure(
    key="conditions_on_time",
    of_events=True,
    label=_("Conditions closed by their first due date"),
    route="ipd:product",
)
def conditions_on_time(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Of the conditions first due in the period: those verified or waived by that day.

    More time that was given later does not count. One that is due on the last day itself still
    has it.
    """
    due = Condition.objects.filter(
        review__product__in=list(product_ids),
        review__is_rehearsal=False,
        original_due_on__range=(first, last),
    ).exclude(original_due_on=last, settled_on=None)
    in_time = CLOSED & Q(settled_on__lte=F("original_due_on"))
    return shares(due, in_time, by="review__product", newest=Max("settled_on"))
