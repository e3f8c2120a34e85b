"""Cohorts, who is in them, and what they had done before Gatehouse knew of it."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import (
    CODE,
    Choice,
    Column,
    Day,
    Reference,
    Text,
    Unreadable,
    Whole,
    YesNo,
    code,
)
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import ModelTable, Parent
from teams.actions.academy import progress
from teams.models import Cohort, ElementResult, Enrolment, LearningPath, PathElement
from teams.models.academy.enrolments import OPEN, EnrolmentState, ResultState
from teams.tables.academy.private import Score, Untold

ROLES = ("learner", "mentor", "manager", "host", "assessor", "academy_lead", "board")
OF_ENROLMENT = ("person", "path", "enrolled_on")
SCORES = _("What was reported of somebody's learning is never edited by a file.")


@dataclass(frozen=True, kw_only=True)
class Roles(Column):
    """Who signed, apart by spaces."""

    required: bool = False
    blank = []

    def read(self, text, shift):
        roles = sorted(set(text.lower().split()))
        if not set(roles) <= set(ROLES):
            raise Unreadable(self.accepts)
        return roles

    def show(self, value):
        return " ".join(value or ())

    @property
    def accepts(self):
        return gettext("some of %(roles)s, apart by spaces") % {"roles": ", ".join(ROLES)}


@dataclass(frozen=True, kw_only=True)
class Fatal(Untold, YesNo):
    """Whether an error was made that no score makes good."""

    required: bool = False


class Known(ModelTable):
    """Known, so that others can refer to it; it comes in with the curriculum's files."""

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            if self.key_of(row) not in stored:
                accepted = gettext("one that the curriculum's files brought in")
                company.problem(self, row, self.key[-1], accepted)


@table
class LearningPaths(Known):
    name, title = "learning_paths", _("Learning paths")
    about = _("The current version of each path. The curriculum's files bring them in.")
    model, key = LearningPath, ("code",)
    columns = (Text(name="code", longest=20, help=CODE), Text(name="title", longest=200))

    def rows_of(self):
        return LearningPath.objects.filter(is_current=True).order_by()


@table
class PathElements(Known):
    name, title = "path_elements", _("Elements of paths")
    about = _("What the current paths ask for. The curriculum's files bring it in.")
    model, key = PathElement, ("path", "code")
    columns = (
        Reference(name="path", to="learning_paths", path="stage__path__code"),
        Text(name="code", longest=20, help=CODE),
        Text(name="title", longest=200),
    )

    def rows_of(self):
        return PathElement.objects.filter(stage__path__is_current=True).order_by()


@table
class Cohorts(ModelTable):
    name, title = "cohorts", _("Cohorts")
    about = _("People who walk a learning path together.")
    model, key = Cohort, ("code",)
    columns = (
        code(20),
        Reference(name="path", to="learning_paths", path="path__code"),
        Day(name="starts_on"),
        Day(name="ends_on"),
        Whole(name="places", lowest=1, highest=500),
    )

    def check(self, rows, company):
        for row in rows:
            if row["ends_on"] <= row["starts_on"]:
                company.problem(self, row, "ends_on", gettext("a day after starts_on"))


@table
class Enrolments(ModelTable):
    name, title = "enrolments", _("Enrolments")
    about = _("Who walks a learning path, or waits for it.")
    model, key = Enrolment, OF_ENROLMENT
    columns = (
        Reference(name="person", to="people", path="person__code"),
        Reference(name="path", to="learning_paths", path="path__code"),
        Day(name="enrolled_on"),
        Reference(name="cohort", to="cohorts", path="cohort__code", required=False),
        Reference(name="manager", to="people", path="manager__code", required=False),
        Choice(name="state", choices=tuple(EnrolmentState.values)),
        Day(name="started_on", required=False),
        Day(name="ended_on", required=False, help=_("When it was certified, or given up.")),
    )

    def check(self, rows, company):
        walking = (EnrolmentState.ACTIVE, EnrolmentState.CERTIFIED)
        for row in rows:
            if row["state"] in walking and row["started_on"] is None:
                company.problem(self, row, "started_on", gettext("a day, for who is on the path"))
            if row["manager"] and row["manager"] == row["person"]:
                company.problem(self, row, "manager", gettext("somebody else than the person"))
        self._once_open(rows, company)

    def _once_open(self, rows, company):
        """One open enrolment of a person and path, whatever the days."""
        standing = {}
        for row in company.all_final(self.name).values():
            if row["state"] in OPEN:
                standing.setdefault((row["person"], row["path"]), []).append(row)
        for row in rows:
            others = standing.get((row["person"], row["path"]), ())
            if row["state"] in OPEN and any(other is not row for other in others):
                accepted = gettext("one open enrolment of a person on a path")
                company.problem(self, row, "state", accepted)


@table
class ElementResults(ModelTable):
    """What was done before: from then on `actions.academy.progress` writes these rows."""

    name, title = "element_results", _("Results of elements")
    about = _("How far learners came before Gatehouse was told of it.")
    model, key = ElementResult, (*OF_ENROLMENT, "element", "ref")
    fixed = SCORES
    touches = (("enrolments", *OF_ENROLMENT),)
    parents = (
        Parent(field="enrolment", to="enrolments", by=OF_ENROLMENT, accepts=_("an enrolment")),
        Parent(
            field="element",
            to="path_elements",
            by=("path", "element"),
            accepts=_("an element of that path"),
        ),
    )
    columns = (
        Reference(name="person", to="people", path="enrolment__person__code"),
        Reference(name="path", to="learning_paths", path="enrolment__path__code"),
        Day(name="enrolled_on", path="enrolment__enrolled_on"),
        Text(name="element", longest=20, path="element__code"),
        Text(name="ref", longest=60, required=False, help=_("A part: a module, a scenario.")),
        Choice(name="state", choices=tuple(ResultState.values)),
        Score(name="score", help=_("Percent.")),
        Score(name="level", help=_("The least level of a rubric, 1 to 5.")),
        Whole(name="assessors", required=False, highest=9),
        Roles(name="agreed"),
        Fatal(name="fatal", path="is_fatal"),
        Day(name="started_on"),
        Day(name="done_on", required=False),
    )

    def stored_for(self, company):
        """Those of the people that the file names: there are millions in a large company."""
        people = {row["person"] for row in company.rows.get(self.name, ())}
        wanted = ElementResult.objects.order_by().filter(enrolment__person__code__in=people)
        names = ["pk", *self.by_name]
        paths = [column.path or column.name for column in self.columns]
        for values in wanted.values_list("pk", *paths).iterator(chunk_size=5000):
            yield dict(zip(names, values, strict=True))

    def check(self, rows, company):
        for row in rows:
            if (row["state"] == ResultState.DONE) != (row["done_on"] is not None):
                company.problem(self, row, "done_on", gettext("a day where it is done, else none"))
            if row["score"] is not None and not 0 <= row["score"] <= 100:
                company.problem(self, row, "score", gettext("a percentage from 0 to 100"))
            if row["level"] is not None and not 1 <= row["level"] <= 5:
                company.problem(self, row, "level", gettext("a level from 1 to 5"))

    def values(self, row, company, names=None):
        return super().values(row, company, names) | {"assessors": row["assessors"] or 0}


@after_import
def credits_and_stages(company) -> None:
    """What results came in for decides credits and stage anew; nobody is told."""
    progress.work_out(company.touched["enrolments"])
