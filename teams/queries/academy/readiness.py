"""Who may be interviewed, and by whom: what is missing before the board, and assessors' lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from teams.models import Enrolment, PathElement, Person, Seat
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import assessors
from teams.queries.academy import standing
from teams.subjects import subjects


@dataclass(frozen=True)
class Readiness:
    """What an enrolment lacks, in sentences.

    board   the path's board interview; None where the path has none
    before  exits of the stages before it that do not hold: no interview is planned
    beside  the rest of its own stage's exit: nobody rates
    """

    board: PathElement | None
    before: list[str]
    beside: list[str]

    @property
    def lacks(self) -> list[str]:
        return [*self.before, *self.beside]

    @property
    def is_ready(self) -> bool:
        return self.board is not None and not self.lacks


def readiness(enrolment: Enrolment) -> Readiness:
    """How far the learner is from the board; two queries."""
    way = standing.way(enrolment.path, enrolment)
    board = next(
        (step.element for step in way.steps if step.element.kind == ElementKind.BOARD), None
    )
    if board is None:
        return Readiness(None, [], [])
    before, beside = [], []
    for leg in way.legs:
        into = beside if leg.stage.pk == board.stage_id else before
        holds = zip(leg.exit_rules, leg.conditions, strict=True)
        into += [said for rule, (said, ok) in holds if not ok and rule.get("element") != board.code]
    return Readiness(board, before, beside)


def possible(enrolment: Enrolment) -> QuerySet[Person]:
    """Assessors who are neither the learner, nor the manager, nor ever were the mentor."""
    apart = {enrolment.person_id, enrolment.manager_id}
    apart |= set(enrolment.mentorships.values_list("mentor", flat=True))
    return assessors().exclude(pk__in=apart - {None})


def lines_of(people: Iterable[Person]) -> dict[int, set[str]]:
    """The product lines in whose teams each person sits today; two queries."""
    seats = Seat.objects.current().filter(person__in=[one.pk for one in people])
    held = list(seats.values_list("person", "team"))
    groups = {pk: one.group for pk, one in subjects().of({team for _p, team in held}).items()}
    found: dict[int, set[str]] = {}
    for person, team in held:
        if team in groups:
            found.setdefault(person, set()).add(groups[team])
    return found


def is_of_another_line(assessor: Person, learner: Person, lines: dict[int, set[str]]) -> bool:
    """Sits in teams of other product lines only; where one of the two sits in none, is of
    another function."""
    own, others = lines.get(learner.pk, set()), lines.get(assessor.pk, set())
    if own and others:
        return own.isdisjoint(others)
    return assessor.function_id != learner.function_id
