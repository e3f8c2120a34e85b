"""A team rehearses its coming gate: colleagues play the board, and nothing of it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import facts, readiness, reviews
from gates.actions.blocking import blockers, decision_body_blockers
from gates.actions.freezing import freeze
from gates.models import (
    CriterionFact,
    Evidence,
    Outcome,
    Rehearsal,
    RehearsalGap,
    RehearsalSeat,
    Review,
    ReviewCriterion,
    Waiver,
)
from gates.models.rehearsals import BOARD, Part
from gates.models.reviews import IN_ROOM, Stage
from gates.permissions import voters_of
from gates.queries.rehearsals import found_by_itself
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.queries.holders import who_may_see
from teams.models import Function, Person, Seat

SHORTEST_RATIONALE = 40  # characters


@dataclass(frozen=True)
class Player:
    """A colleague, the part they play and the function they speak for."""

    person: Person
    function: Function
    part: str


@transaction.atomic
def make(source: Review, *, players: list[Player], by: Person) -> Review:
    """Set up a rehearsal of a coming gate, with its pack as it stands now.

    The colleagues are the board; the product's team takes part as it is, and `by` presents.
    The pack counts as locked at once, so that the board can vote before the meeting.

    Raises Refused once the real meeting runs, while another rehearsal of the gate is open,
    without a chair and another voter, and for a colleague of the product's own team or one
    who may not see the product.
    """
    source = reviews.locked(source)
    if source.is_rehearsal or not source.is_open or source.stage in IN_ROOM:
        raise Refused(_("Only a gate that is still to come is rehearsed."))
    open_ones = Review.objects.open().filter(is_rehearsal=True)
    if open_ones.filter(product=source.product_id, gate=source.gate_id).exists():
        raise Refused(_("A rehearsal of this gate is under way; end it first."))
    team = team_of(source, by)
    if wrong := _wrong(source, players, {row.person.pk for row in team}):
        raise Refused(" ".join(wrong))
    review = set_up(source, [*players, *team], by=by, at=timezone.now())
    facts.read(review)
    _invite(review, players, team)
    return review


def set_up(source: Review, seats: list[Player], *, by: Person, at: datetime) -> Review:
    """The rehearsal's own review, its seats, and the pack as it stands now."""
    review = _copied(
        source,
        stage=Stage.LOCKED,
        planned_on=timezone.localdate(at),
        locked_at=at,
        circular_until=None,
        is_circular=False,
        is_rehearsal=True,
        reason="",
        current_criterion_id=None,
        version=1,
        pulse=1,
    )
    review.save()
    Rehearsal.objects.create(review=review, source=source, made_by=by)
    RehearsalSeat.objects.bulk_create(
        RehearsalSeat(review=review, person=row.person, function=row.function, part=row.part)
        for row in seats
    )
    _copy_pack(source, review)
    readiness.measure([review.pk])
    return review


def team_of(source: Review, by: Person) -> list[Player]:
    """The product's team and whoever answers for a criterion; who asked for it presents."""
    people = {}
    seats = Seat.objects.current().filter(team=source.product.team_id)
    for seat in seats.select_related("person", "deputy", "function"):
        for person in (seat.person, seat.deputy):
            if person is not None:
                people.setdefault(person.pk, (person, seat.function))
    owned = source.criteria.exclude(owner=None).select_related("owner", "function")
    for row in owned:
        if who_may_see(source.product, [row.owner]):
            people.setdefault(row.owner_id, (row.owner, row.function))
    return [
        Player(person, function, Part.PRESENTER if person.pk == by.pk else Part.TEAM)
        for person, function in people.values()
        if person.is_active
    ]


def _wrong(source: Review, players: list[Player], team: set[int]) -> list[str]:
    wrong, named = [], [row.person for row in players]
    parts = [row.part for row in players]
    if parts.count(Part.CHAIR) != 1 or sum(part in BOARD for part in parts) < 2:
        wrong.append(_("Name one chair and at least one more voting member."))
    if len({person.pk for person in named}) < len(named):
        wrong.append(_("Name everybody once."))
    allowed = {person.pk for person in who_may_see(source.product, named)}
    for person in named:
        if person.pk in team:
            told = _("%(person)s belongs to the team and cannot play the board.")
            wrong.append(told % {"person": person})
        elif person.pk not in allowed or not person.is_active:
            wrong.append(_("%(person)s may not see this product.") % {"person": person})
    return wrong


