"""Works that learners handed in, and how assessors rated them, each alone."""

from datetime import UTC

from django.db.models import Min
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK, Parent
from teams.actions.academy.assignments import digest_of, needed
from teams.calculations.academy.rubrics import verdict
from teams.models import (
    Assignment,
    AssignmentAssessor,
    AssignmentRating,
    AssignmentVersion,
    PathElement,
)
from teams.models.academy.assignments import AssignmentState
from teams.models.academy.paths import ElementKind
from teams.models.academy.rotations import is_rotation
from teams.tables.academy.cohorts import OF_ENROLMENT
from teams.tables.academy.effects import Happened
from teams.tables.academy.practice import (
    OF_ELEMENT,
    TO_ELEMENT,
    OfLearners,
    Rated,
    at_noon,
    by_criterion,
    by_key,
    criteria_of,
    elements,
    mentors,
    of_element,
)
from teams.tables.academy.private import Mark, Private

OF_WORK = (*OF_ELEMENT, "number")
OF_ASSESSOR = (*OF_WORK, "assessor")


@table
class Assignments(OfLearners):
    """A work comes in as it was handed in once; its result is what its ratings come to."""

    name, title = "works", _("Works of learners")
    about = _("What learners were asked to do, and handed in.")
    model, key = Assignment, OF_WORK
    parents = TO_ELEMENT
    columns = (
        *of_element(),
        Whole(name="number", lowest=1, highest=99, help=_("Counts the tries.")),
        Text(name="brief", longest=4000),
        Day(name="started_on"),
        Day(name="due_on"),
        Private(name="text", required=False),
        Choice(name="state", choices=tuple(AssignmentState.values)),
        Day(name="handed_in_on", path="handed_in", required=False),
        Day(name="decided_on", required=False),
    )

    def rows_of(self):
        handed_in = TruncDate(Min("versions__handed_in_at"), tzinfo=UTC)
        return super().rows_of().annotate(handed_in=handed_in)

    def check(self, rows, company):
        known = company.once(elements)
        named = by_key(company, "work_assessors", OF_WORK)
        ratings = by_key(company, "work_ratings", OF_ASSESSOR)
        for row in rows:
            element = known.get((row["path"], row["element"]))
            if element is None:
                continue
            if element.kind != ElementKind.ASSIGNMENT or is_rotation(element):
                accepted = gettext("an assignment of that path that is no rotation")
                company.problem(self, row, "element", accepted)
                continue
            self._days(row, company)
            state = outcome(element, named.get(self.key_of(row), []), ratings)
            is_decided = row["state"] in (AssignmentState.PASSED, AssignmentState.NOT_YET)
            if row["state"] != state if state else is_decided:
                accepted = gettext("what its assessors say: %(state)s")
                told = {"state": state or gettext("open or handed_in, until all have rated")}
                company.problem(self, row, "state", accepted % told)

    def _days(self, row, company):
        is_open = row["state"] == AssignmentState.OPEN
        is_decided = row["state"] in (AssignmentState.PASSED, AssignmentState.NOT_YET)
        given, decided = row["handed_in_on"], row["decided_on"]
        if row["due_on"] < row["started_on"]:
            company.problem(self, row, "due_on", gettext("a day not before started_on"))
        if is_open != (given is None):
            accepted = gettext("a day for a work that is handed in, else none")
            company.problem(self, row, "handed_in_on", accepted)
        if bool(given) != bool(row["text"]):
            accepted = gettext("what was handed in; what is being written stays with its writer")
            company.problem(self, row, "text", accepted)
        if is_decided != (decided is not None) or (given and decided and decided < given):
            accepted = gettext("a day after handed_in_on for a work that is decided, else none")
            company.problem(self, row, "decided_on", accepted)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        values.pop("handed_in", None)
        return values

    def add(self, rows, company):
        super().add(rows, company)
        AssignmentVersion.objects.bulk_create(
            (
                AssignmentVersion(
                    assignment_id=row[PK],
                    number=1,
                    text=row["text"],
                    sha256=digest_of(row["text"], []),
                    handed_in_at=at_noon(row["handed_in_on"]),
                )
                for row in rows
                if row["handed_in_on"]
            ),
            batch_size=BATCH,
        )


