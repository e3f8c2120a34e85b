"""Measures of requirements: do they trace, are they owned and verified, do they stand still."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Unit, measure
from ipd.models import Requirement
from ipd.models.requirement_words import Level, Target
from ipd.models.requirement_words import RequirementStatus as S

ACCEPTED_INITIAL = (S.DISTRIBUTED, S.COMMITTED, S.DELIVERED, S.CONFIRMED)
Readings = dict[int, Reading]
TRACE, METRICS = "ipd:requirement-trace", "ipd:requirement-metrics"


def _of(product_ids: Iterable[int], *levels: str):
    rows = Requirement.objects.filter(product__in=list(product_ids))
    return (rows.filter(level__in=levels) if levels else rows).order_by()


def _share(rows, counted: Q) -> Readings:
    """Of each product's rows those that `counted` holds for; without rows nothing to measure."""
    found = rows.values_list("product").annotate(
        good=Count("pk", filter=counted), everything=Count("pk")
    )
    return {product: Reading(good, n, n) for product, good, n in found}


@measure(
    key="requirements_sourced",
    label=_("Initial requirements with source and owner"),
    route="ipd:requirements",
)
def requirements_sourced(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Living initial requirements whose customer or requester, and whose owner, are known."""
    sourced = (~Q(customer="") | Q(requester__isnull=False)) & Q(owner__isnull=False)
    return _share(_of(product_ids, Level.IR).alive(), sourced)


@measure(
    key="customer_sources",
    label=_("Customers asked"),
    unit=Unit.COUNT,
    route="ipd:requirements",
    together="sum",
)
def customer_sources(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Different customers that raw and initial requirements of the product come from."""
    found = (
        _of(product_ids, Level.RR, Level.IR)
        .values_list("product")
        .annotate(customers=Count("customer", distinct=True, filter=~Q(customer="")), n=Count("pk"))
    )
    return {product: Reading(customers, 1, n) for product, customers, n in found}


@measure(key="trace_coverage", label=_("Trace coverage"), route=TRACE)
def trace_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements traced up to an initial one and down to an allocated one.

    Until a product has its first allocated requirement only the way up is asked for.
    """
    ids = list(product_ids)
    allocated = set(_of(ids, Level.AR).alive().values_list("product", flat=True).distinct())
    both = Q(upward=True) & (Q(downward=True) | ~Q(product__in=allocated))
    readings = _share(_of(ids, Level.SR).alive(), both)
    for product, reading in readings.items():
        if product not in allocated:
            detail = said("Nothing is allocated yet: only the trace upwards counts.")
            readings[product] = Reading(
                reading.numerator, reading.denominator, reading.n, detail=detail
            )
    return readings


@measure(key="forward_coverage", label=_("Forward coverage"), route=TRACE)
def forward_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Initial requirements distributed to the product with a system requirement below."""
    rows = _of(product_ids, Level.IR).filter(status__in=ACCEPTED_INITIAL)
    return _share(rows, Q(downward=True))


@measure(key="backward_coverage", label=_("Backward coverage"), route=TRACE)
def backward_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Allocated requirements with a system requirement above; the others are gold plating."""
    return _share(_of(product_ids, Level.AR).alive(), Q(upward=True))


@measure(key="verification_coverage", label=_("Verification coverage"), route=TRACE)
def verification_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements with a passed verification."""
    return _share(_of(product_ids, Level.SR).alive(), Q(is_tested=True))


@measure(key="verification_planned", label=_("Verification planned"), route="ipd:requirements")
def verification_planned(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements for which it is said how they will be verified."""
    return _share(_of(product_ids, Level.SR).alive(), ~Q(method=""))


@measure(key="requirements_owned", label=_("Requirements owned"), route="ipd:requirements")
def requirements_owned(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Living requirements from the initial ones down that somebody answers for by name."""
    rows = _of(product_ids).exclude(level=Level.RR).alive()
    return _share(rows, Q(owner__isnull=False))


@measure(
    key="scope_dropped",
    label=_("Contracted scope dropped"),
    unit=Unit.COUNT,
    higher_is_better=False,
    route="ipd:requirements",
    together="sum",
)
def scope_dropped(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements the contract promised and that were dropped."""
    found = (
        _of(product_ids, Level.SR)
        .filter(is_contracted=True)
        .values_list("product")
        .annotate(dropped=Count("pk", filter=Q(status=S.DROPPED)), n=Count("pk"))
    )
    return {product: Reading(dropped, 1, n) for product, dropped, n in found}


@measure(
    key="urgent_insertion_share",
    label=_("Urgent insertions"),
    higher_is_better=False,
    route=METRICS,
)
def urgent_insertion_share(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Initial requirements pushed into the running product, of all that were distributed."""
    rows = _of(product_ids, Level.IR).exclude(target__in=("", Target.REJECTED))
    return _share(rows, Q(target=Target.RUNNING))


@measure(key="requirement_acceptance", label=_("Acceptance rate"), route=METRICS)
def requirement_acceptance(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Raw requirements that were accepted, of those accepted and rejected."""
    rows = _of(product_ids, Level.RR).filter(status__in=(S.ACCEPTED, S.REJECTED))
    return _share(rows, Q(status=S.ACCEPTED))


@measure(key="requirements_delivered", label=_("Delivered as committed"), route=METRICS)
def requirements_delivered(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Committed initial requirements delivered in the release they were committed for.

    Those of a release count once something was delivered in it.
    """
    out = Requirement.objects.filter(
        product=OuterRef("product"), delivered_release=OuterRef("committed_release")
    )
    rows = _of(product_ids, Level.IR).filter(
        Q(status__in=(S.DELIVERED, S.CONFIRMED)) | Q(status=S.COMMITTED) & Exists(out)
    )
    return _share(rows, Q(delivered_release=F("committed_release")))
