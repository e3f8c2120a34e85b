"""What gates tell of themselves: first pass, on time, what they left open, what feeds the next."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import BooleanField, Exists, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from gates.models import Condition, GateDefinition, Review, Tailoring
from gates.models.conditions import ConditionState
from gates.models.definitions import TailoringKind
from gates.models.reviews import Stage
from ipd.kernel.measures import Reading, Status, measure, shares
from ipd.models import Product

ON_TIME_WITHIN = timedelta(days=7)


def _first_attempts(product_ids: Iterable[int]):
    return Review.objects.real().filter(
        product__in=product_ids, attempt=1, gate__in_statistics=True, gate__unplanned=False
    )


@measure(key="gate_first_pass", label=_("Gates passed at the first attempt"))
def gate_first_pass(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed, also with conditions or risk."""
    held = _first_attempts(product_ids).filter(stage=Stage.DECIDED, held_on__range=(first, last))
    return shares(held, Q(outcome__passes=True))


@measure(key="gate_first_pass_strict", label=_("Gates passed cleanly at the first attempt"))
def gate_first_pass_strict(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts held in the period: those that passed with nothing left over."""
    held = _first_attempts(product_ids).filter(stage=Stage.DECIDED, held_on__range=(first, last))
    return shares(held, Q(outcome__passes_clean=True))


@measure(key="gate_on_time", label=_("Gates held on time"))
def gate_on_time(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of first attempts due in the period: those held within seven days of their baseline."""
    due = _first_attempts(product_ids).filter(baseline_on__range=(first, last))
    return shares(due, Q(held_on__lte=F("baseline_on") + ON_TIME_WITHIN))


@measure(
    key="conditions_closed", label=_("Conditions of earlier gates closed"), route="ipd:product"
)
def conditions_closed(product_ids, first: date, last: date) -> dict[int, Reading]:
    """Of all conditions given to the product so far: those that are verified or waived.

    One that lapsed is not closed. Without any condition nothing is due.
    """
    ids = list(product_ids)
    closed = Q(state__in=[ConditionState.VERIFIED, ConditionState.WAIVED])
    rows = Condition.objects.filter(review__product__in=ids, review__is_rehearsal=False)
    found = shares(rows, closed, by="review__product", newest=Max("settled_on"))
    nothing = Reading(0, 0, 0, Status.NOT_DUE, detail=_("No gate has given a condition yet."))
    return dict.fromkeys(ids, nothing) | found


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
