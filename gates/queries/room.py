"""What the gate room shows: sealed votes as no more than who has voted."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import DateTimeField, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.models import Conflict, Outcome, Presence, Question, Review, Vote
from gates.models.criteria import Assessment
from gates.models.electorate import STILL_HERE
from gates.models.reviews import Stage
from gates.permissions import Voter, voters_of
from gates.queries.agenda import Item, Spread, agenda, spread_of
from gates.queries.facts import Since, seen_before
from gates.queries.outcomes import outcomes_of
from gates.queries.review_page import Line, criteria_of, evidence_of, newest
from teams.models import Person

SEALED = (Stage.PREPARING, Stage.LOCKED, Stage.FIRST_VOTE)
FACTS_LAST = 30  # seconds; a pulse's facts change with the pulse, names and seats without it


@dataclass(frozen=True)
class Ballot:
    """One voter's line: whether they voted, and once revealed what, in both rounds."""

    voter: Voter
    is_here: bool
    has_voted: bool
    conflict: str
    first: Vote | None
    second: Vote | None

    @property
    def label(self) -> str:
        """Who acts, for whom if they are a deputy, and the function they speak for."""
        name = self.voter.acts_through.name
        if self.voter.deputy:
            name = _("%(deputy)s for %(member)s") % {
                "deputy": name,
                "member": self.voter.person.name,
            }
        return f"{name}, {self.voter.function}"


@dataclass(frozen=True)
class Tally:
    outcome: Outcome | None
    first: int
    second: int


@dataclass(frozen=True)
class Facts:
    """What a pulse of the room stands for; the same for everybody who may see the review."""

    review: Review
    items: list[Item]
    current: Line | None
    questions: list[Question]
    voters: list[Voter]
    votes: list[Vote]
    outcomes: list[Outcome]
    conflicts: dict[int, str]
    musts: int
    musts_met: int
    since: Since

    @property
    def contested(self) -> list[Item]:
        return [item for item in self.items if item.is_contested]

    @property
    def by_consent(self) -> list[Item]:
        return [item for item in self.items if not item.is_contested]

    @property
    def is_sealed(self) -> bool:
        return self.review.stage in SEALED

    @property
    def unanswered(self) -> int:
        return sum(not row.answer for row in self.questions)


@dataclass(frozen=True)
class Room:
    """The facts of a pulse, and who is here now."""

    facts: Facts
    here: frozenset[int]
    ballots: list[Ballot]
    tally: list[Tally]

    @property
    def there(self) -> list[Ballot]:
        return [ballot for ballot in self.ballots if ballot.is_here]

    @property
    def away(self) -> list[Ballot]:
        return [ballot for ballot in self.ballots if not ballot.is_here]

    @property
    def cast(self) -> int:
        return sum(ballot.has_voted for ballot in self.ballots)


@dataclass(frozen=True)
class Pulse:
    """What an unchanged page is recognised by; read in one cheap query."""

    facts: str
    stage: str
    person: int
    here: frozenset[int]
    seen_at: datetime | None

    @property
    def etag(self) -> str:
        there = hash(tuple(sorted(self.here))) & 0xFFFFFFFF
        return f'"{self.facts}-{there:x}-{self.person}"'

    def with_me(self) -> "Pulse":
        """The same a moment later, when the person has entered."""
        return replace(self, here=self.here | {self.person}, seen_at=timezone.now())


def pulse_of(pk: int, person: Person) -> Pulse | None:
    """The review's pulse, who is present, and when `person` was last noted as here.

    None when the person may not see the review.
    """
    present = Presence.objects.filter(
        review=OuterRef("pk"), last_seen_at__gte=timezone.now() - STILL_HERE
    )
    mine = Presence.objects.filter(review=OuterRef("pk"), person=person)
    row = (
        Review.objects.visible_to(person)
        .filter(pk=pk)
        .annotate(
            here=ArraySubquery(present.values("person")),
            seen_at=Subquery(mine.values("last_seen_at")[:1], output_field=DateTimeField()),
        )
        .values_list("pulse", "version", "stage", "here", "seen_at")
        .first()
    )
    if row is None:
        return None
    pulse, version, stage, here, seen_at = row
    return Pulse(f"{version}-{pulse}", stage, person.pk, frozenset(here), seen_at)


