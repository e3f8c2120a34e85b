"""Who assesses a work, what each says alone, and what it comes to once all have said it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress, rubrics
from teams.actions.academy.assignments import ask_to_rate, locked, needed
from teams.actions.academy.rubrics import Levels
from teams.calculations.academy.rubrics import Verdict, apart, verdict
from teams.models import Assignment, AssignmentAssessor, AssignmentRating, Person
from teams.models.academy.assignments import AssignmentState
from teams.models.academy.enrolments import ResultState
from teams.permissions.assignments import beside, possible_assessors


def _undecided(row: Assignment) -> Assignment:
    row = locked(row)
    if row.is_decided:
        raise Refused(_("It is decided already."))
    return row


@transaction.atomic
def name(row: Assignment, *, people: Iterable[Person], by: Person) -> None:
    """Ask people to assess; those who are named already stay.

    Raises Refused for the learner, the manager, a mentor, or somebody without the right to
    assess; for more than the element asks for; and by the learner, whoever they are.
    """
    row = _undecided(row)
    if by.pk == row.enrolment.person_id:
        raise Refused(_("Nobody names their own assessors."))
    named = set(row.assessors.values_list("person", flat=True))
    new = [person for person in people if person.pk not in named]
    able = set(possible_assessors(row.enrolment).values_list("pk", flat=True))
    for person in new:
        if person.pk not in able:
            raise Refused(
                _(
                    "%(person)s may not assess this learner: assessors have the right from the"
                    " academy, and are neither mentor nor manager."
                )
                % {"person": person}
            )
    if len(named) + len(new) > needed(row.element):
        raise Refused(_("%(count)d assess this work.") % {"count": needed(row.element)})
    AssignmentAssessor.objects.bulk_create(
        AssignmentAssessor(assignment=row, person=person, named_by=by, named_on=today())
        for person in new
    )
    if row.state == AssignmentState.HANDED_IN:
        ask_to_rate(row, new, row.versions.count())


@transaction.atomic
def unname(assessor: AssignmentAssessor) -> None:
    """Let somebody off who has not rated yet. Raises Refused after that."""
    row = _undecided(assessor.assignment)
    fresh = row.assessors.filter(pk=assessor.pk).first()
    if fresh is None:
        return
    if fresh.rated_at:
        raise Refused(_("%(person)s has rated already.") % {"person": fresh.person})
    fresh.delete()


@transaction.atomic
def rate(
    assessor: AssignmentAssessor,
    *,
    seen_version: int,
    levels: Levels | None = None,
    accepted: bool | None = None,
    remark: str = "",
) -> Assignment:
    """One assessor's word, for good: a level and a reason for each criterion of the rubric, or,
    where there is none, whether the work is accepted.

    Raises Stale when the work moved since it was read, Refused when it is not handed in, was
    rated by this person already, or the person has become mentor or manager of the learner.
    """
    row = _undecided(assessor.assignment)
    if row.version != seen_version:
        raise Stale(_("The work has moved on since you opened it. Please read it again."))
    if row.state != AssignmentState.HANDED_IN:
        raise Refused(_("It is not handed in."))
    fresh = row.assessors.select_related("person").filter(pk=assessor.pk).first()
    if fresh is None or fresh.person_id in beside(row.enrolment):
        raise Refused(_("You do not assess this work any more."))
    if fresh.rated_at:
        raise Refused(_("You have rated it already."))
    if row.element.rubric_id:
        rubrics.keep(AssignmentRating, row.element, levels or {}, assessor=fresh)
    elif accepted is None:
        raise Refused(_("Say whether you accept it."))
    fresh.rated_at, fresh.accepted, fresh.remark = timezone.now(), accepted, remark.strip()
    fresh.save(update_fields=["rated_at", "accepted", "remark"])
    return _decide(row)


def _decide(row: Assignment) -> Assignment:
    """Once all have rated it is passed, or not yet; the learner and the assessors are told."""
    named = list(row.assessors.select_related("person").prefetch_related("ratings"))
    if len(named) < needed(row.element) or any(one.rated_at is None for one in named):
        return row
    found = result(named, row.element.pass_level or 1)
    row.state = AssignmentState.PASSED if found.passed else AssignmentState.NOT_YET
    row.decided_on = today()
    row.save(update_fields=["state", "decided_on"])
    progress.report(
        row.enrolment,
        row.element,
        state=ResultState.DONE if found.passed else ResultState.FAILED,
        level=found.least,
        assessors=len(named),
        agreed=["assessor"] if found.passed else [],
    )
    tell(
        [row.enrolment.person],
        news=f"assignment:{row.pk}:decided",
        text=_("“%(title)s” is rated by all: %(result)s.")
        % {"title": row.element.title, "result": row.get_state_display()},
        link=row.get_absolute_url(),
        why=_("You are on a learning path."),
    )
    if found.apart:
        tell(
            [one.person for one in named],
            news=f"assignment:{row.pk}:apart",
            text=_("You rated “%(title)s” far apart: please talk about it.")
            % {"title": row.element.title},
            link=row.get_absolute_url(),
            why=_("You were named as an assessor."),
        )
    return row


def result(named: Iterable[AssignmentAssessor], pass_level: int) -> Verdict:
    """What the assessors' words come to; all have rated."""
    named = list(named)
    ratings = [{one.criterion_id: one.level for one in each.ratings.all()} for each in named]
    if any(ratings):
        return verdict(ratings, pass_level)
    return Verdict(all(one.accepted for one in named), None, apart([]))
