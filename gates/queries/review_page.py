"""Everything a gate's page shows, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from gates.models import (
    CalendarStep,
    Condition,
    Decision,
    Evidence,
    GateDefinition,
    Review,
    ReviewCriterion,
)
from gates.queries.calendar_steps import Step, calendar_steps
from gates.queries.facts import Since, seen_before
from gates.queries.readiness import Readiness, readiness
from ipd.kernel.days import today, working_days_between
from teams.models import Function, Seat


@dataclass(frozen=True)
class Line:
    """A criterion of the table, with its newest evidence first."""

    criterion: ReviewCriterion
    evidence: list[Evidence]
    older: int


@dataclass(frozen=True)
class Group:
    function: Function
    lines: list[Line]


@dataclass(frozen=True)
class Fed:
    """A review that feeds this one: its last conclusion, or why there is none."""

    gate: GateDefinition
    review: Review | None
    conditions: list[Condition]
    kind: str
    label: str
    reason: str


@dataclass(frozen=True)
class Change:
    """A criterion whose judgement differs from the previous attempt's."""

    criterion: ReviewCriterion
    before: str
    before_display: str


@dataclass(frozen=True)
class Page:
    readiness: Readiness
    groups: list[Group]
    chain: list[Fed]
    steps: list[Step]
    conditions: list[Condition]
    previous: Review | None
    changes: list[Change]
    last_decided: Review | None
    evidence_max_age_days: int
    since: Since

    @property
    def criteria(self) -> list[ReviewCriterion]:
        return [line.criterion for group in self.groups for line in group.lines]


def day_in_words(review: Review) -> str:
    """The meeting's day as working days: T-12, today, T+3."""
    days = working_days_between(today(), review.planned_on)
    if not review.is_open:
        return ""
    if days == 0 and review.planned_on == today():
        return _("today")
    return f"T-{days}" if days >= 0 else f"T+{-days}"


def criteria_of(reviews: list[int]) -> QuerySet[ReviewCriterion]:
    """Criteria with owner, function, waiver and fact, and how many questions stand at each."""
    return (
        ReviewCriterion.objects.filter(review__in=reviews)
        .select_related("function", "owner", "assessed_by", "waiver", "fact")
        .annotate(
            asked=Count("questions"),
            unanswered=Count("questions", filter=Q(questions__answer="")),
        )
    )


def newest(rows: list[Evidence]) -> list[Evidence]:
    """The last version of each title."""
    seen: dict[str, Evidence] = {}
    for row in rows:
        if row.title not in seen or row.version > seen[row.title].version:
            seen[row.title] = row
    return list(seen.values())


def evidence_of(review: Review) -> dict[int, list[Evidence]]:
    """All versions of the review's evidence by criterion, newest first."""
    by_criterion = defaultdict(list)
    rows = Evidence.objects.filter(criterion__review=review).select_related("added_by")
    for row in rows.order_by("-dated_on", "title", "-version"):
        by_criterion[row.criterion_id].append(row)
    return by_criterion


def oldest_fresh(review: Review) -> date:
    """Evidence dated before this day is stale at this review."""
    return today() - timedelta(days=review.gate.chain.evidence_max_age_days)


def reviews_of_product(review: Review) -> list[Review]:
    """Every real review of the product, with the decision that stands."""
    standing = Decision.objects.filter(review=OuterRef("pk"), superseded_at=None)
    return list(
        Review.objects.real()
        .filter(product=review.product_id)
        .select_related("product", "gate", "outcome")
        .annotate(decision_id=Subquery(standing.values("pk")[:1]))
        .order_by("planned_on", "attempt")
    )


def conditions_of_product(review: Review) -> list[Condition]:
    """What earlier reviews of the product still oblige it to, soonest first."""
    return list(
        Condition.objects.unsettled()
        .filter(review__product=review.product_id)
        .exclude(review=review.pk)
        .select_related("owner", "review__gate", "review__product")
    )


def chain_of(review: Review, reviews: list[Review], conditions: list[Condition]) -> list[Fed]:
    """The reviews that feed this gate, tailored ones with label and reason; one query."""
    gates = (
        GateDefinition.objects.filter(feeds=review.gate_id)
        .annotate(
            tailoring=FilteredRelation(
                "tailorings", condition=Q(tailorings__product=review.product_id)
            )
        )
        .annotate(
            kind=F("tailoring__kind"),
            into_id=F("tailoring__into"),
            named=F("tailoring__label"),
            why=F("tailoring__reason"),
        )
        .order_by("order")
    )
    last: dict[int, Review] = {}
    for row in reviews:
        last[row.gate_id] = row
    fed = []
    for gate in gates:
        held = last.get(gate.into_id or gate.pk)
        open_ones = [row for row in conditions if held and row.review.gate_id == held.gate_id]
        fed.append(Fed(gate, held, open_ones, gate.kind or "", gate.named or "", gate.why or ""))
    return fed


def review_page(review: Review) -> Page:
    """The page's figures; eight queries, whatever the number of criteria."""
    reviews = reviews_of_product(review)
    earlier = [row for row in reviews if row.gate_id == review.gate_id]
    previous = next((row for row in earlier if row.attempt == review.attempt - 1), None)
    rows = list(criteria_of([review.pk, previous.pk] if previous else [review.pk]))
    criteria = [row for row in rows if row.review_id == review.pk]
    before = {row.code: row for row in rows if row.review_id != review.pk}
    evidence = evidence_of(review)
    conditions = conditions_of_product(review)
    seats = Seat.objects.current().filter(team__in=[review.product.team_id, review.body_id])
    decided = [row for row in reviews if row.decision_id and row.pk != review.pk]
    return Page(
        readiness=readiness(
            criteria,
            evidence,
            oldest=oldest_fresh(review),
            wanted_percent=review.gate.chain.ready_percent,
        ),
        groups=_groups(criteria, evidence),
        chain=chain_of(review, reviews, conditions),
        steps=calendar_steps(
            review,
            CalendarStep.objects.filter(chain=review.gate.chain_id),
            seats.select_related("person", "role").order_by("role__order", "function__code"),
        ),
        conditions=conditions,
        previous=previous,
        changes=_changes(criteria, before),
        last_decided=max(decided, key=lambda row: row.decided_at, default=None),
        evidence_max_age_days=review.gate.chain.evidence_max_age_days,
        since=seen_before(review),
    )


def _groups(criteria: list[ReviewCriterion], evidence: dict[int, list[Evidence]]) -> list[Group]:
    groups: dict[int, Group] = {}
    for criterion in sorted(criteria, key=lambda row: (row.function.code, row.order)):
        group = groups.setdefault(criterion.function_id, Group(criterion.function, []))
        proofs = evidence.get(criterion.pk, [])
        current = newest(proofs)
        group.lines.append(Line(criterion, current, len(proofs) - len(current)))
    return list(groups.values())


def _changes(criteria: list[ReviewCriterion], before: dict[str, ReviewCriterion]) -> list[Change]:
    return [
        Change(row, before[row.code].state, before[row.code].get_state_display())
        for row in criteria
        if row.code in before and before[row.code].state != row.state
    ]
