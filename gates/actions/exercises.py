"""Deciding a decided gate anew, alone: from what was known then, before one sees what came."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.calculations.foresight import CHANCES
from gates.models import Decision, Exercise, Outcome, Presence, Review, Vote
from gates.models.facts import Assessment
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from teams.models import Person

SHORTEST_REASON = 40  # characters
LONGEST_SLIP = 1000  # days


@dataclass
class Answers:
    """What somebody says in an exercise; see `Exercise` for the fields."""

    judged: dict[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None
    reason: str = ""
    settled_chance: int | None = None
    passed_chance: int | None = None
    slip_days: int | None = None


def start(review: Review, *, by: Person) -> Exercise:
    """Begin, or go on where the person was.

    Raises Refused for a review that is not decided, or a rehearsal.
    """
    if review.stage != Stage.DECIDED or review.is_rehearsal:
        raise Refused(_("Only a decided gate becomes an exercise."))
    took_part = (
        Vote.objects.filter(review=OuterRef("pk"), voter=by),
        Vote.objects.filter(review=OuterRef("pk"), cast_by=by),
        Presence.objects.filter(review=OuterRef("pk"), person=by),
        Decision.objects.filter(review=OuterRef("pk"), decided_by=by),
    )
    was_there = Review.objects.filter(pk=review.pk)
    first, *others = [Exists(rows) for rows in took_part]
    for other in others:
        first |= other
    row, _created = Exercise.objects.get_or_create(
        person=by, review=review, defaults={"was_there": was_there.filter(first).exists()}
    )
    return row


def _locked(exercise: Exercise, seen_version: int) -> Exercise:
    row = (
        Exercise.objects.select_for_update(of=("self",), no_key=True)
        .select_related("review__gate")
        .get(pk=exercise.pk)
    )
    if row.voted_at is not None:
        raise Refused(_("You have voted; what you said stands as it was."))
    if row.version != seen_version:
        raise Stale(_("You went on in another window; please look again."))
    return row


@transaction.atomic
def keep(exercise: Exercise, answers: Answers, *, seen_version: int) -> Exercise:
    """Keep what is filled in so far; nothing is shown for it."""
    return _written(_locked(exercise, seen_version), answers)


@transaction.atomic
def vote(exercise: Exercise, answers: Answers, *, codes: list[str], seen_version: int) -> Exercise:
    """Vote: from now on the answers stand still, and the real decision may be seen.

    codes  of the criteria that the exercise asks

    Raises Refused with everything that is missing, Stale when another window went on.
    """
    row = _locked(exercise, seen_version)
    if wrong := _missing(row, answers, codes):
        raise Refused(" ".join(wrong))
    row.voted_at = timezone.now()
    return _written(row, answers)


def _missing(exercise: Exercise, answers: Answers, codes: list[str]) -> list[str]:
    wrong = []
    if silent := [code for code in codes if answers.judged.get(code) not in Assessment.values]:
        wrong.append(_("Not judged yet: %(codes)s.") % {"codes": ", ".join(silent)})
    if answers.outcome is None or answers.outcome.chain_id != exercise.review.gate.chain_id:
        wrong.append(_("Choose one of the outcomes of this gate."))
    if len(answers.reason.strip()) < SHORTEST_REASON:
        wrong.append(_("Give your reason, at least %d characters.") % SHORTEST_REASON)
    if answers.settled_chance not in CHANCES or answers.passed_chance not in CHANCES:
        wrong.append(_("Say how likely both are."))
    if answers.slip_days is None or abs(answers.slip_days) > LONGEST_SLIP:
        wrong.append(_("Say how many days late the next gate is held; 0 is on time."))
    return wrong


def _written(row: Exercise, answers: Answers) -> Exercise:
    row.judged, row.outcome, row.reason = answers.judged, answers.outcome, answers.reason.strip()
    row.settled_chance, row.passed_chance = answers.settled_chance, answers.passed_chance
    row.slip_days = answers.slip_days
    row.version += 1
    row.save()
    return row