def _copied(row, **changed):
    """A new row with the same values; `changed` by the names of columns."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: field.value_from_object(row) for field in fields}
    return type(row)(**values | changed)


def _copy_pack(source: Review, review: Review) -> None:
    """Criteria with judgements, readings and signed waivers; evidence points to the same files."""
    players = set(review.rehearsal_seats.values_list("person", flat=True))
    asked = list(source.criteria.select_related("fact", "waiver").prefetch_related("evidence"))
    made = ReviewCriterion.objects.bulk_create(
        _copied(
            row,
            review_id=review.pk,
            owner_id=row.owner_id if row.owner_id in players else None,
            version=1,
        )
        for row in asked
    )
    pairs = list(zip(asked, made, strict=True))
    CriterionFact.objects.bulk_create(
        _copied(old.fact, criterion_id=new.pk) for old, new in pairs if hasattr(old, "fact")
    )
    Waiver.objects.bulk_create(
        _copied(old.waiver, criterion_id=new.pk)
        for old, new in pairs
        if hasattr(old, "waiver") and old.waiver.is_signed
    )
    Evidence.objects.bulk_create(
        _copied(proof, criterion_id=new.pk, file=proof.file.name)
        for old, new in pairs
        for proof in old.evidence.all()
    )


def _invite(review: Review, players: Iterable[Player], team: Iterable[Player]) -> None:
    link = review.get_absolute_url()
    tell(
        [row.person for row in players],
        news=f"rehearsal:{review.pk}",
        text=_("You are asked to play the board: %(review)s") % {"review": review},
        link=link,
        why=_("You were named for the board of a rehearsal."),
        needs_action=True,
    )
    tell(
        [row.person for row in team],
        news=f"rehearsal:{review.pk}",
        text=_("Your gate is rehearsed with colleagues: %(review)s") % {"review": review},
        link=link,
        why=_("You sit in the product's team."),
    )


@transaction.atomic
def end(
    review: Review, *, outcome: Outcome, rationale: str, by: Person, seen_version: int
) -> Review:
    """Say what the board would have decided; nothing follows but the list of gaps.

    The rules of the real gate hold (no go over a red must), only its quorum does not.
    Raises Stale when the page was drawn before the last step, Refused with every reason.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if not review.is_rehearsal:
        raise Refused(_("This is no rehearsal."))
    voters = voters_of(review)
    wrong = [
        *blockers(review, outcome, voters=voters),
        *decision_body_blockers(review, by, voters=voters),
    ]
    if len(rationale.strip()) < SHORTEST_RATIONALE:
        wrong.append(_("Give the reasons, at least %d characters.") % SHORTEST_RATIONALE)
    if wrong:
        raise Refused(" ".join(wrong))
    close(review, outcome=outcome, rationale=rationale.strip(), by=by, at=timezone.now())
    seats = review.rehearsal_seats.select_related("person")
    tell(
        [seat.person for seat in seats if seat.person_id != by.pk],
        news=f"rehearsal-end:{review.pk}",
        text=_("%(review)s: %(outcome)s. See the gaps it found.")
        % {"review": review, "outcome": outcome},
        link=review.get_absolute_url(),
        why=_("You took part in the rehearsal."),
    )
    return review


def close(review: Review, *, outcome: Outcome, rationale: str, by: Person, at: datetime) -> None:
    """Freeze what the outcome rests on, note the gaps, and leave a line in the ledger."""
    kept = freeze(review, voters=voters_of(review))
    entry = ledger.record(
        kind="rehearsal",
        subject=f"review:{review.pk}",
        body={"frozen": ledger.digest(kept)},
        by=by,
    )
    _note_gaps(review, at)
    Rehearsal.objects.filter(pk=review.pk).update(
        rationale=rationale,
        ended_by=by,
        ended_at=at,
        frozen=kept,
        ledger_sequence=entry.sequence,
    )
    review.stage, review.outcome = Stage.DECIDED, outcome
    review.held_on, review.decided_at = timezone.localdate(at), at
    review.save(update_fields=["stage", "outcome", "held_on", "decided_at"])
    review.bump(version=True)


def _note_gaps(review: Review, now) -> None:
    RehearsalGap.objects.bulk_create(
        RehearsalGap(review=review, criterion=criterion, text=text, found_at=now)
        for criterion, text in found_by_itself(review)
    )


@transaction.atomic
def stop(review: Review, *, by: Person, seen_version: int) -> Review:
    """End a rehearsal without an outcome; what was found so far is kept."""
    review = reviews.locked(review, seen_version=seen_version)
    if not (review.is_rehearsal and review.is_open):
        raise Refused(_("The rehearsal is over."))
    now = timezone.now()
    _note_gaps(review, now)
    Rehearsal.objects.filter(pk=review.pk).update(ended_by=by, ended_at=now)
    review.stage = Stage.WITHDRAWN
    review.save(update_fields=["stage"])
    review.bump(version=True)
    return review


@transaction.atomic
def note_gap(
    review: Review, *, text: str, criterion: ReviewCriterion | None, by: Person
) -> RehearsalGap:
    """Write down what is missing, for the real preparation."""
    review = reviews.locked(review)
    if criterion is not None and criterion.review_id != review.pk:
        raise Refused(_("That criterion is of another review."))
    return RehearsalGap.objects.create(
        review=review, criterion=criterion, text=text.strip(), found_by=by, found_at=timezone.now()
    )


@transaction.atomic
def settle_gap(gap: RehearsalGap, *, by: Person) -> RehearsalGap:
    """Say that the real preparation has taken care of it. Raises Refused when it was said."""
    row = RehearsalGap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
    if row.settled_at is not None:
        raise Refused(_("It was settled already."))
    row.settled_by, row.settled_at = by, timezone.now()
    row.save(update_fields=["settled_by", "settled_at"])
    return row
