"""Cohorts: opening one, filling its places, starting it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import earlier, enrolments
from teams.models import Cohort, Enrolment, Person
from teams.models.academy.enrolments import HELD, EnrolmentState

FACTS = ("starts_on", "ends_on", "places")


def locked(cohort: Cohort) -> Cohort:
    """The cohort's fresh row, held: whoever fills places waits for the others."""
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("path").get(pk=cohort.pk)


def taken(cohort: Cohort) -> int:
    """Places that somebody holds; who withdrew has given theirs back."""
    return cohort.enrolments.filter(state__in=HELD).count()


def has_started(cohort: Cohort) -> bool:
    return cohort.starts_on <= today()


@transaction.atomic
def open_cohort(*, facts: Mapping[str, Any]) -> Cohort:
    """A new cohort of a path, with nobody in it; refused when its code is taken."""
    try:
        with transaction.atomic():
            return Cohort.objects.create(**facts)
    except IntegrityError as error:
        if "cohort_code" not in str(error):
            raise
        raise Refused(_("Another cohort has this code.")) from error


@transaction.atomic
def edit(cohort: Cohort, *, seen_version: int, **facts: Any) -> Cohort:
    """Other dates or places; the first day stands once it has come, and nobody loses a place."""
    cohort = locked(cohort)
    if cohort.version != seen_version:
        raise Stale(_("Somebody changed the cohort while you were looking at it."))
    if has_started(cohort) and facts["starts_on"] != cohort.starts_on:
        raise Refused(_("The cohort has started: its first day stands."))
    held = taken(cohort)
    if facts["places"] < held:
        raise Refused(_("%(held)s places are taken: it cannot have fewer.") % {"held": held})
    for name in FACTS:
        setattr(cohort, name, facts[name])
    cohort.version += 1
    cohort.save(update_fields=[*FACTS, "version"])
    return cohort


@transaction.atomic
def enrol(
    cohort: Cohort, people: Iterable[tuple[Person, Person | None]], *, by: Person
) -> list[Enrolment]:
    """Give these people (each with their manager, or None) a place, all of them or nobody.

    Who waits for the path keeps their enrolment and its manager, unless another is named. In a
    cohort that has started they are on the path at once.
    """
    cohort, people = locked(cohort), list(people)
    free = cohort.places - taken(cohort)
    if len(people) > free:
        raise Refused(
            _("%(asked)s people for %(free)s free places: give the cohort more places first.")
            % {"asked": len(people), "free": free}
        )
    waiting = {
        row.person_id: row
        for row in Enrolment.objects.select_for_update(no_key=True).filter(
            path__code=cohort.path.code,
            cohort=None,
            state=EnrolmentState.WAITING,
            person__in=[person for person, _manager in people],
        )
    }
    rows = []
    for person, manager in people:
        row = waiting.get(person.pk)
        if row is None:
            row = enrolments.enter(person=person, path=cohort.path, manager=manager)
        elif manager is not None and manager.pk != row.manager_id:
            row = enrolments.set_manager(row, manager=manager, by=by, seen_version=row.version)
        rows.append(place(row, cohort))
    return rows


def place(row: Enrolment, cohort: Cohort) -> Enrolment:
    """Give a waiting enrolment a place; the caller holds the cohort and has counted.

    Who waited for an earlier version of the path walks the cohort's.
    """
    row.cohort, row.path = cohort, cohort.path
    if has_started(cohort):
        _begin(row, cohort)
    enrolments.saved(row, "cohort", "path", "state", "started_on")
    if row.state == EnrolmentState.ACTIVE:
        earlier.count(row)
    tell(
        [row.person],
        news=f"cohort:{cohort.pk}:place:{row.pk}",
        text=_("You have a place in cohort %(cohort)s, which starts on %(day)s.")
        % {"cohort": cohort.code, "day": cohort.starts_on},
        link=reverse("teams:academy"),
        why=_("You waited for this path, or were enrolled on it."),
        needs_action=True,
    )
    return row


def _begin(row: Enrolment, cohort: Cohort) -> None:
    row.state, row.started_on = EnrolmentState.ACTIVE, cohort.starts_on


@transaction.atomic
def start(cohort: Cohort, *, by: Person | None = None) -> int:
    """Put everybody who holds a place on the path; how many. Refused before the first day."""
    cohort = locked(cohort)
    if not has_started(cohort):
        raise Refused(_("The cohort starts on %(day)s.") % {"day": cohort.starts_on.isoformat()})
    rows = Enrolment.objects.select_for_update(no_key=True).filter(
        cohort=cohort, state=EnrolmentState.WAITING
    )
    rows = list(rows.select_related("person"))
    for row in rows:
        _begin(row, cohort)
        enrolments.saved(row, "state", "started_on")
        earlier.count(row)
    tell(
        [row.person for row in rows],
        news=f"cohort:{cohort.pk}:started",
        text=_("Cohort %(cohort)s has started: your first week begins.") % {"cohort": cohort.code},
        link=reverse("teams:academy"),
        why=_("You have a place in it."),
    )
    if rows:
        ledger.record(
            kind="cohort started",
            subject=f"cohort:{cohort.code}",
            body={"path": cohort.path.code, "people": len(rows)},
            by=by,
        )
    return len(rows)


def start_due(day: date | None = None) -> int:
    """Start the cohorts whose first day has come; how many people that put on a path."""
    due = Cohort.objects.filter(
        starts_on__lte=day or today(), enrolments__state=EnrolmentState.WAITING
    )
    return sum(start(cohort) for cohort in due.distinct())
