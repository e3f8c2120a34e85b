"""Whose affair a board interview is, and what of it they may do."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from teams.models import BoardInterview, InterviewAssessor, Person
from teams.models.academy.interviews import InterviewState
from teams.permissions.academy import RUN, acts_in_academy


def visible_interviews(
    person: Person, acts: frozenset[str] | None = None
) -> QuerySet[BoardInterview]:
    """The learner's own, those one interviews in, and all for whoever runs the academy; neither
    the mentor's nor the manager's."""
    acts = acts_in_academy(person) if acts is None else acts
    if RUN in acts:
        return BoardInterview.objects.all()
    asked = InterviewAssessor.objects.filter(person=person).values("interview")
    return BoardInterview.objects.filter(Q(enrolment__person=person) | Q(pk__in=asked))


@dataclass(frozen=True)
class Part:
    """What a reader is to an interview; `seat` is their place among the three."""

    is_learner: bool
    runs: bool
    seat: InterviewAssessor | None

    def sees_all(self, row: BoardInterview) -> bool:
        """Everybody's ratings: assessors and the academy's lead once all are in, the learner
        once it is decided. Nobody reads those of an interview of their own before."""
        if self.is_learner:
            return row.state == InterviewState.DECIDED
        rated = row.state in (InterviewState.RATED, InterviewState.DECIDED)
        return rated and (self.seat is not None or self.runs)


def part_in(
    person: Person, row: BoardInterview, seats: list[InterviewAssessor], acts: frozenset[str]
) -> Part:
    is_learner = row.enrolment.person_id == person.pk
    seat = next((one for one in seats if one.person_id == person.pk), None)
    return Part(is_learner, RUN in acts and not is_learner, seat)
