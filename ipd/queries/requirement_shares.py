"""Shares of requirements, each defined once by the rows it is of and by those that count.

The measures read them one by one, pages that show several side by side in one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as said

from ipd.kernel.measures import Reading
from ipd.models import Requirement
from ipd.models.requirement_words import OUT_STATES, Level, Target
from ipd.models.requirement_words import RequirementStatus as S

Readings = dict[int, Reading]


@dataclass(frozen=True)
class Share:
    """The rows `counted`, out of the rows that are `of`."""

    of: Q
    counted: Q


ALIVE = ~Q(status__in=OUT_STATES)
SR, IR, AR = (Q(level=level) & ALIVE for level in (Level.SR, Level.IR, Level.AR))
TAKEN_UP = Q(level=Level.IR, status__in=(S.DISTRIBUTED, S.COMMITTED, S.DELIVERED, S.CONFIRMED))
SENT = Q(level=Level.IR) & ~Q(target__in=("", Target.REJECTED))
# Those of a release count once something was delivered in it.
IS_OUT = Exists(
    Requirement.objects.filter(
        product=OuterRef("product"), delivered_release=OuterRef("committed_release")
    ).exclude(delivered_release="")
)
DUE = Q(level=Level.IR) & (
    Q(status__in=(S.DELIVERED, S.CONFIRMED)) | Q(status=S.COMMITTED) & Q(IS_OUT)
)
SHARES = {
    "requirements_sourced": Share(
        IR, (~Q(customer="") | Q(requester__isnull=False)) & Q(owner__isnull=False)
    ),
    "forward_coverage": Share(TAKEN_UP, Q(downward=True)),
    "backward_coverage": Share(AR, Q(upward=True)),
    "verification_coverage": Share(SR, Q(is_tested=True)),
    "verification_planned": Share(SR, ~Q(method="")),
    "requirements_owned": Share(~Q(level=Level.RR) & ALIVE, Q(owner__isnull=False)),
    "urgent_insertion_share": Share(SENT, Q(target=Target.RUNNING)),
    "requirement_acceptance": Share(
        Q(level=Level.RR, status__in=(S.ACCEPTED, S.REJECTED)), Q(status=S.ACCEPTED)
    ),
    "requirements_delivered": Share(DUE, Q(delivered_release=F("committed_release"))),
    # Both ways, and upwards alone until the product has its first allocated requirement.
    "traced": Share(SR, Q(upward=True, downward=True)),
    "traced_upwards": Share(SR, Q(upward=True)),
    "allocated": Share(AR, AR),
}
TRACED = ("traced", "traced_upwards", "allocated")


def shares(product_ids: Iterable[int], keys: Iterable[str]) -> dict[str, Readings]:
    """The readings of several shares, `trace_coverage` among them, in one query."""
    wanted = list(keys)
    read = [key for key in wanted if key != "trace_coverage"]
    if "trace_coverage" in wanted:
        read += TRACED
    counts = {}
    for key in read:
        one = SHARES[key]
        counts[f"{key}_n"] = Count("pk", filter=one.of)
        counts[f"{key}_good"] = Count("pk", filter=one.of & one.counted)
    rows = (
        Requirement.objects.filter(product__in=list(product_ids))
        .order_by()
        .values("product")
        .annotate(**counts)
    )
    found: dict[str, Readings] = {key: {} for key in wanted}
    for row in rows:
        if "trace_coverage" in wanted and row["traced_n"]:
            found["trace_coverage"][row["product"]] = _trace(row)
        for key in read:
            if key in found and (n := row[f"{key}_n"]):
                found[key][row["product"]] = Reading(row[f"{key}_good"], n, n)
    return found


def _trace(row: dict) -> Reading:
    n = row["traced_n"]
    if row["allocated_n"]:
        return Reading(row["traced_good"], n, n)
    detail = said("Nothing is allocated yet: only the trace upwards counts.")
    return Reading(row["traced_upwards_good"], n, n, detail=detail)


def share(product_ids: Iterable[int], key: str) -> Readings:
    """One share by itself, of the rows it is taken of alone."""
    one = SHARES[key]
    rows = (
        Requirement.objects.filter(one.of, product__in=list(product_ids))
        .order_by()
        .values_list("product")
        .annotate(good=Count("pk", filter=one.counted), everything=Count("pk"))
    )
    return {product: Reading(good, n, n) for product, good, n in rows}
