"""A review by colleagues: named by the learner, agreed by the mentor, asked, closed, told of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.calculations.academy.peer_reviews import LEAST_OF_ALL, MANAGERS, OTHERS, PEERS
from teams.models import (
    Content,
    Enrolment,
    Mentorship,
    PathElement,
    PeerAnswer,
    PeerRater,
    PeerReview,
    Person,
)
from teams.models.academy.contents import ContentKind
from teams.models.academy.enrolments import ResultState
from teams.models.academy.peer_reviews import PeerReviewState, RaterGroup
from teams.permissions.academy import runners

NAMING, AGREED, CLOSED, TOLD = PeerReviewState
DAYS = 14  # colleagues have to answer


def locked(row: PeerReview, *, seen_version: int | None = None) -> PeerReview:
    """The review's fresh row, held; Stale when it has moved on."""
    rows = PeerReview.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("enrolment__person", "element", "content").get(pk=row.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("The review changed while you were looking at it."))
    return found


def saved(row: PeerReview, *fields: str) -> PeerReview:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    return row


@transaction.atomic
def begin(enrolment: Enrolment, element: PathElement) -> PeerReview:
    """The learner's review of this element, with today's form; the same one when begun again."""
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    content = Content.objects.filter(kind=ContentKind.PEER_REVIEW, is_current=True).first()
    if content is None:
        raise Refused(_("The academy has no form for reviews by colleagues yet."))
    row, _made = PeerReview.objects.get_or_create(
        enrolment=enrolment,
        element=element,
        defaults={"content": content, "opened_on": today()},
    )
    return row


@transaction.atomic
def name(row: PeerReview, *, person: Person, group: RaterGroup, by: Person) -> PeerRater:
    """Name a colleague; once the others are asked, only the academy adds one, asked at once.

    Refused for the learner, for the mentor (who does not assess), for somebody of the learner's
    own function as one of another, and for whoever is named already.
    """
    row = locked(row)
    learner = row.enrolment.person
    if row.state not in (NAMING, AGREED):
        raise Refused(_("The review is closed."))
    if row.state == AGREED and by.pk == learner.pk:
        raise Refused(_("Your colleagues have been asked; the academy may name one more."))
    mentors = Mentorship.objects.standing().filter(enrolment=row.enrolment_id, mentor=person)
    if person.pk == learner.pk or mentors.exists():
        raise Refused(_("Neither the learner nor the mentor reviews."))
    if not person.is_active:
        raise Refused(_("%(name)s does not work here any longer.") % {"name": person.name})
    if group == RaterGroup.OTHER and person.function_id == learner.function_id:
        raise Refused(_("%(name)s is of the learner's own function.") % {"name": person.name})
    if row.raters.filter(person=person).exists():
        raise Refused(_("%(name)s is named already.") % {"name": person.name})
    rater = PeerRater.objects.create(review=row, person=person, group=group, named_by=by)
    saved(row)
    if row.state == AGREED:
        _ask(row, [rater])
    return rater


@transaction.atomic
def unname(rater: PeerRater, *, by: Person) -> None:
    """Take a name back, before anybody was asked."""
    row = locked(rater.review)
    if row.state != NAMING:
        raise Refused(_("They have been asked already."))
    PeerRater.objects.filter(pk=rater.pk).delete()
    saved(row)


def lacking(groups: Iterable[str]) -> list[str]:
    """Who is still to be named, a sentence each; `groups` of those who are."""
    groups = list(groups)
    named = Counter(groups)
    said = []
    if named[RaterGroup.PEER] < PEERS:
        said.append(_("Two peers at least."))
    if named[RaterGroup.MANAGER] < MANAGERS:
        said.append(_("One manager at least."))
    if named[RaterGroup.OTHER] < OTHERS:
        said.append(_("One colleague of another function at least."))
    if not said and len(groups) < LEAST_OF_ALL:
        said.append(_("Four colleagues at least."))
    return said


@transaction.atomic
def agree(row: PeerReview, *, by: Person, seen_version: int) -> PeerReview:
    """The mentor, or who runs the academy, agrees with the names; the colleagues are asked."""
    row = locked(row, seen_version=seen_version)
    if row.state != NAMING:
        raise Refused(_("This is agreed already."))
    raters = list(row.raters.select_related("person"))
    if said := lacking(rater.group for rater in raters):
        raise Refused(" ".join(said))
    row.state, row.agreed_by, row.due_on = AGREED, by, today() + timedelta(days=DAYS)
    _ask(row, raters)
    progress.report(row.enrolment, row.element, state=ResultState.STARTED)
    return saved(row, "state", "agreed_by", "due_on")


