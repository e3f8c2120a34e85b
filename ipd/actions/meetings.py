"""Plans follow the meetings of their gates, whoever keeps the calendar of reviews."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from ipd.actions import scheduling
from ipd.kernel.access import Refused
from ipd.kernel.actions import touches
from ipd.models import Activity, Plan
from ipd.models.plans import ActivityKind


@transaction.atomic
def moved(product_ids: Iterable[int]) -> None:
    """Gate meetings of these products were planned, moved or held: so are their milestones.

    Nobody edited the plan, so there is nothing to undo in it; but its version goes up, for
    pages that are open and simulations that were made. A plan that cannot be scheduled stays
    as it is: no meeting waits for that.
    """
    waiting = Activity.objects.filter(
        plan=OuterRef("pk"), kind=ActivityKind.GATE, actual_finish_at=None
    )
    plans = Plan.objects.filter(Exists(waiting), product__in=set(product_ids)).order_by("pk")
    for plan in plans.select_for_update(of=("self",), no_key=True):
        try:
            found = scheduling.computed(plan)
        except Refused:
            continue
        if scheduling.keep(plan, found):
            plan.version += 1
            plan.save(update_fields=["version"])
            touches.touch([plan.product_id])
