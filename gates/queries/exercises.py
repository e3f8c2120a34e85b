"""What an exercise shows: before the vote only what was known then, afterwards all of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from gates.models import Condition, Decision, Exercise, Question, Review, ReviewCriterion
from gates.models.conditions import ConditionState
from gates.models.criteria import UNASSESSED
from gates.models.definitions import Weight
from gates.models.facts import Assessment
from gates.models.reviews import Stage
from gates.queries import decision_record, facts, frozen
from ipd.kernel import keyset
from ipd.kernel.days import today
from teams.models import Person

PAGE = 25
MOST = 200  # of one person; nobody decides more than these anew
KEYS = ("-decided_at", "-pk")


@dataclass(frozen=True)
class Known:
    """What the deciders had before them.

    criteria  as the decision froze them, each with its `questions` up to that moment and
              nothing that leads to a page of today; `told` is false where nothing was recorded
    """

    criteria: list[dict]
    basis: list[tuple[str, str]]
    readiness_percent: int | None
    pack_locked_at: datetime | None

    @property
    def musts(self) -> int:
        return sum(row["weight"] == Weight.MUST for row in self.criteria)

    @property
    def musts_met(self) -> int:
        states = [row["state"] for row in self.criteria if row["weight"] == Weight.MUST]
        return states.count(Assessment.MET)

    @property
    def asked(self) -> list[dict]:
        """What can be judged: of the rest old records keep only that it was asked."""
        return [row for row in self.criteria if row["told"]]

    @property
    def untold(self) -> list[dict]:
        return [row for row in self.criteria if not row["told"]]

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.asked]


def known(review: Review, *, granted: bool) -> Known:
    """What was known when the review was decided; outcome, votes and reasons are not read.

    granted  whether the reader may see money.
    """
    kept, decided_at = _frozen(review)
    since = facts.seen_before(review)
    asked: dict[str, list[Question]] = {}
    rows = Question.objects.filter(criterion__review=review, asked_at__lt=decided_at)
    for row in rows.select_related("asked_by", "answered_by", "criterion").order_by("asked_at"):
        if row.answered_at and row.answered_at >= decided_at:
            row.answer, row.answered_by = "", None
        asked.setdefault(row.criterion.code, []).append(row)
    criteria = []
    for one in kept["criteria"]:
        named = decision_record.criterion(one, review.product_id, granted=granted)
        shown = facts.shown(one.get("fact"), review.product_id, granted=granted, since=since)
        plain = replace(shown, url="") if shown else None
        questions = asked.get(one["code"], [])
        told = one["state"] != Assessment.NO_DATA or bool(one["evidence"] or questions)
        told = told or bool(one["assessed_at"] or plain)
        criteria.append(named | {"shown": plain, "questions": questions, "told": told})
    basis = decision_record.basis(kept["basis"] or {}, granted=granted)
    return Known(criteria, basis, kept["readiness_percent"], review.locked_at)


def _frozen(review: Review) -> tuple[dict, datetime]:
    """Of the frozen facts only those from before the vote; of imported history, its rows."""
    standing = Decision.objects.filter(review=review, superseded_at=None)
    criteria, basis, percent = standing.values_list(
        "frozen__criteria", "frozen__basis", "frozen__readiness_percent"
    ).get()
    if criteria is None:
        criteria = [frozen.criterion(row) for row in frozen.criteria_of(review)]
        percent = review.readiness_percent
    kept = {"criteria": criteria, "basis": basis, "readiness_percent": percent}
    return kept, review.decided_at


@dataclass(frozen=True)
class Came:
    """What came of a decision, as far as it can be told today.

    settled  all its conditions were met by their first day; none: it gave none, or time is left
    next     the next gate of the chain, or the same again where it did not pass
    passed   that one passed; none while it is not held
    slip     days from its first planned day to the day it was held
    """

    conditions: list[Condition]
    next: Review | None
    settled: bool | None
    passed: bool | None
    slip: int | None


def came_of(reviews: Iterable[Review]) -> dict[int, Came]:
    """By the id of each decided review, with gate and outcome; two queries for all."""
    asked = list(reviews)
    given: dict[int, list[Condition]] = {row.pk: [] for row in asked}
    for row in (
        Condition.objects.filter(review__in=given).select_related("owner").order_by("number")
    ):
        given[row.review_id].append(row)
    later: dict[tuple[int, int], list[Review]] = {}
    rows = Review.objects.real().filter(
        product__in={row.product_id for row in asked},
        gate__chain__in={row.gate.chain_id for row in asked},
        gate__unplanned=False,
    )
    for row in rows.exclude(stage=Stage.WITHDRAWN).select_related("gate", "outcome"):
        later.setdefault((row.product_id, row.gate.chain_id), []).append(row)
    return {
        row.pk: _came(row, given[row.pk], later.get((row.product_id, row.gate.chain_id), []))
        for row in asked
    }


def _came(review: Review, conditions: list[Condition], others: list[Review]) -> Came:
    if review.outcome.advances:
        ahead = [r for r in others if r.gate.order > review.gate.order and r.attempt == 1]
        coming = min(ahead, key=lambda row: row.gate.order, default=None)
    else:
        again = [r for r in others if r.gate_id == review.gate_id and r.attempt > review.attempt]
        coming = min(again, key=lambda row: row.attempt, default=None)
    held = coming is not None and coming.held_on is not None and coming.outcome is not None
    return Came(
        conditions=conditions,
        next=coming,
        settled=_settled(conditions),
        passed=coming.outcome.passes if held else None,
        slip=(coming.held_on - coming.baseline_on).days if held else None,
    )


def _settled(conditions: list[Condition]) -> bool | None:
    if any(_is_late(row) for row in conditions):
        return False
    if not conditions or any(row.is_unsettled for row in conditions):
        return None
    return True


def _is_late(condition: Condition) -> bool:
    """It lapsed, or was or will be settled after the day that the decision gave it."""
    if condition.state == ConditionState.LAPSED:
        return True
    return (condition.settled_on or today()) > condition.original_due_on


def of_person(person: Person) -> QuerySet[Exercise]:
    """The person's own exercises on products they may still see, the newest first."""
    return (
        Exercise.objects.filter(person=person, review__in=Review.objects.real().visible_to(person))
        .select_related(
            "review__product", "review__gate__chain", "review__outcome", "review__body", "outcome"
        )
        .order_by("-started_at", "-pk")
    )


