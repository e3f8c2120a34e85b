"""Measures of requirements: do they trace, are they owned, verified, delivered as committed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, Value
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Unit, measure
from ipd.models import Requirement
from ipd.models.requirement_words import Level
from ipd.models.requirement_words import RequirementStatus as S
from ipd.queries.requirement_shares import share, shares

Readings = dict[int, Reading]
TRACE, FIGURES = "ipd:requirement-trace", "ipd:requirement-figures"


@measure(key="trace_coverage", label=_("Trace coverage"), route=TRACE)
def trace_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements traced up to an initial one and down to an allocated one.

    Until a product has its first allocated requirement only the way up is asked for.
    """
    return shares(product_ids, ["trace_coverage"])["trace_coverage"]


@measure(
    key="requirements_sourced",
    label=_("Initial requirements with source and owner"),
    route="ipd:requirements",
)
def requirements_sourced(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Living initial requirements whose customer or requester, and whose owner, are known."""
    return share(product_ids, "requirements_sourced")


@measure(key="forward_coverage", label=_("Forward coverage"), route=TRACE)
def forward_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Initial requirements distributed to the product with a system requirement below."""
    return share(product_ids, "forward_coverage")


@measure(key="backward_coverage", label=_("Backward coverage"), route=TRACE)
def backward_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Allocated requirements with a system requirement above; the others are gold plating."""
    return share(product_ids, "backward_coverage")


@measure(key="verification_coverage", label=_("Verification coverage"), route=TRACE)
def verification_coverage(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements with a passed verification."""
    return share(product_ids, "verification_coverage")


@measure(key="verification_planned", label=_("Verification planned"), route="ipd:requirements")
def verification_planned(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """System requirements for which it is said how they will be verified."""
    return share(product_ids, "verification_planned")


@measure(key="requirements_owned", label=_("Requirements owned"), route="ipd:requirements")
def requirements_owned(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Living requirements from the initial ones down that somebody answers for by name."""
    return share(product_ids, "requirements_owned")


@measure(
    key="urgent_insertion_share",
    label=_("Urgent insertions"),
    higher_is_better=False,
    route=FIGURES,
)
def urgent_insertion_share(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Initial requirements pushed into the running product, of all that were distributed."""
    return share(product_ids, "urgent_insertion_share")


@measure(key="requirement_acceptance", label=_("Acceptance rate"), route=FIGURES)
def requirement_acceptance(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Raw requirements that were accepted, of those accepted and rejected."""
    return share(product_ids, "requirement_acceptance")


@measure(key="requirements_delivered", label=_("Delivered as committed"), route=FIGURES)
def requirements_delivered(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Committed initial requirements delivered in the release they were committed for."""
    return share(product_ids, "requirements_delivered")


def _counted(product_ids: Iterable[int], of: Q, count: Count) -> Readings:
    rows = Requirement.objects.filter(of, product__in=list(product_ids)).order_by()
    found = rows.values_list("product").annotate(counted=count, n=Count("*"))
    return {product: Reading(counted, 1, n) for product, counted, n in found}


@measure(
    key="customer_sources",
    label=_("Customers asked"),
    unit=Unit.COUNT,
    route="ipd:requirements",
    together="sum",
)
def customer_sources(product_ids: Iterable[int], first: date, last: date) -> Readings:
    """Different customers that raw and initial requirements of the product come from."""
    named = Count("customer", distinct=True, filter=~Q(customer=""))
    return _counted(product_ids, Q(level__in=(Level.RR, Level.IR)), named)


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
    dropped = Count(Value(1), filter=Q(status=S.DROPPED))
    return _counted(product_ids, Q(level=Level.SR, is_contracted=True), dropped)
