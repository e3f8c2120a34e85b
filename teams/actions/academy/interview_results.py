"""What comes of a board interview: blind ratings, the joint result, three signatures."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import certificates, enrolments, progress, rubrics
from teams.actions.academy.interviews import locked, people_of, saved
from teams.actions.academy.rubrics import Levels
from teams.calculations.academy.certification import below
from teams.models import (
    BoardInterview,
    Certificate,
    InterviewAssessor,
    InterviewRating,
    Person,
    RubricCriterion,
)
from teams.models.academy.certificates import Basis
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.interviews import InterviewResult, InterviewState
from teams.models.academy.mentoring import MentorshipState
from teams.queries.academy.readiness import readiness


def criteria_of(row: BoardInterview) -> list[RubricCriterion]:
    """The criteria of the interview's rubric, each with its competency."""
    rubric = row.element.rubric_id
    return list(RubricCriterion.objects.filter(rubric=rubric).select_related("competency"))


def asked(criteria: list[RubricCriterion]) -> dict[str, int]:
    """The level that each criterion asks for at certification: its competency's."""
    return {one.code: one.competency.certify_at for one in criteria}


def _seat_of(row: BoardInterview, person: Person) -> InterviewAssessor:
    seat = row.assessors.filter(person=person).first()
    if seat is None:
        raise Refused(_("You do not interview here."))
    return seat


@transaction.atomic
def rate(
    row: BoardInterview,
    *,
    by: Person,
    levels: Levels,
) -> BoardInterview:
    """One assessor's levels and reasons, alone and for good. The last one opens all of them.

    Raises Refused before the day, a second time, with a criterion left out, and while
    anything but the interview itself is missing from the learner's path.
    """
    row = locked(row)
    seat = _seat_of(row, by)
    if row.state != InterviewState.PLANNED:
        raise Refused(_("There is nothing to rate."))
    if row.planned_on > today():
        raise Refused(_("The interview has not been held yet."))
    if seat.rated_at is not None:
        raise Refused(_("You have rated already."))
    if lacks := readiness(row.enrolment).lacks:
        raise Refused(_("Missing before the board: %(what)s.") % {"what": "; ".join(lacks)})
    rubrics.keep(InterviewRating, row.element, levels, assessor=seat)
    seat.rated_at = timezone.now()
    seat.save(update_fields=["rated_at"])
    if not row.assessors.filter(rated_at=None).exists():
        row.state = InterviewState.RATED
        tell(
            people_of(row),
            news=f"interview:{row.pk}:rated",
            text=_("All have rated %(person)s: talk, then the chair puts the result.")
            % {"person": row.enrolment.person},
            link=row.get_absolute_url(),
            why=_("You interview."),
            needs_action=True,
        )
    return saved(row, "state")


@transaction.atomic
def propose(
    row: BoardInterview,
    *,
    by: Person,
    result: InterviewResult,
    levels: Mapping[str, int],
    words: str,
    again_on: date | None,
    seen_version: int,
) -> BoardInterview:
    """The chair puts the joint levels and result, and signs; earlier signatures lapse.

    Raises Refused before all have rated, for another than the chair, for a pass with a level
    below what is asked, and for "not yet" without a day on which the board meets again.
    """
    row = locked(row, seen_version=seen_version)
    if row.state != InterviewState.RATED:
        raise Refused(_("The result is put once all have rated, and before all have signed."))
    if not _seat_of(row, by).is_chair:
        raise Refused(_("The chair puts the result."))
    least = asked(criteria_of(row))
    if set(levels) != set(least) or not all(1 <= level <= 5 for level in levels.values()):
        raise Refused(_("Every criterion needs a joint level from 1 to 5."))
    short = below(levels, least)
    if result == InterviewResult.PASSED and short:
        raise Refused(_("Below what is asked: %(codes)s.") % {"codes": ", ".join(short)})
    if not words.strip():
        raise Refused(_("Say why; for “not yet”, what is missing and how it can be shown."))
    if result == InterviewResult.NOT_YET and (again_on is None or again_on <= today()):
        raise Refused(_("Say on which day to come the board meets again."))
    row.result, row.levels, row.words = result, dict(levels), words.strip()
    row.again_on = again_on if result == InterviewResult.NOT_YET else None
    row.assessors.update(signed_at=None)
    saved(row, "result", "levels", "words", "again_on")
    row = _signed(row, by)
    tell(
        [person for person in people_of(row) if person != by],
        news=f"interview:{row.pk}:sign:{row.version}",
        text=_("Sign the result of the interview of %(person)s: %(result)s")
        % {"person": row.enrolment.person, "result": row.get_result_display()},
        link=row.get_absolute_url(),
        why=_("You interview."),
        needs_action=True,
    )
    return row


@transaction.atomic
def sign(row: BoardInterview, *, by: Person, seen_version: int) -> BoardInterview:
    """Stand by the result as it is put; the third signature carries it out."""
    row = locked(row, seen_version=seen_version)
    if row.state != InterviewState.RATED or not row.result:
        raise Refused(_("There is no result to sign."))
    if _seat_of(row, by).signed_at is not None:
        raise Refused(_("You have signed already."))
    return _signed(row, by)


def _signed(row: BoardInterview, by: Person) -> BoardInterview:
    row.assessors.filter(person=by).update(signed_at=timezone.now())
    if row.assessors.filter(signed_at=None).exists():
        return saved(row)
    return _carried_out(row, by)


def _carried_out(row: BoardInterview, by: Person) -> BoardInterview:
    """The result in the ledger, on the path, and, passed, as a certificate; the learner is told."""
    row.state, row.decided_at = InterviewState.DECIDED, timezone.now()
    saved(row, "state", "decided_at")
    passed = row.result == InterviewResult.PASSED
    learner = row.enrolment.person
    ledger.record(
        kind="board interview",
        subject=f"interview:{row.pk}",
        body={
            "person": learner.pk,
            "path": row.enrolment.path.code,
            "result": row.result,
            "signed": sorted(row.assessors.values_list("person", flat=True)),
        },
        by=by,
    )
    progress.report(
        row.enrolment,
        row.element,
        state=ResultState.DONE if passed else ResultState.FAILED,
        level=min(row.levels.values()),
        assessors=row.assessors.count(),
        agreed=["board"] if passed else [],
    )
    link, text = row.get_absolute_url(), _("Board interview: not yet. It meets you on %(day)s.")
    if passed:
        link, text = _certify(row, by).get_absolute_url(), _("You are certified.")
    tell(
        [learner],
        news=f"interview:{row.pk}:decided",
        text=text % {"day": row.again_on},
        link=link,
        why=_("You are on a learning path."),
        needs_action=True,
    )
    return row


def _certify(row: BoardInterview, by: Person) -> Certificate:
    """The path is walked: the certificate, and the mentor is free again."""
    enrolment = enrolments.locked(row.enrolment)
    enrolment.state, enrolment.ended_on = EnrolmentState.CERTIFIED, today()
    enrolments.saved(enrolment, "state", "ended_on")
    enrolment.mentorships.standing().update(state=MentorshipState.ENDED, ended_on=today())
    return certificates.issue(
        enrolment.person, enrolment.path, basis=Basis.INTERVIEW, by=by, interview=row
    )
