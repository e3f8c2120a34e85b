"""Mentors and learners find each other, begin and part; nobody has more than three."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.calculations.academy.mentoring import LIMIT
from teams.models import Enrolment, MentorOffer, Mentorship, MentorWish, Person
from teams.models.academy.mentoring import MentorshipState

PROPOSED, ACTIVE, ENDED = MentorshipState.PROPOSED, MentorshipState.ACTIVE, MentorshipState.ENDED


def locked(row: Mentorship, *, seen_version: int | None = None) -> Mentorship:
    """The pair's fresh row, held; Stale when it has moved on."""
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("mentor", "enrolment__person").get(pk=row.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("The pair changed while you were looking at it."))
    return found


def locked_active(row: Mentorship, *, seen_version: int | None = None) -> Mentorship:
    found = locked(row, seen_version=seen_version)
    if found.state != ACTIVE:
        raise Refused(_("This pair is not active."))
    return found


def saved(row: Mentorship, *fields: str) -> Mentorship:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


@transaction.atomic
def offer(*, person: Person, is_open: bool, competencies: Iterable[str], about: str) -> MentorOffer:
    """Say that one would be a mentor, or would not any longer; pairs that exist go on."""
    facts = {"is_open": is_open, "competencies": list(competencies), "about": about.strip()}
    row, _made = MentorOffer.objects.update_or_create(
        person=person, defaults=facts, create_defaults={**facts, "since": today()}
    )
    return row


@transaction.atomic
def wish(enrolment: Enrolment, *, competencies: Iterable[str], text: str) -> MentorWish:
    facts = {"competencies": list(competencies), "text": text.strip()}
    row, _made = MentorWish.objects.update_or_create(enrolment=enrolment, defaults=facts)
    return row


@transaction.atomic
def propose(
    enrolment: Enrolment, *, mentor: Person, by: Person, runs: bool, reason: str = ""
) -> Mentorship:
    """Ask somebody to be the learner's mentor; they are told, and it takes one of their places.

    A fourth learner is refused, unless who runs the academy says why. Refused also for the
    learner's manager, for whoever did not offer, and while there is a mentor.
    """
    mentor = Person.objects.select_for_update(no_key=True).get(pk=mentor.pk)
    learners = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    enrolment = learners.select_related("person").get(pk=enrolment.pk)
    if not enrolment.is_open:
        raise Refused(_("This learner is on the path no longer."))
    if mentor.pk in (enrolment.person_id, enrolment.manager_id):
        raise Refused(_("A mentor is neither the learner nor the learner's manager."))
    if not mentor.is_active or not MentorOffer.objects.filter(person=mentor, is_open=True).exists():
        raise Refused(_("%(name)s does not offer to be a mentor.") % {"name": mentor.name})
    if enrolment.mentorships.standing().exists():
        raise Refused(_("There is a mentor, or one was asked, already."))
    reason = reason.strip() if runs else ""
    load = Mentorship.objects.standing().filter(mentor=mentor).count()
    if load >= LIMIT and not reason:
        raise Refused(
            _("%(name)s has %(limit)s learners, the most there are.")
            % {"name": mentor.name, "limit": LIMIT}
        )
    row = Mentorship.objects.create(
        enrolment=enrolment,
        mentor=mentor,
        state=PROPOSED,
        proposed_by=by,
        exceeds=reason if load >= LIMIT else "",
        started_on=today(),
    )
    if row.exceeds:
        body = {"mentor": mentor.pk, "learner": enrolment.person_id, "learners": load + 1}
        ledger.record(
            kind="mentor above the limit",
            subject=f"mentorship:{row.pk}",
            body={**body, "reason": row.exceeds},
            by=by,
        )
    tell(
        [mentor],
        news=f"mentorship:{row.pk}:asked",
        text=_("%(name)s would like you to be their mentor.") % {"name": enrolment.person.name},
        link=row.get_absolute_url(),
        why=_("You offered to be a mentor."),
        needs_action=True,
    )
    return row


@transaction.atomic
def accept(row: Mentorship, *, by: Person, seen_version: int) -> Mentorship:
    """The mentor says yes; the pair begins today."""
    row = _asked(row, by, seen_version)
    row.state, row.started_on = ACTIVE, today()
    _tell_learner(row, "accepted", _("%(name)s is your mentor now."))
    return saved(row, "state", "started_on")


@transaction.atomic
def decline(row: Mentorship, *, by: Person, seen_version: int) -> Mentorship:
    """The mentor cannot; the place is free again and the learner may ask somebody else."""
    row = _asked(row, by, seen_version)
    row.state, row.ended_on, row.ended_by = ENDED, today(), by
    _tell_learner(row, "declined", _("%(name)s cannot be your mentor now; choose somebody else."))
    return saved(row, "state", "ended_on", "ended_by")


def _asked(row: Mentorship, by: Person, seen_version: int) -> Mentorship:
    row = locked(row, seen_version=seen_version)
    if row.state != PROPOSED or row.mentor_id != by.pk:
        raise Refused(_("Nothing is asked here any more."))
    return row


def _tell_learner(row: Mentorship, what: str, text: str) -> None:
    tell(
        [row.enrolment.person],
        news=f"mentorship:{row.pk}:{what}",
        text=text % {"name": row.mentor.name},
        link=row.get_absolute_url(),
        why=_("You asked for a mentor."),
    )


@transaction.atomic
def end(row: Mentorship, *, by: Person, farewell: str = "", seen_version: int) -> Mentorship:
    """Part without a reason, or with a word to whoever runs the academy; the other is told."""
    row = locked(row, seen_version=seen_version)
    if row.state == ENDED:
        raise Refused(_("This pair has ended already."))
    row.state, row.ended_on, row.ended_by = ENDED, today(), by
    row.farewell = farewell.strip()
    others = [one for one in (row.mentor, row.enrolment.person) if one.pk != by.pk]
    tell(
        others,
        news=f"mentorship:{row.pk}:ended",
        text=_("Mentoring of %(learner)s by %(mentor)s has ended.")
        % {"learner": row.enrolment.person.name, "mentor": row.mentor.name},
        link=row.get_absolute_url(),
        why=_("You were one of the pair."),
    )
    return saved(row, "state", "ended_on", "ended_by", "farewell")
