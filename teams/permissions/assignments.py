"""Whose affair a work or a rotation is: who knows of it, who reads it, who sees its marks.

The mentor and the manager know of it and its result; they read neither work nor marks. The
academy's lead, and the certification board of the learner, read what is decided.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ipd.kernel.lists import OneOf
from teams.models import (
    Assignment,
    AssignmentAssessor,
    AssignmentPiece,
    Enrolment,
    InterviewAssessor,
    Person,
    Rotation,
)
from teams.models.academy.interviews import InterviewState
from teams.models.academy.mentoring import MentorshipState
from teams.permissions.academy import RUN, acts_in_academy, assessors, visible_enrolments


@dataclass(frozen=True)
class Part:
    """What a reader is to a work or a rotation; `rates` is their place among those who rate it."""

    is_learner: bool
    is_lead: bool
    is_board: bool
    rates: AssignmentAssessor | bool | None = None

    @property
    def reads(self) -> bool:
        """Whether they read what was handed in."""
        return self.is_learner or self.is_lead or self.is_board or bool(self.rates)

    @property
    def runs(self) -> bool:
        """Whether they name who assesses; nobody arranges their own assessment."""
        return self.is_lead and not self.is_learner


def boards_of(person: Person) -> QuerySet[Enrolment]:
    """The ids of the enrolments that the person is asked to certify."""
    rows = InterviewAssessor.objects.filter(person=person)
    rows = rows.exclude(interview__state=InterviewState.CANCELLED)
    return rows.values("interview__enrolment")


def visible_assignments(person: Person, acts: frozenset[str] | None = None):
    """Works of the enrolments the person may see, and those they assess or certify."""
    acts = acts_in_academy(person) if acts is None else acts
    if RUN in acts:
        return Assignment.objects.all()
    of_theirs = Assignment.objects.filter(enrolment__in=visible_enrolments(person, acts))
    asked = AssignmentAssessor.objects.filter(person=person).values("assignment")
    certified = Assignment.objects.filter(enrolment__in=boards_of(person))
    found = OneOf("pk", of_theirs.values("pk"), asked, certified.values("pk"))
    return Assignment.objects.filter(found)


def visible_pieces(person: Person) -> QuerySet[AssignmentPiece]:
    """Files and links of works that the person reads; others see what was handed in only."""
    own = Q(assignment__enrolment__person=person)
    asked = Q(assignment__assessors__person=person)
    board = Q(assignment__enrolment__in=boards_of(person))
    given = Q(versions__isnull=False)
    read = own | (asked | board) & given
    if RUN in acts_in_academy(person):
        read |= given
    found = AssignmentPiece.objects.filter(read)
    return AssignmentPiece.objects.filter(pk__in=found.values("pk"))


def part_in_assignment(person: Person, row: Assignment, acts: frozenset[str]) -> Part:
    """`row` with its enrolment; two queries."""
    return Part(
        is_learner=row.enrolment.person_id == person.pk,
        is_lead=RUN in acts,
        is_board=boards_of(person).filter(interview__enrolment=row.enrolment_id).exists(),
        rates=row.assessors.filter(person=person).first(),
    )


def visible_rotations(person: Person, acts: frozenset[str] | None = None) -> QuerySet[Rotation]:
    """Rotations of the enrolments the person may see, and those they host or certify."""
    acts = acts_in_academy(person) if acts is None else acts
    if RUN in acts:
        return Rotation.objects.all()
    of_theirs = Rotation.objects.filter(enrolment__in=visible_enrolments(person, acts))
    hosted = Rotation.objects.filter(host=person)
    certified = Rotation.objects.filter(enrolment__in=boards_of(person))
    found = OneOf("pk", *(rows.values("pk") for rows in (of_theirs, hosted, certified)))
    return Rotation.objects.filter(found)


def part_in_rotation(person: Person, row: Rotation, acts: frozenset[str]) -> Part:
    """`row` with its enrolment; one query."""
    return Part(
        is_learner=row.enrolment.person_id == person.pk,
        is_lead=RUN in acts,
        is_board=boards_of(person).filter(interview__enrolment=row.enrolment_id).exists(),
        rates=row.host_id == person.pk,
    )


def can_plan_practice(person: Person, enrolment: Enrolment, acts: frozenset[str]) -> bool:
    """Works and rotations are planned by the learner, or by whoever runs the academy."""
    return enrolment.person_id == person.pk or RUN in acts


def beside(enrolment: Enrolment) -> set[int]:
    """The ids of the people too near to assess: the learner, the manager, mentors then and now."""
    mentors = enrolment.mentorships.exclude(state=MentorshipState.PROPOSED)
    found = {enrolment.person_id, enrolment.manager_id, *mentors.values_list("mentor", flat=True)}
    return found - {None}


def possible_assessors(enrolment: Enrolment) -> QuerySet[Person]:
    """Who may assess this learner: those who assess practice, and are not beside them."""
    return assessors().exclude(pk__in=beside(enrolment)).order_by("name", "pk")
