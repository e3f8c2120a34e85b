"""Shares of requirements, each defined once by the rows it is of and by those that count.

The measures read them one by one, pages that show several side by side in two queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as said

from ipd.kernel.measures import Reading
from ipd.models import Requirement
from ipd.models.requirement_words import BUILT, OUT_STATES, Level, Target
from ipd.models.requirement_words import RequirementStatus as S

Readings = dict[int, Reading]
EVERYTHING = Q()
# Counted apart from what is built of it: one index holds all that is counted of the built.
RAISED = (Level.RR, Level.IR)


@dataclass(frozen=True)
class Share:
    """The rows of some levels and states, narrowed by `among`; and those of them `counted`."""

    levels: tuple[Level, ...]
    states: frozenset[S]
    counted: Q
    among: Q = EVERYTHING

    @property
    def of(self) -> Q:
        return Q(level__in=self.levels, status__in=self.states) & self.among


ALIVE = frozenset(S) - frozenset(OUT_STATES)
SR, IR, AR = (Level.SR,), (Level.IR,), (Level.AR,)
TAKEN_UP = frozenset((S.DISTRIBUTED, S.COMMITTED, S.DELIVERED, S.CONFIRMED))
SENT = ~Q(target__in=("", Target.REJECTED))
# Those of a release count once something was delivered in it.
IS_OUT = Exists(
    Requirement.objects.filter(
        product=OuterRef("product"), delivered_release=OuterRef("committed_release")
    ).exclude(delivered_release="")
)
SHARES = {
    "requirements_sourced": Share(
        IR, ALIVE, (~Q(customer="") | Q(requester__isnull=False)) & Q(owner__isnull=False)
    ),
    "forward_coverage": Share(IR, TAKEN_UP, Q(downward=True)),
    "backward_coverage": Share(AR, ALIVE, Q(upward=True)),
    "verification_coverage": Share(SR, ALIVE, Q(is_tested=True)),
    "verification_planned": Share(SR, ALIVE, ~Q(method="")),
    "requirements_owned": Share((Level.IR, *BUILT), ALIVE, Q(owner__isnull=False)),
    "urgent_insertion_share": Share(IR, frozenset(S), Q(target=Target.RUNNING), SENT),
    "requirement_acceptance": Share(
        (Level.RR,), frozenset((S.ACCEPTED, S.REJECTED)), Q(status=S.ACCEPTED)
    ),
    "requirements_delivered": Share(
        IR,
        frozenset((S.COMMITTED, S.DELIVERED, S.CONFIRMED)),
        Q(delivered_release=F("committed_release")),
        Q(status__in=(S.DELIVERED, S.CONFIRMED)) | Q(status=S.COMMITTED) & Q(IS_OUT),
    ),
    # Both ways, and upwards alone until the product has its first allocated requirement.
    "traced": Share(SR, ALIVE, Q(upward=True, downward=True)),
    "traced_upwards": Share(SR, ALIVE, Q(upward=True)),
    "allocated": Share(AR, ALIVE, EVERYTHING),
}
TRACED = ("traced", "traced_upwards", "allocated")


def shares(product_ids: Iterable[int], keys: Iterable[str]) -> dict[str, Readings]:
    """The readings of several shares, `trace_coverage` among them.

    One query for what was raised, one for what is built of it.
    """
    wanted, ids = list(keys), list(product_ids)
    read = [key for key in wanted if key != "trace_coverage"]
    if "trace_coverage" in wanted:
        read += TRACED
    sums: dict[str, dict[int, list[int]]] = {key: {} for key in read}
    for levels in (RAISED, BUILT):
        here = [key for key in read if set(SHARES[key].levels) & set(levels)]
        for row in _counts(ids, levels, here) if here else ():
            for key in here:
                if row["level"] in SHARES[key].levels and row["status"] in SHARES[key].states:
                    of_product = sums[key].setdefault(row["product"], [0, 0])
                    of_product[0] += row[f"{key}_good"]
                    of_product[1] += row[f"{key}_n"]
    found = {key: _readings(sums[key]) for key in wanted if key != "trace_coverage"}
    if "trace_coverage" in wanted:
        found["trace_coverage"] = _trace(*(_readings(sums[key]) for key in TRACED))
    return found


def _counts(product_ids: list[int], levels: Iterable[str], keys: Iterable[str]) -> QuerySet:
    """Counts by level and state: a row is asked only what its level and state do not tell."""
    counts = {}
    for key in keys:
        one = SHARES[key]
        counts[f"{key}_n"] = Count(Value(1), filter=one.among)
        counts[f"{key}_good"] = Count(Value(1), filter=one.counted & one.among)
    rows = Requirement.objects.filter(product__in=product_ids, level__in=levels)
    return rows.order_by().values("product", "level", "status").annotate(**counts)


def _readings(sums: dict[int, list[int]]) -> Readings:
    return {product: Reading(good, n, n) for product, (good, n) in sums.items() if n}


def _trace(traced: Readings, upwards: Readings, allocated: Readings) -> Readings:
    detail = said("Nothing is allocated yet: only the trace upwards counts.")
    return {
        product: reading if product in allocated else replace(upwards[product], detail=detail)
        for product, reading in traced.items()
    }


def share(product_ids: Iterable[int], key: str) -> Readings:
    """One share by itself, of the rows it is taken of alone."""
    one = SHARES[key]
    rows = (
        Requirement.objects.filter(one.of, product__in=list(product_ids))
        .order_by()
        .values_list("product")
        .annotate(good=Count(Value(1), filter=one.counted), everything=Count("*"))
    )
    return {product: Reading(good, n, n) for product, good, n in rows}