def room(pk: int, pulse: Pulse) -> Room:
    """The room of a review at a pulse: its facts are read once for all who watch.

    Call only with a pulse that `pulse_of` gave the reader: it is what proves the right.
    """
    facts = cache.get_or_set(f"room:{pk}:{pulse.facts}", partial(facts_of, pk), FACTS_LAST)
    return Room(
        facts=facts,
        here=pulse.here,
        ballots=_ballots(facts, pulse.here),
        tally=[] if facts.is_sealed else tally(facts.votes),
    )


def facts_of(pk: int) -> Facts:
    """The facts as they stand now; about ten queries."""
    review = Review.objects.for_page().get(pk=pk)
    criteria = list(criteria_of([review.pk]))
    votes = _votes(review)
    items = agenda(criteria, None if review.stage in SEALED else spreads_of(votes))
    evidence = evidence_of(review)
    by_pk = {row.pk: row for row in criteria}
    shown = by_pk.get(review.current_criterion_id) or (items[0].criterion if items else None)
    proofs = evidence.get(shown.pk, []) if shown else []
    current = newest(proofs)
    musts = [row for row in criteria if row.is_must]
    return Facts(
        review=review,
        items=items,
        current=Line(shown, current, len(proofs) - len(current)) if shown else None,
        questions=list(
            Question.objects.filter(criterion__review=review)
            .select_related("asked_by", "answered_by", "criterion")
            .order_by("asked_at")
        ),
        voters=voters_of(review),
        votes=votes,
        outcomes=outcomes_of(review.gate.chain),
        conflicts={row.person_id: row.note for row in Conflict.objects.filter(review=review)},
        musts=len(musts),
        musts_met=sum(row.state == Assessment.MET for row in musts),
        since=seen_before(review) if any(row.is_bound for row in criteria) else {},
    )


def _votes(review: Review) -> list[Vote]:
    """The votes that stand; while they are sealed neither outcome, reason nor score is read."""
    rows = Vote.objects.standing().filter(review=review)
    if review.stage in SEALED:
        return list(rows.only("review", "round", "voter"))
    return list(rows.select_related("outcome", "cast_by").prefetch_related("scores"))


def spreads_of(votes: list[Vote]) -> dict[int, Spread]:
    """Of the last scores each voter gave to each criterion."""
    last: dict[int, dict[int, int]] = defaultdict(dict)
    for vote in sorted(votes, key=lambda row: row.round):
        for score in vote.scores.all():
            last[score.criterion_id][vote.voter_id] = score.score
    return {pk: spread_of(scores.values()) for pk, scores in last.items()}


def _ballots(facts: Facts, here: frozenset[int]) -> list[Ballot]:
    cast = {(vote.voter_id, vote.round): vote for vote in facts.votes}
    return [
        Ballot(
            voter=voter,
            is_here=voter.acts_through.pk in here,
            has_voted=(voter.person.pk, facts.review.current_round) in cast,
            conflict=facts.conflicts.get(voter.person.pk, ""),
            first=None if facts.is_sealed else cast.get((voter.person.pk, 1)),
            second=None if facts.is_sealed else cast.get((voter.person.pk, 2)),
        )
        for voter in facts.voters
    ]


def tally(votes: list[Vote]) -> list[Tally]:
    outcomes = {vote.outcome_id: vote.outcome for vote in votes}
    ordered = sorted(outcomes.values(), key=lambda row: (row is None, row.order if row else 0))
    return [
        Tally(
            outcome,
            *(sum(v.outcome == outcome and v.round == number for v in votes) for number in (1, 2)),
        )
        for outcome in ordered
    ]
