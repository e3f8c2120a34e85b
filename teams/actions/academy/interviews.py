"""Board interviews: planned with three assessors, one of another line; moved, called off."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import enrolments
from teams.models import BoardInterview, Enrolment, InterviewAssessor, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.interviews import ASSESSORS, InterviewState
from teams.queries.academy.readiness import is_of_another_line, lines_of, possible, readiness


def locked(row: BoardInterview, *, seen_version: int | None = None) -> BoardInterview:
    """The interview's fresh row, held; Stale when it has moved on."""
    rows = BoardInterview.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related(
        "enrolment__person", "enrolment__path", "element__rubric", "element__stage"
    ).get(pk=row.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("The interview has moved on since you opened it. Please look again."))
    return found


def saved(row: BoardInterview, *fields: str) -> BoardInterview:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


@transaction.atomic
def plan(
    enrolment: Enrolment,
    *,
    planned_on: date,
    place: str,
    chair: Person,
    others: Sequence[Person],
    by: Person,
) -> BoardInterview:
    """Ask three assessors to a day, and tell them and the learner.

    Raises Refused while an exit of the stages before is missing, for somebody who is not on
    the path or has an interview open, for a day that has passed, for other than three who may
    assess this learner, and when none of them is of another line.
    """
    enrolment = enrolments.locked(enrolment)
    if enrolment.state != EnrolmentState.ACTIVE:
        raise Refused(_("%(name)s is not on the path.") % {"name": enrolment.person})
    found = readiness(enrolment)
    if found.board is None:
        raise Refused(_("This path ends without a board interview."))
    if found.before:
        raise Refused(
            _("Not ready for the board. Missing: %(what)s.") % {"what": "; ".join(found.before)}
        )
    if planned_on < today():
        raise Refused(_("The day has passed already."))
    row = _made(enrolment, found.board, planned_on, place, by)
    _seat(row, enrolment, chair, others)
    _invite(row)
    return row


def _made(enrolment, board, planned_on, place, by) -> BoardInterview:
    try:
        with transaction.atomic():
            return BoardInterview.objects.create(
                enrolment=enrolment,
                element=board,
                planned_on=planned_on,
                place=place.strip(),
                planned_by=by,
            )
    except IntegrityError as error:
        if "one_open_interview_per_learner" not in str(error):
            raise
        raise Refused(_("An interview is planned already.")) from error


def _seat(row: BoardInterview, enrolment: Enrolment, chair: Person, others) -> None:
    people = list(dict.fromkeys([chair, *others]))
    if len(people) != ASSESSORS:
        raise Refused(_("Three different people interview."))
    able = set(possible(enrolment).values_list("pk", flat=True))
    for person in people:
        if person.pk not in able:
            raise Refused(
                _(
                    "%(person)s may not interview: assessors have the academy's right, and are"
                    " neither mentor nor manager of the learner."
                )
                % {"person": person}
            )
    lines = lines_of([enrolment.person, *people])
    apart = {one.pk: is_of_another_line(one, enrolment.person, lines) for one in people}
    if not any(apart.values()):
        raise Refused(_("One of the three has to be of another line than the learner."))
    InterviewAssessor.objects.bulk_create(
        InterviewAssessor(
            interview=row,
            person=person,
            is_chair=person == chair,
            is_of_another_line=apart[person.pk],
        )
        for person in people
    )


def people_of(row: BoardInterview) -> list[Person]:
    """The three who interview."""
    return [one.person for one in row.assessors.select_related("person")]


def _invite(row: BoardInterview) -> None:
    learner = row.enrolment.person
    told = {"day": row.planned_on, "place": row.place, "person": learner}
    news, link = f"interview:{row.pk}:{row.version}", row.get_absolute_url()
    tell(
        [learner],
        news=news,
        text=_("Your board interview: %(day)s, %(place)s") % told,
        link=link,
        why=_("You are on a learning path."),
        needs_action=True,
    )
    tell(
        people_of(row),
        news=news,
        text=_("Board interview of %(person)s: %(day)s, %(place)s") % told,
        link=link,
        why=_("You were asked to interview."),
        needs_action=True,
    )


@transaction.atomic
def move(
    row: BoardInterview, *, planned_on: date, place: str, by: Person, seen_version: int
) -> BoardInterview:
    """Another day or place; refused once somebody has rated."""
    row = locked(row, seen_version=seen_version)
    if row.state != InterviewState.PLANNED or row.assessors.exclude(rated_at=None).exists():
        raise Refused(_("It has been held already."))
    if planned_on < today():
        raise Refused(_("The day has passed already."))
    row.planned_on, row.place = planned_on, place.strip()
    saved(row, "planned_on", "place")
    _invite(row)
    return row


@transaction.atomic
def call_off(row: BoardInterview, *, reason: str, by: Person, seen_version: int) -> BoardInterview:
    """No interview, at least not this one; what was rated in it is kept and counts nowhere."""
    row = locked(row, seen_version=seen_version)
    if not row.is_open:
        raise Refused(_("It is over."))
    row.state = InterviewState.CANCELLED
    saved(row, "state")
    tell(
        [row.enrolment.person, *people_of(row)],
        news=f"interview:{row.pk}:off",
        text=_("The board interview of %(day)s is called off: %(reason)s")
        % {"day": row.planned_on, "reason": reason.strip()},
        link=row.get_absolute_url(),
        why=_("You were asked to it."),
    )
    return row
