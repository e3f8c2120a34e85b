"""Studies of what training changed, with their rows and what the return is assumed to be."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import (
    Amount,
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
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Parent
from teams.models import PathStage, ReturnLine, StageFeedback, Study, StudyCohort, StudyRow
from teams.models.academy.studies import Arm, Design, LineKind, Outcome
from teams.tables.academy.cohorts import OF_ENROLMENT
from teams.tables.academy.private import Mark, Untold

ASKED = ("relevance", "confidence", "recommends")
KEPT = _("a study that has rows never changes; put a new one down")


@dataclass(frozen=True, kw_only=True)
class Happened(Untold, YesNo):
    """Yes, no, or not what this study counts."""

    required: bool = False
    blank = None


@dataclass(frozen=True, kw_only=True)
class Points(Untold, Column):
    """A figure before or after."""

    required: bool = False

    def read(self, text, shift):
        if not re.fullmatch(r"-?[0-9]{1,7}(\.[0-9]{1,2})?", text):
            raise Unreadable(self.accepts)
        return Decimal(text).quantize(Decimal("0.01"))

    @property
    def accepts(self):
        return gettext("a number with at most two decimals, as 68 or 4.25")


STUDY = Reference(name="study", to="studies", path="study__code")


def a_known_path(described, rows, company) -> None:
    """The code of a path that is taught, in whichever version."""
    known = company.stored("learning_paths")
    for row in rows:
        if (row["path"],) not in known:
            company.problem(described, row, "path", gettext("the code of a current path"))


@table
class Studies(ModelTable):
    name, title = "studies", _("Studies of training")
    about = _("What a study counts, put down before it is known.")
    model, key = Study, ("code",)
    follows = ("learning_paths",)
    columns = (
        code(30),
        Text(name="title", longest=200),
        Text(name="path", path="path_code", longest=20),
        Choice(name="outcome", choices=tuple(Outcome.values)),
        Text(name="measured", longest=120),
        Whole(name="months", highest=60),
        Choice(name="design", choices=tuple(Design.values)),
        Text(name="matched_on", longest=200, required=False),
        Day(name="registered_on"),
        Reference(name="registered_by", to="people", path="registered_by__code", required=False),
    )

    def fixed_for(self, old):
        filled = StudyRow.objects.filter(study=old[PK]).exists()
        return KEPT if filled else ""

    def check(self, rows, company):
        a_known_path(self, rows, company)
        for row in rows:
            if row["design"] == Design.MATCHED and not row["matched_on"]:
                accepted = gettext("on what the groups are matched")
                company.problem(self, row, "matched_on", accepted)


@table
class StudyCohorts(ModelTable):
    name, title = "study_cohorts", _("Cohorts of studies")
    about = _("Whom a study follows; one study is primary for a cohort.")
    model, key = StudyCohort, ("study", "cohort")
    columns = (
        STUDY,
        Reference(name="cohort", to="cohorts", path="cohort__code"),
        YesNo(name="primary", path="is_primary", required=False),
    )

    def check(self, rows, company):
        primary = {
            row["cohort"]: row["study"]
            for row in company.stored(self.name).values()
            if row["primary"]
        }
        for row in rows:
            if row["primary"] and primary.setdefault(row["cohort"], row["study"]) != row["study"]:
                accepted = gettext("one primary study for a cohort")
                company.problem(self, row, "primary", accepted)


@table
class StudyRows(ModelTable):
    name, title = "study_rows", _("Rows of studies")
    about = _("What came out for each person or team of a study.")
    model, key = StudyRow, ("study", "reference")
    fixed = _("What came out stays as it came in.")
    columns = (
        STUDY,
        Text(name="reference", longest=40),
        Choice(name="arm", choices=tuple(Arm.values)),
        Happened(name="happened", help=_("Of studies that count who; yes or no.")),
        Points(name="before", help=_("Of studies that compare before and after.")),
        Points(name="after"),
    )

    def check(self, rows, company):
        for row in rows:
            counted = row["happened"] is not None
            compared = row["before"] is not None and row["after"] is not None
            if counted == compared or (counted and (row["before"] or row["after"])):
                accepted = gettext("either happened, or before and after")
                company.problem(self, row, "happened", accepted)


@table
class ReturnLines(ModelTable):
    name, title = "return_lines", _("Assumptions of a return")
    about = _("What a path is assumed to cost and to bring in a year, as ranges.")
    model, key = ReturnLine, ("path", "year", "kind", "text")
    follows = ("learning_paths",)
    columns = (
        Text(name="path", path="path_code", longest=20),
        Whole(name="year", highest=2100),
        Choice(name="kind", choices=tuple(LineKind.values)),
        Text(name="text", longest=200),
        Amount(name="low"),
        Amount(name="base"),
        Amount(name="high"),
    )

    def check(self, rows, company):
        a_known_path(self, rows, company)
        for row in rows:
            if not 0 <= row["low"] <= row["base"] <= row["high"]:
                company.problem(self, row, "base", gettext("between low and high"))


@table
class StageReactions(ModelTable):
    name, title = "stage_reactions", _("Reactions to stages")
    about = _("What learners said of a stage, 1 to 5 each.")
    model, key = StageFeedback, (*OF_ENROLMENT, "stage")
    fixed = _("What somebody answered is never edited by a file.")
    parents = (
        Parent(field="enrolment", to="enrolments", by=OF_ENROLMENT, accepts=_("an enrolment")),
    )
    columns = (
        Reference(name="person", to="people", path="enrolment__person__code"),
        Reference(name="path", to="learning_paths", path="enrolment__path__code"),
        Day(name="enrolled_on", path="enrolment__enrolled_on"),
        Whole(name="stage", path="stage__number", highest=20),
        *(Mark(name=name) for name in ASKED),
        Day(name="given_on"),
    )

    def check(self, rows, company):
        known = company.once(_stages)
        for row in rows:
            if (row["path"], row["stage"]) not in known:
                company.problem(self, row, "stage", gettext("a stage of that path"))

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        if "stage" in values:
            values.pop("stage")
            values["stage_id"] = company.once(_stages)[row["path"], row["stage"]]
        return values


def _stages(company) -> dict[tuple[str, int], int]:
    """The stages of the current paths, by code of the path and number."""
    rows = PathStage.objects.filter(path__is_current=True).order_by()
    return {
        (path, number): pk for path, number, pk in rows.values_list("path__code", "number", "pk")
    }
