"""The five levels on which training is judged, each with its rule of what may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from django.db.models import Aggregate, Avg, Count, Max, Q, StdDev, Sum

from teams.calculations.academy import comparisons
from teams.calculations.academy.comparisons import LEAST_SHOWN, Permuted, Share
from teams.models import (
    ElementResult,
    LearningPath,
    ManagerCheck,
    PackRating,
    PathTest,
    ReturnLine,
    StageFeedback,
)
from teams.models.academy.studies import LineKind

RATERS = 2  # who rate a pack


@dataclass(frozen=True)
class Reaction:
    """Level 1: means of 1 to 5, None below five answers; overall is the mean of the three."""

    n: int
    relevance: float | None = None
    confidence: float | None = None
    recommends: float | None = None

    @property
    def overall(self) -> float | None:
        return fmean([self.relevance, self.confidence, self.recommends]) if self.shown else None

    @property
    def shown(self) -> bool:
        return self.relevance is not None


@dataclass(frozen=True)
class Tested:
    """Level 2: n, mean and spread of a test in percent; None below five."""

    n: int
    mean: float | None = None
    spread: float | None = None


@dataclass(frozen=True)
class Learning:
    """Before and after the path, and the gain of those who sat both."""

    before: Tested
    after: Tested
    both: int
    gain: float | None


@dataclass(frozen=True)
class Behaviour:
    """Level 3: levels of packs by leader, trained or not, and how far two assessors agree."""

    n: tuple[int, int]
    packs: int
    agreement: Share
    means: tuple[float, float] | None = None
    permuted: Permuted | None = None
    checks: int = 0
    checked: float | None = None


@dataclass(frozen=True)
class Return:
    """Level 5: (benefit − cost) ÷ cost, low with the dearest cost, high with the cheapest."""

    year: int
    lines: list[ReturnLine]
    low: Decimal | None
    base: Decimal | None
    high: Decimal | None


def reactions(path: LearningPath) -> tuple[Reaction, list[tuple[tuple, Reaction]]]:
    """Of all stages together, and of each stage that anybody answered about; one query.

    Where the stages below five could be reckoned from the others and the whole, because they
    are fewer than five together, the next smallest is not shown either.
    """
    asked = ("relevance", "confidence", "recommends")
    rows = list(
        StageFeedback.objects.filter(stage__path__code=path.code)
        .order_by("stage__number", "stage__title")
        .values("stage__number", "stage__title")
        .annotate(n=Count("pk"), **{f"{name}_sum": Sum(name) for name in asked})
    )

    def of(some: list[dict]) -> Reaction:
        n = sum(row["n"] for row in some)
        if n < LEAST_SHOWN:
            return Reaction(n)
        return Reaction(n, *(sum(row[f"{name}_sum"] for row in some) / n for name in asked))

    kept_back = _kept_back([row["n"] for row in rows])
    by_stage = [
        (
            (row["stage__number"], row["stage__title"]),
            Reaction(row["n"]) if place in kept_back else of([row]),
        )
        for place, row in enumerate(rows)
    ]
    return of(rows), by_stage


def _kept_back(counts: list[int]) -> set[int]:
    """The places of the groups that are not shown, so that none below five can be reckoned."""
    order = sorted(range(len(counts)), key=counts.__getitem__)
    small = [place for place in order if counts[place] < LEAST_SHOWN]
    if small and sum(counts[place] for place in small) < LEAST_SHOWN:
        small = order[: len(small) + 1]
    return set(small)


def learning(path: LearningPath) -> Learning:
    """The tests before and after the path; who sat only one counts in its mean, not in the gain.
    Two queries."""
    tests = list(PathTest.objects.filter(path=path).order_by("pk"))
    first = next((test.element for test in tests if not test.avoid), "")
    last = next((test.element for test in tests if test.avoid), "")
    scored = ElementResult.objects.filter(
        enrolment__path__code=path.code,
        element__code__in=[first, last],
        ref="",
        score__isnull=False,
    )
    sat = scored.order_by().values("enrolment")
    sat = sat.annotate(before=Max("score", filter=Q(element__code=first)))
    sat = sat.annotate(after=Max("score", filter=Q(element__code=last)))
    both = Q(before__isnull=False, after__isnull=False)
    found = sat.aggregate(
        **_asked("before"),
        **_asked("after"),
        both=Count("enrolment", filter=both),
        both_before=Avg("before", filter=both),
        both_after=Avg("after", filter=both),
    )
    gain = None
    if found["both"] >= LEAST_SHOWN:
        means = float(found["both_before"]), float(found["both_after"])
        gain = comparisons.normalised_gain(*means)
    return Learning(_tested(found, "before"), _tested(found, "after"), found["both"], gain)


def _asked(test: str) -> dict[str, Aggregate]:
    mean, spread = Avg(test), StdDev(test, sample=True)
    return {f"{test}_n": Count(test), f"{test}_mean": mean, f"{test}_spread": spread}


def _tested(found: dict, test: str) -> Tested:
    n = found[f"{test}_n"]
    if n < LEAST_SHOWN:
        return Tested(n)
    return Tested(n, float(found[f"{test}_mean"]), float(found[f"{test}_spread"]))


def behaviour(path: LearningPath) -> Behaviour:
    """Packs that two have rated, by leader: several packs of one leader count as one."""
    given: dict[tuple, list[int]] = {}
    rows = PackRating.objects.filter(level__isnull=False).order_by("pack")
    for *pack, level in rows.values_list("pack", "pack__leader", "pack__was_trained", "level"):
        given.setdefault(tuple(pack), []).append(level)
    pairs, levels = [], {True: {}, False: {}}
    for (_pack, leader, was_trained), found in given.items():
        if len(found) >= RATERS:
            pairs.append(found)
            levels[was_trained].setdefault(leader, []).append(fmean(found))
    trained, others = ([fmean(own) for own in levels[arm].values()] for arm in (True, False))
    shown = min(len(trained), len(others)) >= LEAST_SHOWN
    near = sum(max(found) - min(found) <= 1 for found in pairs)
    checks = ManagerCheck.objects.filter(enrolment__path__code=path.code).aggregate(
        n=Count("pk"), mean=Avg("decides") + Avg("tells") + Avg("agrees")
    )
    return Behaviour(
        n=(len(trained), len(others)),
        packs=len(pairs),
        agreement=Share(near, len(pairs)),
        means=(fmean(trained), fmean(others)) if shown else None,
        permuted=comparisons.permutation(trained, others) if shown else None,
        checks=checks["n"],
        checked=checks["mean"] / 3 if checks["n"] >= LEAST_SHOWN else None,
    )


def returns(path: LearningPath) -> list[Return]:
    """By year, the newest first; none without both a cost and a benefit."""
    by_year: dict[int, list[ReturnLine]] = {}
    for line in ReturnLine.objects.filter(path_code=path.code):
        by_year.setdefault(line.year, []).append(line)
    return [
        Return(
            year,
            lines,
            low=_return(lines, "low", "high"),
            base=_return(lines, "base", "base"),
            high=_return(lines, "high", "low"),
        )
        for year, lines in by_year.items()
    ]


def _return(lines: Iterable[ReturnLine], benefit: str, cost: str) -> Decimal | None:
    """By these ends of the ranges; None without a benefit's line, or without any cost."""
    ends = {LineKind.BENEFIT: benefit, LineKind.COST: cost}
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.kind] = sums.get(line.kind, Decimal(0)) + getattr(line, ends[line.kind])
    if LineKind.BENEFIT not in sums or not sums.get(LineKind.COST):
        return None
    return (sums[LineKind.BENEFIT] - sums[LineKind.COST]) / sums[LineKind.COST]