def to_do(
    person: Person, *, chain: str = "", also_untold: bool = False, after: str = ""
) -> keyset.Slice:
    """Decided gates the person has not begun, the newest first; `is_recorded`: so is its pack.

    also_untold  those, too, of which nothing but outcome and reasons was recorded

    Of a gate that was held again only the first attempt is offered until it is voted on: that
    there was another would tell how the first one ended.
    """
    mine = Exercise.objects.filter(person=person, review=OuterRef("pk"))
    voted = Exercise.objects.filter(person=person, voted_at__isnull=False, review=OuterRef("pk"))
    earlier = (
        Review.objects.real()
        .held()
        .filter(product=OuterRef("product"), gate=OuterRef("gate"))
        .filter(attempt__lt=OuterRef("attempt"))
        .exclude(Exists(voted))
    )
    standing = Decision.objects.filter(review=OuterRef("pk"), superseded_at=None)
    assessed = ReviewCriterion.objects.filter(~UNASSESSED, review=OuterRef("pk"))
    rows = (
        Review.objects.real()
        .held()
        .visible_to(person)
        .annotate(is_recorded=Exists(assessed))
        .filter(Exists(standing), ~Exists(mine), ~Exists(earlier))
        .select_related("product", "gate__chain")
    )
    if not also_untold:
        rows = rows.filter(is_recorded=True)
    if chain:
        rows = rows.filter(gate__chain__code=chain)
    return keyset.part(rows, KEYS, after=after, size=PAGE)
