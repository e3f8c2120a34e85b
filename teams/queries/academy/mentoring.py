"""Mentors and their learners: who suits, who meets, who is overdue, who is alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.kernel.lists import OneOf, how_many
from teams.calculations.academy.mentoring import ASKED_AFTER, BETWEEN, LIMIT, Suits
from teams.models import (
    Enrolment,
    HealthCheck,
    MentoringSession,
    MentorOffer,
    Mentorship,
    PathElement,
    Person,
)
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.mentoring import MentorshipState
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import RUN
from teams.queries.academy.doors import opens
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits

PAGE = 50
PROPOSED, ACTIVE, ENDED = MentorshipState.PROPOSED, MentorshipState.ACTIVE, MentorshipState.ENDED


def visible_to(person: Person, acts: frozenset[str]) -> QuerySet[Mentorship]:
    """Pairs of which the person is one; all, for whoever runs the academy."""
    if RUN in acts:
        return Mentorship.objects.all()
    return Mentorship.objects.filter(Q(mentor=person) | Q(enrolment__person=person))


def for_page(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    """With both people, the day of the last session (`met_on`, or when they began) and how many
    sessions there were; the query's own columns alone."""
    sessions = MentoringSession.objects.filter(mentorship=OuterRef("pk"))
    rows = _met(rows).annotate(session_count=how_many(sessions, "mentorship"))
    return rows.select_related(
        "mentor__function", "enrolment__person__function", "enrolment__path", "enrolment__cohort"
    )


def _met(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    last = MentoringSession.objects.filter(mentorship=OuterRef("pk")).order_by("-held_on")
    newest = Subquery(last.values("held_on")[:1], output_field=DateField())
    return rows.annotate(met_on=Coalesce(newest, F("started_on")))


def overdue_before() -> date:
    """Who met last before this day should have met again."""
    return today() - BETWEEN


def not_meeting(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    """Those that did not meet for three weeks."""
    return _met(rows).filter(met_on__lt=overdue_before())


@dataclass(frozen=True)
class Candidate:
    """Somebody who offers to be a mentor, and what speaks for them."""

    offer: MentorOffer
    suits: Suits
    wished: list[str]

    @property
    def person(self) -> Person:
        return self.offer.person

    @property
    def is_full(self) -> bool:
        return self.suits.load >= LIMIT


def candidates(enrolment: Enrolment, wished: Iterable[str] = ()) -> list[Candidate]:
    """Who offers to be a mentor and may be this learner's, those who suit best first; one query.

    A mentor of another function is preferred, then one who offers what is wished, then one with
    few learners. Those whose places are taken stand last, and say so. At most fifty are told.
    """
    wished, function = sorted(set(wished)), enrolment.person.function_id
    taken = Mentorship.objects.standing().filter(mentor=OuterRef("person"))
    rows = MentorOffer.objects.filter(is_open=True, person__is_active=True)
    rows = rows.exclude(person__in=[enrolment.person_id, enrolment.manager_id or 0]).annotate(
        load=how_many(taken, "mentor"),
        is_full=ExpressionWrapper(Q(load__gte=LIMIT), BooleanField()),
        is_own=ExpressionWrapper(Q(person__function=function), BooleanField()),
        is_wished=ExpressionWrapper(Q(competencies__overlap=wished), BooleanField()),
    )
    rows = rows.order_by("is_full", "is_own", "-is_wished", "load", "person__name", "pk")
    found = []
    for offer in rows.select_related("person__function", "person__site")[:PAGE]:
        both = sorted(set(wished) & set(offer.competencies))
        found.append(Candidate(offer, Suits(not offer.is_own, len(both), offer.load), both))
    return sorted(found, key=lambda one: (one.is_full, one.suits.order, one.person.name))


def alone(after: str = "") -> keyset.Slice:
    """Learners on a path without a mentor, those who began first on top."""
    pairs = Mentorship.objects.standing().filter(enrolment=OuterRef("pk"))
    rows = Enrolment.objects.filter(state=EnrolmentState.ACTIVE).exclude(Exists(pairs))
    rows = rows.select_related("person__function", "cohort")
    return keyset.part(rows, ["started_on", "pk"], after=after, size=PAGE)


def mentors(after: str = "") -> keyset.Slice:
    """Everybody who offers or has learners, with how many they have, by name."""
    standing = Mentorship.objects.standing().filter(mentor=OuterRef("pk"))
    late = not_meeting(Mentorship.objects.active().filter(mentor=OuterRef("pk")))
    rows = Person.objects.annotate(load=how_many(standing, "mentor"), late=how_many(late, "mentor"))
    rows = rows.filter(Q(load__gt=0) | Q(mentor_offer__is_open=True)).select_related(
        "function", "mentor_offer"
    )
    return keyset.part(rows, ["name", "pk"], after=after, size=PAGE)


def pairs(after: str = "") -> keyset.Slice:
    """All pairs that have not ended, the oldest first."""
    rows = for_page(Mentorship.objects.standing())
    return keyset.part(rows, ["started_on", "pk"], after=after, size=PAGE)


@opens(ElementKind.MENTORING)
def door(enrolment: Enrolment, element: PathElement) -> str:
    """The learner's pair, or the choice of a mentor."""
    pair = enrolment.mentorships.standing().first()
    return pair.get_absolute_url() if pair else reverse("teams:mentor-choice", args=[enrolment.pk])


@waits(text=_("%(who)s asks you to be their mentor"), route="teams:mentorship")
def asked(person: Person) -> QuerySet:
    rows = Mentorship.objects.filter(mentor=person, state=PROPOSED)
    return rows.values_list("pk", "enrolment__person__name", NOTHING, "started_on")


@waits(text=_("Meet %(who)s: three weeks are over"), route="teams:mentorship")
def to_meet(person: Person) -> QuerySet:
    rows = not_meeting(Mentorship.objects.active().filter(mentor=person))
    return rows.values_list("pk", "enrolment__person__name", NOTHING, NO_DAY)


@waits(text=_("Meet your mentor %(who)s: three weeks are over"), route="teams:mentorship")
def to_be_met(person: Person) -> QuerySet:
    rows = not_meeting(Mentorship.objects.active().filter(enrolment__person=person))
    return rows.values_list("pk", "mentor__name", NOTHING, NO_DAY)


@waits(text=_("Say how mentoring goes: %(what)s and %(who)s"), route="teams:mentorship")
def to_say(person: Person) -> QuerySet:
    """Asked from the sixth week on, until they answer."""
    as_mentor = Mentorship.objects.filter(mentor=person).values("pk")
    as_learner = Mentorship.objects.filter(enrolment__person=person).values("pk")
    rows = Mentorship.objects.active().filter(
        OneOf("pk", as_mentor, as_learner), started_on__lte=today() - ASKED_AFTER
    )
    said = HealthCheck.objects.filter(mentorship=OuterRef("pk"), person=person)
    rows = rows.exclude(Exists(said))
    return rows.values_list("pk", "mentor__name", "enrolment__person__name", NO_DAY)


@waits(text=_("Choose a mentor"), route="teams:mentor-choice")
def to_choose(person: Person) -> QuerySet:
    standing = Mentorship.objects.standing().filter(enrolment=OuterRef("pk"))
    rows = Enrolment.objects.filter(person=person, state=EnrolmentState.ACTIVE)
    return rows.exclude(Exists(standing)).values_list("pk", NOTHING, NOTHING, NO_DAY)
