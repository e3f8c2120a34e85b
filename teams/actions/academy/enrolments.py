"""Getting onto a path and off it, and who manages somebody on it."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.models import Enrolment, LearningPath, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.mentoring import MentorshipState


def locked(enrolment: Enrolment, *, seen_version: int | None = None) -> Enrolment:
    """The enrolment's fresh row, held; Stale when it has moved on."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("person", "path", "cohort", "manager").get(pk=enrolment.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("Somebody changed this enrolment while you were looking at it."))
    return found


def saved(enrolment: Enrolment, *fields: str) -> Enrolment:
    enrolment.version += 1
    enrolment.save(update_fields=[*fields, "version"])
    return enrolment


@transaction.atomic
def join(path: LearningPath, person: Person, *, manager: Person | None = None) -> Enrolment:
    """Put a person on the waiting list of a path; refused while they are on it already."""
    if not path.is_current:
        raise Refused(_("This version of the path takes nobody any more."))
    return enter(path, person, manager=manager)


def enter(path: LearningPath, person: Person, *, manager: Person | None) -> Enrolment:
    """One more open enrolment; the database refuses a second one of the same person and path."""
    if manager is not None and manager.pk == person.pk:
        raise Refused(_("Nobody manages themselves on a path: name somebody else."))
    try:
        with transaction.atomic():
            row = Enrolment.objects.create(
                person=person, path=path, manager=manager, enrolled_on=today()
            )
    except IntegrityError as error:
        if "one_open_enrolment_per_person_and_path" not in str(error):
            raise
        raise Refused(
            _("%(name)s is on this path, or waits for it, already.") % {"name": person.name}
        ) from error
    if manager is not None:
        tell_manager(row)
    return row


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Person, seen_version: int) -> Enrolment:
    """Leave the path or its waiting list; what was done is kept, the mentor is free again."""
    enrolment = locked(enrolment, seen_version=seen_version)
    if not enrolment.is_open:
        raise Refused(_("This enrolment has ended."))
    enrolment.mentorships.standing().update(state=MentorshipState.ENDED, ended_on=today())
    enrolment.state, enrolment.ended_on = EnrolmentState.WITHDRAWN, today()
    tell(
        [one for one in (enrolment.person, enrolment.manager) if one and one.pk != by.pk],
        news=f"enrolment:{enrolment.pk}:withdrawn",
        text=_("%(name)s has left the path %(path)s.")
        % {"name": enrolment.person.name, "path": enrolment.path.title},
        link=enrolment.get_absolute_url(),
        why=_("You are on the path, or manage somebody who was."),
    )
    return saved(enrolment, "state", "ended_on")


@transaction.atomic
def set_manager(
    enrolment: Enrolment, *, manager: Person | None, by: Person, seen_version: int
) -> Enrolment:
    """Name who agrees to the development plan; the one before sees nothing any more."""
    enrolment = locked(enrolment, seen_version=seen_version)
    if not enrolment.is_open:
        raise Refused(_("This enrolment has ended."))
    if manager is not None and manager.pk == enrolment.person_id:
        raise Refused(_("Nobody manages themselves on a path: name somebody else."))
    enrolment.manager = manager
    saved(enrolment, "manager")
    if manager is not None:
        tell_manager(enrolment)
    return enrolment


def tell_manager(enrolment: Enrolment) -> None:
    tell(
        [enrolment.manager],
        news=f"enrolment:{enrolment.pk}:manager:{enrolment.manager_id}",
        text=_("You are named as the manager of %(name)s on the path %(path)s.")
        % {"name": enrolment.person.name, "path": enrolment.path.title},
        link=enrolment.get_absolute_url(),
        why=_("You agree to the development plan, and see what is done."),
    )
