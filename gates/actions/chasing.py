"""What the clock does to reviews: names the steps that fall due, and ends holds."""

import logging
from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.duties import chairs_of, holders_in_body
from gates.models import CalendarStep, Condition, Decision, Review
from gates.models.reviews import Stage
from gates.queries.calendar_steps import FACTS
from ipd.kernel.access import Refused
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import add_working_days, today
from ipd.models.products import ProductStatus
from ipd.queries.holders import who_may_see
from teams.models import Person, Seat

logger = logging.getLogger(__name__)

# A step is still named when the clock stood still this long, in calendar days.
CATCH_UP_DAYS = 7
# The step of the process by which owners have accepted; a process without it reminds nobody.
ACCEPT = "ACCEPT"


def chase() -> int:
    """Tell what fell due in the reviews' calendars, and put ended holds on the agenda."""
    told = 0
    steps = defaultdict(list)
    for step in CalendarStep.objects.all():
        steps[step.chain_id].append(step)
    for review in _running(steps):
        try:
            with transaction.atomic():
                told += _tell_steps(review, steps[review.gate.chain_id])
                told += _tell_late(review)
        except Exception:
            logger.exception("Review %s could not be chased.", review.pk)
    return told + end_holds()


def _running(steps: dict[int, list[CalendarStep]]):
    """Open reviews whose calendar has begun, and decided ones it has not left behind.

    Imported history is over: nobody is reminded of it.
    """
    offsets = [step.offset for chain in steps.values() for step in chain]
    first, last = min(offsets, default=0), max(offsets, default=0)
    day = today()
    begun = Review.objects.real().open().filter(planned_on__lte=add_working_days(day, -first))
    decided = Review.objects.real().filter(
        stage=Stage.DECIDED,
        held_on__gte=add_working_days(day, -last) - timedelta(days=CATCH_UP_DAYS),
        decisions__is_imported=False,
        decisions__superseded_at=None,
    )
    return [*begun.for_page(), *decided.for_page()]


def _tell_steps(review: Review, steps: list[CalendarStep]) -> int:
    """Name each step that is due and not known to be done, once, also when the clock stood still.

    Until the meeting the steps before it count, once it is decided those after it.
    """
    day, told = review.held_on or review.planned_on, 0
    decided = review.stage == Stage.DECIDED
    for step in steps:
        due_on = add_working_days(day, step.offset) if step.offset else day
        late = (today() - due_on).days
        if (step.offset > 0) != decided or not 0 <= late <= CATCH_UP_DAYS:
            continue
        done = FACTS.get(step.fact)
        if done and done(review):
            continue
        told += 1
        tell(
            who_may_see(review.product, _holders(review, step.owner_role)),
            news=f"step:{review.pk}:{step.pk}:{due_on}",
            text=_("%(review)s, due %(day)s: %(step)s")
            % {"review": review, "day": due_on, "step": step.name},
            link=review.get_absolute_url(),
            why=_("This step of the review's calendar is yours."),
        )
        if step.code == ACCEPT:
            _tell_unaccepted(review, due_on)
    return told


def _holders(review: Review, role: str) -> list[Person]:
    seats = Seat.objects.current().filter(
        team__in=[review.body_id, review.product.team_id], role__code=role, person__isnull=False
    )
    return list(Person.objects.filter(pk__in=seats.values("person")))


def _tell_unaccepted(review: Review, due_on: date) -> None:
    waiting = Condition.objects.unsettled().filter(review=review, accepted_at=None)
    for condition in waiting.select_related("owner"):
        tell(
            who_may_see(review.product, [condition.owner]),
            news=f"accept:{condition.pk}:{due_on}",
            text=_("Accept condition %(number)d of %(review)s: %(text)s")
            % {"number": condition.number, "review": review, "text": condition.text},
            link=condition.get_absolute_url(),
            why=_("You own this condition and have not accepted it."),
            needs_action=True,
        )


def _tell_late(review: Review) -> int:
    """Once per planned day: the pack is not locked the day before, or the day has passed."""
    if not review.is_open:
        return 0
    meeting = review.circular_until or review.planned_on
    if meeting < today():
        people = [*chairs_of(review), *holders_in_body(review, "book")]
        text = _(
            "%(review)s was planned for %(day)s and has no decision: decide, defer or move it."
        )
        kind = "undecided"
    elif review.stage == Stage.PREPARING and meeting <= add_working_days(today(), 1):
        people = holders_in_body(review, "lock_pack")
        text = _("%(review)s is on %(day)s and its pack is not locked.")
        kind = "unlocked"
    else:
        return 0
    tell(
        who_may_see(review.product, people),
        news=f"{kind}:{review.pk}:{meeting}",
        text=text % {"review": review, "day": meeting},
        link=review.get_absolute_url(),
        why=_("You run the meetings of the deciding body."),
        needs_action=True,
    )
    return 1


def end_holds() -> int:
    """Put products whose hold has ended on the agenda again, once each; how many were booked.

    A decision to hold books the next review itself; this serves holds whose review was
    withdrawn, and those that were imported with their end.
    """
    later = (
        Review.objects.real()
        .filter(
            product=OuterRef("review__product"),
            gate=OuterRef("review__gate"),
            attempt__gt=OuterRef("review__attempt"),
        )
        .exclude(stage=Stage.WITHDRAWN)
    )
    ended = Decision.objects.filter(
        ~Exists(later),
        outcome__holds=True,
        superseded_at=None,
        expires_on__lte=today(),
        review__is_rehearsal=False,
        review__product__status=ProductStatus.ON_HOLD,
    ).select_related("review__product", "review__gate__chain", "decided_by")
    booked = 0
    for decision in ended.order_by(F("expires_on"), "pk"):
        try:
            reviews.book(
                decision.review.product,
                decision.review.gate,
                planned_on=add_working_days(today(), 10),
                by=decision.decided_by,
                reason=_("The hold ended on %(day)s. Restart when: %(trigger)s")
                % {"day": decision.expires_on, "trigger": decision.restart_trigger},
            )
            booked += 1
        except Refused as refusal:
            logger.warning("The hold of decision %s ended: %s", decision.pk, refusal)
    return booked
