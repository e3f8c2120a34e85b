"""A cohort's progress board: people by stages and elements, and who falls behind when.

It says which elements are done, never how well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ipd.kernel import charts
from ipd.kernel.days import today
from teams.calculations.academy import pace
from teams.calculations.academy.mentoring import LIMIT
from teams.models import Cohort, ElementResult, Enrolment, PathElement, PathStage, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.mentoring import MentorshipState
from teams.queries.academy import standing
from teams.queries.academy.enrolments import with_mentor
from teams.queries.academy.standing import Way


@dataclass(frozen=True)
class Line:
    """One person of the cohort."""

    enrolment: Enrolment
    way: Way

    @property
    def is_walking(self) -> bool:
        return self.enrolment.state == EnrolmentState.ACTIVE


@dataclass(frozen=True)
class Week:
    """One week of the path on the calendar; `ends` are the elements that should be done by it."""

    number: int
    first: date
    last: date
    stages: list[PathStage]
    ends: list[PathElement]
    is_now: bool


@dataclass(frozen=True)
class Board:
    lines: list[Line]
    elements: list[PathElement]

    @property
    def stages(self) -> list[PathStage]:
        return list({one.stage_id: one.stage for one in self.elements}.values())

    @property
    def behind(self) -> list[Line]:
        return [line for line in self.lines if line.way.behind]

    @property
    def walking(self) -> int:
        return sum(line.is_walking for line in self.lines)

    @property
    def certified(self) -> int:
        return sum(line.enrolment.state == EnrolmentState.CERTIFIED for line in self.lines)


def board(cohort: Cohort) -> Board:
    """Everybody who holds a place, or has walked: who is furthest behind on top. Three queries."""
    rows = with_mentor(cohort.enrolments.all()).select_related("person", "path")
    enrolments = list(rows.order_by("person__name", "pk"))
    elements = standing.elements_of(cohort.path_id)
    results: dict[int, list[ElementResult]] = {}
    wholes = ElementResult.objects.filter(enrolment__cohort=cohort, ref="")
    for row in wholes:
        results.setdefault(row.enrolment_id, []).append(row)
    lines = [
        Line(one, standing.way_of(cohort.path, elements, results.get(one.pk, []), one))
        for one in enrolments
    ]
    last = EnrolmentState.WITHDRAWN
    lines.sort(key=lambda line: (line.enrolment.state == last, -line.way.behind))
    return Board(lines, elements)


def calendar(cohort: Cohort, elements: Iterable[PathElement]) -> list[Week]:
    """The weeks of the cohort's path, with the stages that run and what ends in each."""
    elements, now = list(elements), pace.week_of(cohort.starts_on, today())
    stages = list({one.stage_id: one.stage for one in elements}.values())
    return [
        Week(
            number,
            pace.first_day(cohort.starts_on, number),
            pace.last_day(cohort.starts_on, number),
            [one for one in stages if one.from_week <= number <= one.to_week],
            [one for one in elements if one.to_week == number],
            number == now,
        )
        for number in range(1, cohort.path.weeks + 1)
    ]


def behind_by_week(cohort: Cohort, found: Board) -> list[tuple[int, int]]:
    """How many of those who walk today were behind plan at the beginning of each week so far."""
    now = min(pace.week_of(cohort.starts_on, today()), cohort.path.weeks)
    walks = [line.way for line in found.lines if line.is_walking]
    return [
        (week, sum(_was_behind(way, found.elements, week, cohort.starts_on) for way in walks))
        for week in range(1, now + 1)
    ]


def _was_behind(way: Way, elements: list[PathElement], week: int, starts_on: date) -> bool:
    day = pace.first_day(starts_on, week)
    done = {step.element.code for step in way.steps if step.is_done and step.result.done_on < day}
    return bool(pace.late(elements, done, week))


def drawn_behind(cohort: Cohort, found: Board):
    """The same as a chart with its table; None before the first week."""
    counts = behind_by_week(cohort, found)
    if not any(count for _week, count in counts):
        return None
    return charts.columns(
        [
            charts.Column(
                pace.first_day(cohort.starts_on, week), pace.last_day(cohort.starts_on, week), count
            )
            for week, count in counts
        ],
        title=_("Behind plan by week"),
        about=_("People on the path with a required element overdue when the week began."),
        heads=(_("Week"), _("People behind plan")),
    )


def mentors(cohort: Cohort) -> list[Person]:
    """Who mentors in this cohort, with all they mentor anywhere (`load`); one query."""
    live = ~Q(mentorships__state=MentorshipState.ENDED)
    rows = Person.objects.filter(
        pk__in=cohort.enrolments.filter(live).values("mentorships__mentor")
    )
    rows = rows.annotate(load=Count("mentorships", filter=live)).order_by("-load", "name")
    found = list(rows)
    for person in found:
        person.is_over = person.load > LIMIT
    return found
