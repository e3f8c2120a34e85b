"""Which products have reached general availability, and when."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, OuterRef, Subquery

from ipd.models import Phase, Product


def released(product_ids: Iterable[int], day: date) -> dict[int, date]:
    """The day of general availability of those that reached it by `day`, in one query.

    A promised day that has passed is none: the product has to have come to the last phase
    before it, in which it is launched, or farther.
    """
    launch = (
        Phase.objects.filter(process=OuterRef("process"), before_ga=True)
        .order_by()
        .values("process")
        .annotate(last=Max("order"))
        .values("last")
    )
    rows = Product.objects.filter(
        pk__in=list(product_ids), ga_on__lte=day, phase__order__gte=Subquery(launch)
    )
    return dict(rows.order_by().values_list("pk", "ga_on"))
