"""What the tables of learners' practice share: whose it is, and what reports of imports keep."""

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Day, Reference, Text
from ipd.kernel.tables.table import PK, ModelTable, Parent
from teams.models import PathElement
from teams.models.academy.mentoring import MentorshipState
from teams.tables.academy.cohorts import OF_ENROLMENT

OF_ELEMENT = (*OF_ENROLMENT, "element")


def of_element(prefix: str = "") -> tuple:
    """The columns that name a learner's element, from a model that leads there by `prefix`."""
    return (
        Reference(name="person", to="people", path=f"{prefix}enrolment__person__code"),
        Reference(name="path", to="learning_paths", path=f"{prefix}enrolment__path__code"),
        Day(name="enrolled_on", path=f"{prefix}enrolment__enrolled_on"),
        Text(name="element", longest=20, path=f"{prefix}element__code"),
    )


TO_ELEMENT = (
    Parent(field="enrolment", to="enrolments", by=OF_ENROLMENT, accepts=_("an enrolment")),
    Parent(
        field="element",
        to="path_elements",
        by=("path", "element"),
        accepts=_("an element of that path"),
    ),
)


def at_noon(day: date | None) -> datetime | None:
    """A moment of the day, where a file knows no hour."""
    return day and datetime.combine(day, time(12, tzinfo=UTC))


def learners(company) -> set[str]:
    """The people whose learning the files speak of."""
    rows = (row for rows in company.rows.values() for row in rows)
    return {row["person"] for row in rows if "enrolled_on" in row}


def mentors(company) -> dict[tuple, set[str]]:
    """Who mentors, or mentored, by the key of the enrolment."""
    found = {}
    for row in company.all_final("mentorships").values():
        if row["state"] != MentorshipState.PROPOSED:
            found.setdefault(tuple(row[name] for name in OF_ENROLMENT), set()).add(row["mentor"])
    return found


def elements(company) -> dict[tuple[str, str], PathElement]:
    """The elements of the current paths, with their rubrics and stages."""
    rows = PathElement.objects.filter(stage__path__is_current=True).order_by()
    rows = rows.select_related("stage__path", "rubric").prefetch_related("rubric__criteria")
    return {(row.stage.path.code, row.code): row for row in rows}


def criteria_of(element: PathElement) -> dict[str, int]:
    """The ids of the criteria by which the element is rated; none without a rubric."""
    found = element.rubric.criteria.all() if element.rubric_id else ()
    return {one.code: one.pk for one in found}


def by_key(company, name: str, key: tuple[str, ...]) -> dict[tuple, list[dict]]:
    """All rows of a table as they will be, by the key of what they belong to."""
    found = {}
    for row in company.all_final(name).values():
        found.setdefault(tuple(row[part] for part in key), []).append(row)
    return found


class OfLearners(ModelTable):
    """Rows of learners; those of the people that the files name are compared."""

    fixed = _("What was handed in, signed and rated is never edited by a file.")

    def stored_for(self, company):
        learner = self.by_name["person"].path
        rows = self.rows_of().filter(**{f"{learner}__in": company.once(learners)})
        paths = [column.path or column.name for column in self.columns]
        for values in rows.values_list(PK, *paths).iterator(chunk_size=5000):
            yield dict(zip([PK, *self.by_name], values, strict=True))


class Rated(OfLearners):
    """A level and a reason for one criterion of the element's rubric."""

    def check(self, rows, company):
        known = company.once(elements)
        for row in rows:
            element = known.get((row["path"], row["element"]))
            if element and row["criterion"] not in criteria_of(element):
                accepted = gettext("a criterion of the element's rubric: %(codes)s")
                told = {"codes": ", ".join(criteria_of(element)) or "–"}
                company.problem(self, row, "criterion", accepted % told)

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        element = company.once(elements)[row["path"], row["element"]]
        return values | {"criterion_id": criteria_of(element)[values.pop("criterion")]}


def by_criterion(rows: list[dict]) -> dict[str, int]:
    """The level of each criterion."""
    return {row["criterion"]: row["level"] for row in rows}