def outcome(element: PathElement, named: list[dict], ratings: dict) -> str:
    """The state that follows from what assessors said; blank until all have rated."""
    if len(named) < needed(element) or any(one["rated_on"] is None for one in named):
        return ""
    if not element.rubric_id:
        passed = all(one["accepted"] for one in named)
    else:
        levels = [by_criterion(ratings.get(_key(one), [])) for one in named]
        if any(set(one) != set(criteria_of(element)) for one in levels):
            return ""  # said of the assessor whose ratings are not complete
        passed = verdict(levels, element.pass_level or 1).passed
    return AssignmentState.PASSED if passed else AssignmentState.NOT_YET


def _key(row: dict) -> tuple:
    return tuple(row[name] for name in OF_ASSESSOR)


@table
class AssignmentAssessors(OfLearners):
    name, title = "work_assessors", _("Assessors of works")
    about = _("Who was asked to rate a work, and who has.")
    model, key = AssignmentAssessor, OF_ASSESSOR
    parents = (Parent(field="assignment", to="works", by=OF_WORK, accepts=_("a work")),)
    columns = (
        *of_element("assignment__"),
        Whole(name="number", path="assignment__number", lowest=1, highest=99),
        Reference(name="assessor", to="people", path="person__code"),
        Reference(name="named_by", to="people", path="named_by__code"),
        Day(name="named_on"),
        Day(name="rated_on", path="rated", required=False),
        Happened(name="accepted", help=_("Where the element has no rubric: yes or no.")),
        Private(name="remark", required=False),
    )
    follows = ("mentorships",)

    def rows_of(self):
        return super().rows_of().annotate(rated=TruncDate("rated_at", tzinfo=UTC))

    def check(self, rows, company):
        known = company.once(elements)
        ratings = by_key(company, "work_ratings", OF_ASSESSOR)
        for row in rows:
            self._apart(row, company)
            work = company.final("works", *(row[name] for name in OF_WORK))
            element = known.get((row["path"], row["element"]))
            if work is None or element is None:
                continue
            given = work["handed_in_on"]
            if row["rated_on"] and (given is None or row["rated_on"] < given):
                company.problem(self, row, "rated_on", gettext("a day after it was handed in"))
            if not row["rated_on"] and (row["remark"] or row["accepted"] is not None):
                company.problem(self, row, "rated_on", gettext("a day, for who has said something"))
            said = set(by_criterion(ratings.get(self.key_of(row), [])))
            asked = set(criteria_of(element)) if row["rated_on"] else set()
            if said != asked:
                accepted = gettext("a day if, and only if, every criterion has its rating")
                company.problem(self, row, "rated_on", accepted)
            if bool(row["rated_on"] and not asked) != (row["accepted"] is not None):
                accepted = gettext("yes or no where the element has no rubric, else none")
                company.problem(self, row, "accepted", accepted)

    def _apart(self, row, company):
        enrolment = tuple(row[name] for name in OF_ENROLMENT)
        manager = (company.final("enrolments", *enrolment) or {}).get("manager")
        beside = {row["person"], manager, *company.once(mentors).get(enrolment, ())}
        if row["assessor"] in beside:
            accepted = gettext("somebody else than the learner, their manager and their mentors")
            company.problem(self, row, "assessor", accepted)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        return values | {"rated_at": at_noon(values.pop("rated", None))}


@table
class AssignmentRatings(Rated):
    name, title = "work_ratings", _("Ratings of works")
    about = _("The level that an assessor saw in one criterion, and why.")
    model, key = AssignmentRating, (*OF_ASSESSOR, "criterion")
    parents = (
        Parent(
            field="assessor",
            to="work_assessors",
            by=OF_ASSESSOR,
            accepts=_("an assessor of that work"),
        ),
    )
    columns = (
        *of_element("assessor__assignment__"),
        Whole(name="number", path="assessor__assignment__number", lowest=1, highest=99),
        Reference(name="assessor", to="people", path="assessor__person__code"),
        Text(name="criterion", longest=20, path="criterion__code"),
        Mark(name="level"),
        Private(name="reason", longest=4000),
    )
