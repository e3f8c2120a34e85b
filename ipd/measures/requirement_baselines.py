"""What of a product's requirements has been kept in a baseline."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, measure
from ipd.models import Requirement, RequirementBaselineItem
from ipd.models.requirement_words import OUT_STATES, Level


@measure(
    key="requirements_baselined",
    label=_("Initial requirements baselined"),
    route="ipd:requirements",
)
def requirements_baselined(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Living initial requirements of the product that stand in one of its baselines."""
    kept = RequirementBaselineItem.objects.filter(
        requirement=OuterRef("pk"), baseline__kept_on__lte=last
    )
    rows = (
        Requirement.objects.filter(product__in=list(product_ids), level=Level.IR)
        .exclude(status__in=OUT_STATES)
        .annotate(kept=Exists(kept))
        .order_by()
        .values_list("product")
        .annotate(
            all=Count("pk", distinct=True),
            baselined=Count("pk", filter=Q(kept=True), distinct=True),
            newest=Max(
                "baseline_items__baseline__kept_on",
                filter=Q(baseline_items__baseline__kept_on__lte=last),
            ),
        )
    )
    return {
        product: Reading(baselined, count, count, as_of=newest)
        for product, count, baselined, newest in rows
    }
