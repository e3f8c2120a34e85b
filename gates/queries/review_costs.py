"""What gates cost and what they changed: by gate, and decision by decision."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Prefetch

from gates.calculations.health import Share
from gates.models import (
    Citation,
    CriterionDefinition,
    GateDefinition,
    HeldReview,
    HourCost,
    ReviewCriterion,
)
from gates.queries.health import Figures, Health, held_in
from ipd.kernel import keyset
from ipd.models import ProcessVersion
from teams.models import Person

PAGE = 25
KEYS = ["-held_on", "-pk"]


@dataclass(frozen=True)
class Burden:
    """What a gate asks people to fill in, and of it what another gate asks as well."""

    criteria: int = 0
    musts: int = 0
    evidence: int = 0
    again: int = 0
    was: int | None = None

    @property
    def is_growing(self) -> bool:
        return self.was is not None and self.criteria > self.was


@dataclass(frozen=True)
class GateRow:
    code: str
    name: str
    figures: Figures
    burden: Burden
    cost: Decimal | None

    @property
    def changed(self) -> Share:
        return Share(self.figures.changed, self.figures.reviews)


def hour_cost(day: date) -> Decimal | None:
    """What an hour costs on that day; one query."""
    return HourCost.objects.filter(valid_from__lte=day).values_list("amount", flat=True).first()


def rows_of_gates(
    health: Health, *, an_hour: Decimal | None, burdens: dict[str, Burden]
) -> list[GateRow]:
    """Every gate that was held, in the order of the process; one query."""
    names = dict(
        GateDefinition.objects.filter(chain__process__is_current=True)
        .order_by("order")
        .values_list("code", "name")
    )
    held = {gate for _line, gate in health.now if gate is not None}
    codes = [*(code for code in names if code in held), *sorted(held - set(names))]
    return [
        GateRow(
            code,
            names.get(code, ""),
            it := health.of(None, code),
            burdens.get(code, Burden()),
            cost_of(it, an_hour),
        )
        for code in codes
    ]


def cost_of(figures: Figures, an_hour: Decimal | None) -> Decimal | None:
    """Whole amounts: the hours are rounded to halves at best."""
    if an_hour is None or not figures.logged:
        return None
    return (Decimal(str(figures.hours)) * an_hour).quantize(Decimal(1))


def burdens() -> dict[str, Burden]:
    """By gate of the current process what it asks, and what the version before asked."""
    current = ProcessVersion.objects.filter(is_current=True)
    versions = list(
        ProcessVersion.objects.filter(code__in=current.values("code"))
        .order_by("-is_current", "-loaded_at", "-pk")
        .values_list("pk", flat=True)[:2]
    )
    asked: dict[int, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    rows = CriterionDefinition.objects.filter(gate__chain__process__in=versions)
    for version, gate, weight, evidence in rows.order_by().values_list(
        "gate__chain__process", "gate__code", "weight", "evidence"
    ):
        asked[version][gate].append((weight, evidence.strip().lower()))
    if not versions:
        return {}
    now, before = asked[versions[0]], asked[versions[1]] if len(versions) > 1 else None
    gates_of: dict[str, set[str]] = defaultdict(set)
    for gate, rows_of in now.items():
        for _weight, evidence in rows_of:
            gates_of[evidence].add(gate)
    return {
        gate: Burden(
            criteria=len(rows_of),
            musts=sum(weight == "must" for weight, _evidence in rows_of),
            evidence=sum(bool(evidence) for _weight, evidence in rows_of),
            again=sum(bool(e) and len(gates_of[e]) > 1 for _weight, e in rows_of),
            was=len(before[gate]) if before is not None else None,
        )
        for gate, rows_of in now.items()
    }


@dataclass(frozen=True)
class Changed:
    """A review that changed a decision: what was recommended, what came, and what it rests on."""

    told: HeldReview
    cited: list[ReviewCriterion]


def changed(person: Person, first: date, last: date, *, line: int | None, after: str):
    """The newest first, of those held here that the person may see; three queries."""
    rows = held_in(person, first, last, line=line).filter(has_changed=True, review__isnull=False)
    rows = rows.select_related(
        "line", "review__product", "review__outcome", "review__recommendation__outcome"
    )
    cited = ReviewCriterion.objects.filter(citations__isnull=False).distinct().order_by("order")
    rows = rows.prefetch_related(
        Prefetch("review__criteria", queryset=cited, to_attr="cited"),
        Prefetch("review__cited__citations", queryset=Citation.objects.select_related("condition")),
    )
    found = keyset.part(rows, KEYS, after=after, size=PAGE)
    return keyset.Slice([Changed(row, row.review.cited) for row in found.rows], found.after)


def slowest(person: Person, first: date, last: date, *, line: int) -> list[HeldReview]:
    """The ten that waited longest for their decision."""
    rows = held_in(person, first, last, line=line).exclude(asked_on=None).exclude(told_on=None)
    rows = rows.select_related("review__product", "review__outcome")
    return list(rows.order_by((F("told_on") - F("asked_on")).desc(), "-held_on", "-pk")[:10])