def _ask(row: PeerReview, raters: Iterable[PeerRater]) -> None:
    for rater in raters:
        tell(
            [rater.person],
            news=f"peer-review:{rater.pk}:asked",
            text=_("Review %(name)s as a colleague, by %(day)s.")
            % {"name": row.enrolment.person.name, "day": row.due_on},
            link=rater.get_absolute_url(),
            why=_("You were named as somebody who has seen them at work."),
            needs_action=True,
        )


@transaction.atomic
def answer(
    rater: PeerRater, *, scores: Mapping[str, int], comments: Iterable[str], by: Person
) -> PeerAnswer:
    """Answer once, for good; an item that could not be seen is left out."""
    row = locked(rater.review)
    rater = PeerRater.objects.select_for_update(of=("self",)).get(pk=rater.pk)
    if row.state != AGREED or rater.declined_on:
        raise Refused(_("This review is closed to you."))
    if rater.answered_on:
        raise Refused(_("You have answered already."))
    if not scores:
        raise Refused(_("You could see nothing of it: decline, and somebody else is asked."))
    rater.answered_on = today()
    rater.save(update_fields=["answered_on"])
    return PeerAnswer.objects.create(
        rater=rater, scores=dict(scores), comments=[text.strip() for text in comments]
    )


@transaction.atomic
def decline(rater: PeerRater, *, by: Person) -> PeerRater:
    """Not asked any more; the learner and the academy are told, which may name somebody else."""
    row = locked(rater.review)
    rater = PeerRater.objects.select_for_update(of=("self",)).get(pk=rater.pk)
    if row.state != AGREED or rater.answered_on or rater.declined_on:
        raise Refused(_("This review is closed to you."))
    rater.declined_on = today()
    rater.save(update_fields=["declined_on"])
    tell(
        [row.enrolment.person, *runners()],
        news=f"peer-review:{rater.pk}:declined",
        text=_("%(name)s cannot review %(learner)s; the academy may name somebody else.")
        % {"name": by.name, "learner": row.enrolment.person.name},
        link=row.get_absolute_url(),
        why=_("Somebody who was asked for a review by colleagues declined."),
    )
    return rater


@transaction.atomic
def postpone(row: PeerReview, *, due_on: date, by: Person, seen_version: int) -> PeerReview:
    row = locked(row, seen_version=seen_version)
    if row.state != AGREED:
        raise Refused(_("Nobody is being asked now."))
    if due_on < today():
        raise Refused(_("That day has passed."))
    row.due_on = due_on
    return saved(row, "due_on")


@transaction.atomic
def close(row: PeerReview, *, by: Person | None, seen_version: int | None = None) -> PeerReview:
    """From four answers on: nobody answers any more, and the learner reads the result."""
    row = locked(row, seen_version=seen_version)
    if row.state != AGREED:
        raise Refused(_("Nobody is being asked now."))
    if row.raters.filter(answered_on__isnull=False).count() < LEAST_OF_ALL:
        raise Refused(_("Fewer than four have answered: nothing could be shown."))
    row.state, row.closed_on = CLOSED, today()
    tell(
        [row.enrolment.person],
        news=f"peer-review:{row.pk}:closed",
        text=_("What your colleagues answered is there for you."),
        link=row.get_absolute_url(),
        why=_("You asked them for a review."),
    )
    progress.report(row.enrolment, row.element, state=ResultState.SUBMITTED)
    return saved(row, "state", "closed_on")


@transaction.atomic
def tell_colleagues(
    row: PeerReview, *, keep: str, change: str, by: Person, seen_version: int
) -> PeerReview:
    """Two sentences to those who answered: what stays, what changes. That ends the review."""
    row = locked(row, seen_version=seen_version)
    if row.state != CLOSED:
        raise Refused(_("There is nothing to answer to now."))
    row.state, row.keep, row.change = TOLD, keep.strip(), change.strip()
    for rater in row.raters.filter(answered_on__isnull=False).select_related("person"):
        tell(
            [rater.person],
            news=f"peer-review:{rater.pk}:told",
            text=_("%(name)s says what follows from your review.")
            % {"name": row.enrolment.person.name},
            link=rater.get_absolute_url(),
            why=_("You reviewed them."),
        )
    progress.report(row.enrolment, row.element, state=ResultState.DONE)
    return saved(row, "state", "keep", "change")


def close_due() -> int:
    """Close the reviews whose day has passed and that four have answered; see `periodic`."""
    closed = 0
    for row in PeerReview.objects.filter(state=AGREED, due_on__lt=today()):
        try:
            close(row, by=None)
            closed += 1
        except Refused:
            continue
    return closed
