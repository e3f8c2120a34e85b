"""A learner's work: begun, written, handed in, perhaps taken back, and begun again."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel import attachments
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.models import (
    Assignment,
    AssignmentPiece,
    AssignmentVersion,
    Enrolment,
    PathElement,
    Person,
)
from teams.models.academy.assignments import UNDECIDED, AssignmentState
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind
from teams.models.academy.rotations import is_rotation
from teams.permissions.academy import runners


@transaction.atomic
def start(
    enrolment: Enrolment, element: PathElement, *, brief: str, due_on: date, by: Person
) -> Assignment:
    """Begin the work on an element: the first try, or the next after a "not yet".

    Raises Refused for somebody who is not on the path now, for an element that is no
    assignment of it (or is a rotation), while a try is open, and after one that passed.
    """
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    check_on_path(enrolment, element, ElementKind.ASSIGNMENT)
    if is_rotation(element):
        raise Refused(_("This is a rotation: plan it with a host."))
    before = list(Assignment.objects.filter(enrolment=enrolment, element=element))
    if any(row.state in UNDECIDED for row in before):
        raise Refused(_("This work has begun already."))
    if any(row.state == AssignmentState.PASSED for row in before):
        raise Refused(_("This work is passed already."))
    row = Assignment.objects.create(
        enrolment=enrolment,
        element=element,
        number=len(before) + 1,
        brief=brief.strip(),
        started_on=today(),
        due_on=due_on,
    )
    progress.report(enrolment, element, state=ResultState.STARTED)
    if by.pk != enrolment.person_id:
        tell(
            [enrolment.person],
            news=f"assignment:{row.pk}",
            text=_("An assignment was begun for you: %(title)s.") % {"title": element.title},
            link=row.get_absolute_url(),
            why=_("You are on a learning path."),
        )
    return row


def check_on_path(enrolment: Enrolment, element: PathElement, kind: ElementKind) -> None:
    """Refuse what is not asked of this learner now."""
    if enrolment.state != EnrolmentState.ACTIVE:
        raise Refused(_("This is possible while somebody is on the path."))
    if element.kind != kind or element.stage.path_id != enrolment.path_id:
        raise Refused(_("The path of this learner does not ask for it."))


def locked(row: Assignment) -> Assignment:
    """The work's fresh row, held."""
    return (
        Assignment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enrolment__person", "element__stage", "element__rubric")
        .get(pk=row.pk)
    )


def _to_write(row: Assignment, seen_version: int | None = None) -> Assignment:
    row = locked(row)
    if seen_version is not None and row.version != seen_version:
        raise Stale(_("The work has moved on meanwhile."))
    if not row.is_open:
        raise Refused(_("It is handed in; take it back to change it."))
    return row


@transaction.atomic
def write(row: Assignment, *, text: str, seen_version: int) -> Assignment:
    """Keep what the learner has written so far. Raises Refused once it is handed in."""
    row = _to_write(row, seen_version)
    row.text = text
    return _moved(row)


def _moved(row: Assignment) -> Assignment:
    row.version += 1
    row.save(update_fields=["text", "state", "version"])
    return row


@transaction.atomic
def add_piece(row: Assignment, *, title: str, link: str = "", file=None) -> AssignmentPiece:
    """Add a file or a link. Raises Refused for both or neither, or an empty file."""
    row = _to_write(row)
    piece = AssignmentPiece.objects.create(
        assignment=row, title=title, **attachments.facts(link=link, file=file)
    )
    _moved(row)
    return piece


@transaction.atomic
def remove_piece(piece: AssignmentPiece) -> None:
    """Take a piece out of the next version; versions that were handed in keep it."""
    row = _to_write(piece.assignment)
    AssignmentPiece.objects.filter(pk=piece.pk).update(is_removed=True)
    _moved(row)


@transaction.atomic
def hand_in(row: Assignment, *, seen_version: int, text: str | None = None) -> AssignmentVersion:
    """Keep the work as a version, and ask its assessors, or the academy to name them.

    text    what is written now, where it was not saved before

    Raises Stale when it moved meanwhile, Refused when nothing is in it.
    """
    row = _to_write(row, seen_version)
    row.text = row.text if text is None else text
    pieces = list(row.pieces.filter(is_removed=False))
    if not row.text.strip() and not pieces:
        raise Refused(_("Nothing is in it yet: write something, or add a file or a link."))
    version = AssignmentVersion.objects.create(
        assignment=row,
        number=row.versions.count() + 1,
        text=row.text,
        sha256=digest_of(row.text, pieces),
    )
    version.pieces.set(pieces)
    row.state = AssignmentState.HANDED_IN
    _moved(row)
    progress.report(row.enrolment, row.element, state=ResultState.SUBMITTED)
    named = [one.person for one in row.assessors.select_related("person")]
    ask_to_rate(row, named, version.number)
    if len(named) < needed(row.element):
        tell(
            runners(),
            news=f"assignment:{row.pk}:{version.number}:unassessed",
            text=_("%(who)s has handed in “%(title)s”; assessors have to be named.")
            % {"who": row.enrolment.person, "title": row.element.title},
            link=row.get_absolute_url(),
            why=_("You run the academy."),
        )
    return version


def digest_of(text: str, pieces: Iterable[AssignmentPiece]) -> str:
    """SHA-256 over the text and the titles and hashes of the pieces."""
    said = "\n".join([text, *(f"{piece.title}\t{piece.sha256}" for piece in pieces)])
    return hashlib.sha256(said.encode()).hexdigest()


def needed(element: PathElement) -> int:
    """How many assess a work of the element."""
    return max(element.assessors, 1)


def ask_to_rate(row: Assignment, people: list[Person], number: int) -> None:
    """Tell assessors that a version waits for them; the notice says nothing of what is in it."""
    tell(
        people,
        news=f"assignment:{row.pk}:{number}:rate",
        text=_("Please rate “%(title)s” of %(who)s, alone.")
        % {"who": row.enrolment.person, "title": row.element.title},
        link=row.get_absolute_url(),
        why=_("You were named as an assessor."),
        needs_action=True,
    )


@transaction.atomic
def take_back(row: Assignment, *, seen_version: int) -> Assignment:
    """Open a work again that was handed in; what was handed in stays a version.

    Raises Refused once an assessor has rated it.
    """
    row = locked(row)
    if row.version != seen_version:
        raise Stale(_("The work has moved on meanwhile."))
    if row.state != AssignmentState.HANDED_IN:
        raise Refused(_("Only what is handed in can be taken back."))
    if row.assessors.filter(rated_at__isnull=False).exists():
        raise Refused(_("An assessor has rated it already."))
    row.state = AssignmentState.OPEN
    progress.take_back(row.enrolment, row.element)
    return _moved(row)
