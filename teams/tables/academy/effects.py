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
from ipd.kernel.tables.table import PK, ModelTable
from teams.models import ReturnLine, StageFeedback, Study, StudyCohort, StudyRow
from teams.models.academy.studies import Arm, Design, LineKind, Outcome

KEPT = _("a study that has rows never changes; put a new one down")


@dataclass(frozen=True, kw_only=True)
class Happened(YesNo):
    """Yes, no, or not what this study counts."""

    required: bool = False
    blank = None


@dataclass(frozen=True, kw_only=True)
class Points(Column):
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


@table
class Studies(ModelTable):
    name, title = "studies", _("Studies of training")
    about = _("What a study counts, put down before it is known.")
    model, key = Study, ("code",)
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
        for row in rows:
            if not 0 <= row["low"] <= row["base"] <= row["high"]:
                company.problem(self, row, "base", gettext("between low and high"))


@table
class StageReactions(ModelTable):
    name, title = "stage_reactions", _("Reactions to stages")
    about = _("What learners said of a stage, 1 to 5 each.")
    model, key = StageFeedback, ("person", "path", "stage")
    columns = (
        Reference(name="person", to="people", path="enrolment__person__code"),
        Text(name="path", path="stage__path__code", longest=20),
        Whole(name="stage", path="stage__number", highest=20),
        Whole(name="relevance", highest=5),
        Whole(name="confidence", highest=5),
        Whole(name="recommends", highest=5),
        Day(name="given_on"),
    )
