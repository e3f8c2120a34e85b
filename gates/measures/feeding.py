"""What feeds a decision gate: the technical reviews before it, and how ready its pack is."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import BooleanField, Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from gates.models import GateDefinition, Review, Tailoring
from gates.models.definitions import TailoringKind
from ipd.kernel.measures import Reading, Status, measure
from ipd.models import Product

READY_BEFORE = timedelta(days=7)
PREPARED_FROM = timedelta(days=30)


@measure(
    key="technical_reviews_passed",
    label=_("Technical reviews passed before the next decision"),
    route="ipd:product",
)
def technical_reviews_passed(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of the technical reviews that feed the product's next decision gate: those passed.

    The last attempt counts. Next is the first gate of the process that technical reviews
    feed and that has not been passed yet; tailored reviews are not asked for.
    """
    of_product = {"product": OuterRef("pk")}
    rows = (
        Product.objects.filter(pk__in=list(product_ids))
        .annotate(coming=Subquery(_coming_gate().values("pk")[:1]))
        .filter(process__chains__gates__feeds=F("coming"))
        .annotate(feeder=F("process__chains__gates"))
        .exclude(
            Exists(
                Tailoring.objects.filter(
                    **of_product,
                    gate=OuterRef("feeder"),
                    kind__in=[TailoringKind.SKIPPED, TailoringKind.MERGED],
                )
            )
        )
        .annotate(
            passed=Subquery(
                Review.objects.real()
                .held()
                .filter(**of_product, gate=OuterRef("feeder"))
                .order_by("-attempt")
                .values("outcome__passes")[:1],
                output_field=BooleanField(),
            ),
            held_on=Subquery(
                Review.objects.real()
                .held()
                .filter(**of_product, gate=OuterRef("feeder"))
                .order_by("-attempt")
                .values("held_on")[:1]
            ),
        )
        .order_by()
        .values_list("pk", "passed", "held_on")
    )
    found: dict[int, list] = {}
    for product, passed, held_on in rows:
        found.setdefault(product, []).append((bool(passed), held_on))
    return {
        product: Reading(
            sum(passed for passed, _day in held),
            len(held),
            len(held),
            as_of=max((day for _passed, day in held if day), default=None),
        )
        for product, held in found.items()
    }


def _coming_gate():
    """For each product of an outer query: the next gate that technical reviews feed."""
    passed = Review.objects.real().held().filter(gate=OuterRef("pk"), outcome__advances=True)
    feeders = GateDefinition.objects.filter(feeds=OuterRef("pk"))
    return (
        GateDefinition.objects.filter(
            Exists(feeders), chain__process=OuterRef("process"), unplanned=False
        )
        .exclude(Exists(passed.filter(product=OuterRef(OuterRef("pk")))))
        .order_by("order")
    )


@measure(key="gate_readiness", label=_("Readiness of the next gate"), route="ipd:product")
def gate_readiness(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """How ready the pack of the product's next gate is, as of today.

    Measured from a week before the gate on. An estimate before, as it is allowed to rise; not due
    before the gate's calendar begins, as nobody has to have begun.
    """
    rows = (
        Review.objects.real()
        .open()
        .filter(product__in=list(product_ids), readiness_percent__isnull=False)
        .order_by("product", "planned_on", "pk")
        .distinct("product")
        .values_list("product", "readiness_percent", "planned_on", "label")
    )
    return {
        product: _readiness(percent, planned_on - last, f"{label} {planned_on}", last)
        for product, percent, planned_on, label in rows
    }


def _readiness(percent: int, ahead: timedelta, detail: str, day: date) -> Reading:
    if ahead > PREPARED_FROM:
        return Reading(0, 0, 0, Status.NOT_DUE, as_of=day, detail=detail)
    status = Status.MEASURED if ahead <= READY_BEFORE else Status.ESTIMATED
    return Reading(percent, 100, 1, status, as_of=day, detail=detail)
