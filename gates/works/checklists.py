"""Facts of checklists that reviews know; rehearsals count as such alone."""

from datetime import timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone

from gates.models import (
    Chain,
    Condition,
    ConditionEvent,
    Evidence,
    Presence,
    Question,
    Review,
    ReviewCriterion,
    Vote,
)
from ipd.kernel.days import today
from teams.actions.academy import deeds
from teams.facts import at, at_the_team, decides, holds, leads_to, tells
from teams.models import Deed

CALENDAR, CONDITIONS, DECISIONS = (
    at("gates:calendar"),
    at("gates:condition-list"),
    at("gates:decision-list"),
)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
REAL = Q(review__is_rehearsal=False)

leads_to("rehearsal_vote", at("gates:rehearsal-list"))


@decides
def bodies():
    """The kinds of body that decide the reviews of the process in force."""
    return Chain.objects.filter(process__is_current=True).values("body")


def _of(chain: str, prefix: str = "review") -> Q:
    return Q(**{f"{prefix}__gate__chain__code": chain}) if chain else Q()


def _deeds(person, deed: str, chain: str = ""):
    rows = Deed.objects.filter(person=person, deed=deed)
    return rows.filter(chain=chain) if chain else rows


@tells("brief_opened", where=CALENDAR)
def briefs(person, seat, params):
    return _deeds(person, deeds.BRIEF_OPENED, params.get("gate_chain", ""))


@tells("question_asked", where=CALENDAR)
def questions(person, seat, params):
    rows = Question.objects.filter(asked_by=person, criterion__review__is_rehearsal=False)
    return rows.filter(_of(params.get("gate_chain", ""), "criterion__review"))


@tells("question_answered", where=CALENDAR)
def answers(person, seat, params):
    return Question.objects.filter(answered_by=person, criterion__review__is_rehearsal=False)


@tells("room_attended", where=CALENDAR)
def rooms(person, seat, params):
    """Present while the meeting ran."""
    rows = Presence.objects.filter(REAL, person=person, review__opened_at__isnull=False)
    rows = rows.filter(last_seen_at__gte=F("review__opened_at"))
    return rows.filter(_of(params.get("gate_chain", "")))


@tells("vote_blind", where=CALENDAR)
def votes(person, seat, params):
    """First votes, cast before the others were seen."""
    rows = Vote.objects.filter(REAL, cast_by=person, round=1)
    rows = rows.filter(Q(review__revealed_at=None) | Q(cast_at__lt=F("review__revealed_at")))
    return rows.filter(_of(params.get("gate_chain", "")))


@tells("criterion_assessed", where=at_the_team)
def assessed(person, seat, params):
    rows = ReviewCriterion.objects.filter(REAL, assessed_by=person)
    return rows.exclude(comment="")


@tells("evidence_added", where=at_the_team)
def evidence(person, seat, params):
    return Evidence.objects.filter(added_by=person, criterion__review__is_rehearsal=False)


@tells("criteria_without_owner_none", where=at_the_team)
def owned(person, seat, params):
    """No criterion of the seat's function in an open review of the team lacks an owner."""
    open_reviews = Review.objects.real().open().filter(product__team=OuterRef(OuterRef("team")))
    lacking = ReviewCriterion.objects.filter(
        Exists(open_reviews.filter(pk=OuterRef("review"))),
        function=OuterRef("function"),
        owner=None,
    )
    return holds(seat, ~Exists(lacking))


@tells("condition_accepted", where=CONDITIONS)
def accepted(person, seat, params):
    return ConditionEvent.objects.filter(by=person, what="accepted")


@tells("condition_submitted", where=CONDITIONS)
def submitted(person, seat, params):
    return ConditionEvent.objects.filter(by=person, what="submitted")


@tells("review_booked", where=CALENDAR)
def booked(person, seat, params):
    return _deeds(person, deeds.REVIEW_BOOKED)


@tells("pack_locked", where=CALENDAR)
def locked(person, seat, params):
    return _deeds(person, deeds.PACK_LOCKED)


@tells("agenda_issued", where=CALENDAR)
def agendas(person, seat, params):
    """Rooms opened by the person: the agenda is drawn with it, what is contested first."""
    return _deeds(person, deeds.ROOM_OPENED)


@tells("decision_issued", where=DECISIONS)
def issued(person, seat, params):
    """Decisions signed by the day after a meeting whose room the person opened."""
    name = Concat(Value("review:"), Cast(OuterRef("pk"), CharField()))
    opened = _deeds(person, deeds.ROOM_OPENED).filter(subject=name)
    rows = Review.objects.real().held().filter(Exists(opened))
    return rows.filter(held_on__gte=TruncDate("decided_at") - DAY)


@tells("conditions_followed", where=CONDITIONS)
def followed(person, seat, params):
    """No unsettled condition of the body, decided more than a week ago, went a week without an
    entry."""
    entries = ConditionEvent.objects.filter(condition=OuterRef("pk"), at__gte=timezone.now() - WEEK)
    silent = Condition.objects.unsettled().filter(
        REAL, review__body=OuterRef("team"), review__held_on__lt=today() - WEEK
    )
    return holds(seat, ~Exists(silent.exclude(Exists(entries))))
