"""What a pair does: it meets, agrees on actions, notes, and says after six weeks how it goes."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.actions.academy.mentoring import locked_active, saved
from teams.calculations.academy.mentoring import ASKED_AFTER, counted, needed, week_of
from teams.models import (
    Enrolment,
    HealthCheck,
    MentoringSession,
    MentorNote,
    Mentorship,
    PathElement,
    Person,
    SharedAction,
)
from teams.models.academy.enrolments import ResultState
from teams.models.academy.mentoring import Health
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import runners
from teams.queries.academy import mentoring as pairs


@transaction.atomic
def meet(
    row: Mentorship, *, held_on: date, minutes: int, theme: str, by: Person
) -> MentoringSession:
    """Note that the pair met; its sessions count for the path's mentoring, week by week."""
    row = locked_active(row)
    if held_on > today():
        raise Refused(_("A session is noted once it was held."))
    if held_on < row.started_on:
        raise Refused(_("You are a pair since %(day)s.") % {"day": row.started_on})
    if row.sessions.filter(held_on=held_on).exists():
        raise Refused(_("A session of that day is noted already."))
    session = MentoringSession.objects.create(
        mentorship=row, held_on=held_on, minutes=minutes, theme=theme.strip(), entered_by=by
    )
    report(row.enrolment)
    return session


def report(enrolment: Enrolment) -> None:
    """Tell the path which of its mentoring is done; sessions with a former mentor count, too."""
    if enrolment.started_on is None:
        return
    rows = PathElement.objects.filter(
        stage__path=enrolment.path_id, kind=ElementKind.MENTORING
    ).select_related("stage")
    elements = list(rows.order_by("from_week", "stage__number", "order"))
    days = MentoringSession.objects.filter(mentorship__enrolment=enrolment)
    weeks = [week_of(day, enrolment.started_on) for day in days.values_list("held_on", flat=True)]
    spans = [(element.from_week, element.to_week) for element in elements]
    for element, held in zip(elements, counted(spans, weeks), strict=True):
        done = held >= needed(element.from_week, element.to_week)
        if held:
            state = ResultState.DONE if done else ResultState.STARTED
            progress.report(enrolment, element, state=state)


@transaction.atomic
def set_goals(row: Mentorship, *, goals: str, by: Person, seen_version: int) -> Mentorship:
    row = locked_active(row, seen_version=seen_version)
    row.goals = goals.strip()
    return saved(row, "goals")


@transaction.atomic
def agree(row: Mentorship, *, text: str, person: Person, due_on: date, by: Person) -> SharedAction:
    """An action of one of the two, seen by both."""
    row = locked_active(row)
    if person.pk not in (row.mentor_id, row.enrolment.person_id):
        raise Refused(_("A shared action belongs to one of the two."))
    return SharedAction.objects.create(
        mentorship=row, text=text.strip(), person=person, due_on=due_on
    )


@transaction.atomic
def finish(action: SharedAction, *, by: Person) -> SharedAction:
    """Either of the two says that it is done."""
    locked_active(action.mentorship)
    action = SharedAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.done_on is not None:
        raise Refused(_("It is done already."))
    action.done_on = today()
    action.save(update_fields=["done_on"])
    return action


@transaction.atomic
def note(row: Mentorship, *, text: str, by: Person) -> MentorNote:
    """For its author alone."""
    row = locked_active(row)
    return MentorNote.objects.create(mentorship=row, author=by, text=text.strip())


def asks_how_it_goes(row: Mentorship) -> bool:
    """The sixth week has begun."""
    return row.started_on + ASKED_AFTER <= today()


@transaction.atomic
def say_how_it_goes(row: Mentorship, *, health: Health, text: str, by: Person) -> HealthCheck:
    """One of the two answers, once; who runs the academy reads it, and is told of a no."""
    row = locked_active(row)
    if not asks_how_it_goes(row):
        raise Refused(_("You are asked in the sixth week."))
    if row.checks.filter(person=by).exists():
        raise Refused(_("You have answered already."))
    check = HealthCheck.objects.create(
        mentorship=row, person=by, health=health, text=text.strip(), on=today()
    )
    if health != Health.WELL:
        tell(
            runners(),
            news=f"mentorship:{row.pk}:health:{by.pk}",
            text=_("%(name)s says of their mentoring: %(word)s.")
            % {"name": by.name, "word": Health(health).label},
            link=row.get_absolute_url(),
            why=_("You run the academy."),
        )
    return check


def remind() -> int:
    """Remind both of a pair that has not met for three weeks, once for each gap."""
    late = pairs.not_meeting(Mentorship.objects.active())
    late = list(late.select_related("mentor", "enrolment__person"))
    for row in late:
        tell(
            [row.mentor, row.enrolment.person],
            news=f"mentorship:{row.pk}:gap:{row.met_on}",
            text=_("%(learner)s and %(mentor)s have not met since %(day)s.")
            % {
                "learner": row.enrolment.person.name,
                "mentor": row.mentor.name,
                "day": row.met_on,
            },
            link=row.get_absolute_url(),
            why=_("A pair meets at least every three weeks."),
        )
    return len(late)
