"""The gate room: who is there, who stands in for whom, what is on the screen."""

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import deeds, facts, reviews
from gates.calculations.quorum import Quorum, quorum
from gates.models import Conflict, Delegate, Presence, Review, ReviewCriterion
from gates.models.criteria import UNASSESSED
from gates.models.electorate import STILL_HERE
from gates.models.reviews import IN_ROOM, Stage
from gates.permissions import Voter, voters_of
from gates.queries import practice
from ipd.kernel.access import Refused
from teams.actions.academy.deeds import ROOM_OPENED
from teams.models import Person


def enter(review: Review, person: Person) -> None:
    """Note that a person is in the room now; the live pages tell who is here by themselves."""
    Presence.objects.bulk_create(
        [Presence(review=review, person=person, last_seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["review", "person"],
        update_fields=["last_seen_at"],
    )


def present(review: Review) -> set[int]:
    """Ids of those who entered and, while the meeting runs, were seen of late."""
    rows = Presence.objects.filter(review=review)
    if review.stage in IN_ROOM:
        rows = rows.filter(last_seen_at__gte=timezone.now() - STILL_HERE)
    return set(rows.values_list("person", flat=True))


def quorum_of(
    review: Review, voters: list[Voter] | None = None, here: set[int] | None = None
) -> Quorum:
    """Whether the body may decide with those who are here; circular ones count who voted."""
    voters = voters_of(review) if voters is None else voters
    if review.is_circular:
        here = set(review.votes.standing().values_list("cast_by", flat=True))
    elif here is None:
        here = present(review)
    chain = review.gate.chain
    return quorum(
        [(voter.person.pk, voter.function) for voter in voters],
        present={voter.person.pk for voter in voters if voter.acts_through.pk in here},
        chair=next((voter.person.pk for voter in voters if voter.is_chair), None),
        functions=chain.quorum_functions,
        numerator=chain.quorum_numerator,
        denominator=chain.quorum_denominator,
    )


@transaction.atomic
def open_room(review: Review, *, by: Person, seen_version: int) -> Review:
    """Begin the meeting: blind votes may still come in until the chair reveals them.

    Computed criteria are read a last time; from now on they stand still.

    Raises Refused while the pack is not locked, or too much is unassessed to meet at all, and
    where a rule asks for practice that the presenter, or who opens the room, does not have.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if blockers := open_blockers(review, by):
        raise Refused(" ".join(blockers))
    facts.read(review)
    review.stage, review.opened_at = Stage.FIRST_VOTE, timezone.now()
    review.save(update_fields=["stage", "opened_at"])
    review.bump(version=True)
    deeds.note(review, ROOM_OPENED, by)
    return review


def open_blockers(review: Review, by: Person) -> list[str]:
    """Why the meeting cannot begin, or not be begun by this person."""
    if review.stage == Stage.PREPARING:
        return [_("The pack is not locked yet.")]
    if review.stage != Stage.LOCKED:
        return [_("The meeting has begun already.")]
    if review.is_circular:
        return [_("This decision is taken off-line, without a meeting.")]
    lacking = [
        *practice.blockers(practice.presenting(review)),
        *practice.leading_blockers(review, "run_room", by),
    ]
    limit = review.gate.chain.void_unassessed_percent
    if limit:
        counted = review.criteria.aggregate(all=Count("pk"), silent=Count("pk", filter=UNASSESSED))
        if 100 * counted["silent"] > limit * counted["all"]:
            return [
                _("%(silent)d of %(all)d criteria are unassessed; above %(limit)d %% it is void.")
                % {**counted, "limit": limit},
                *lacking,
            ]
    return lacking


@transaction.atomic
def show(review: Review, criterion: ReviewCriterion, *, by: Person) -> Review:
    """Put a criterion on everybody's screen."""
    review = reviews.locked(review)
    if review.stage not in IN_ROOM:
        raise Refused(_("The meeting is not running."))
    review.current_criterion = criterion
    review.save(update_fields=["current_criterion"])
    review.bump()
    return review


@transaction.atomic
def name_deputy(review: Review, *, member: Person, deputy: Person, by: Person) -> Delegate:
    """Let `deputy` vote for `member`, before the meeting opens and before the member voted.

    Raises Refused later, for someone who votes here already, for the product's own team,
    and when the member has cast a vote.
    """
    review = reviews.locked(review)
    if review.stage not in (Stage.PREPARING, Stage.LOCKED):
        raise Refused(_("Deputies are named before the meeting."))
    voters = {voter.person.pk: voter for voter in voters_of(review)}
    if member.pk not in voters:
        raise Refused(_("%(person)s has no vote here.") % {"person": member})
    taken = set(voters) | {voter.deputy.pk for voter in voters.values() if voter.deputy}
    if deputy.pk in taken:
        raise Refused(_("%(person)s votes here already.") % {"person": deputy})
    if any(
        deputy.pk in (seat.person_id, seat.deputy_id) for seat in reviews.core_seats(review.product)
    ):
        raise Refused(_("The team's own members never vote."))
    if review.votes.standing().filter(voter=member).exists():
        raise Refused(_("%(person)s has voted already.") % {"person": member})
    Delegate.objects.filter(review=review, member=member).delete()
    row = Delegate.objects.create(review=review, member=member, deputy=deputy, named_by=by)
    review.bump()
    return row


@transaction.atomic
def mark_conflict(review: Review, *, person: Person, note: str, by: Person) -> Conflict:
    """Mark a voter's interest, for instance as the lead's line manager; they still vote."""
    review = reviews.locked(review)
    if not review.is_open:
        raise Refused(_("The review is over."))
    row, _created = Conflict.objects.update_or_create(
        review=review, person=person, defaults={"note": note, "marked_by": by}
    )
    review.bump()
    return row
