"""Who runs the academy, who assesses, and whose learning is whose affair.

The academy is a body of its own kind; what its seats allow is data, like all decision rights.
"""

from django.db.models import F, Q, QuerySet

from ipd.kernel.days import today
from ipd.kernel.lists import OneOf
from teams.models import DecisionRight, Enrolment, Mentorship, Person
from teams.permissions import by_seat_in_body

ACADEMY = "ACADEMY"  # the kind of body
RUN, CURRICULUM, ASSESS = "run_academy", "edit_curriculum", "assess_practice"
EFFECTS = "see_effects"
ACTS = (RUN, CURRICULUM, ASSESS, EFFECTS)


def acts_in_academy(person: Person) -> frozenset[str]:
    """What the person's seats allow in the academy's affairs, in one query.

    A right names the kind of body that gives it: the academy, or the company's board.
    """
    seated = by_seat_in_body(person) & Q(body_kind=F("role__seats__team__kind"), act__in=ACTS)
    return frozenset(DecisionRight.objects.filter(seated).values_list("act", flat=True))


def visible_enrolments(person: Person, acts: frozenset[str] | None = None) -> QuerySet[Enrolment]:
    """The learner's own, those they manage or mentor; all, for whoever runs the academy.

    Assessors and hosts see the work they are asked about, never the enrolment.
    """
    acts = acts_in_academy(person) if acts is None else acts
    if RUN in acts:
        return Enrolment.objects.all()
    own = Enrolment.objects.filter(person=person).values("pk")
    managed = Enrolment.objects.filter(manager=person).values("pk")
    mentored = Mentorship.objects.standing().filter(mentor=person).values("enrolment")
    return Enrolment.objects.filter(OneOf("pk", own, managed, mentored))


def rights_to_run(person: Person) -> QuerySet[DecisionRight]:
    """What lets the person run the academy; asked for with Exists, beside other rows."""
    return _rights_to(RUN, person)


def rights_to_edit(person: Person) -> QuerySet[DecisionRight]:
    """What lets the person edit the curriculum; likewise."""
    return _rights_to(CURRICULUM, person)


def _rights_to(act: str, person: Person) -> QuerySet[DecisionRight]:
    return DecisionRight.objects.filter(
        by_seat_in_body(person), body_kind=ACADEMY, role__seats__team__kind=ACADEMY, act=act
    )


def assessors() -> QuerySet[Person]:
    """Who may assess practice today: those in the academy's seats that carry the right."""
    return _seated_with(ASSESS)


def runners() -> QuerySet[Person]:
    """Who runs the academy today."""
    return _seated_with(RUN)


def editors() -> QuerySet[Person]:
    """Who edits the curriculum today."""
    return _seated_with(CURRICULUM)


def _seated_with(act: str) -> QuerySet[Person]:
    """Active people whose seat in the academy carries the right today."""
    return Person.objects.filter(
        is_active=True,
        seats__period__contains=today(),
        seats__role__rights__act=act,
        seats__role__rights__body_kind=F("seats__team__kind"),
    ).distinct()
