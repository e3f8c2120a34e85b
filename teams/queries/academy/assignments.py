"""Works: lists of them, what a page of one shows to whom, and what waits for assessors."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.lists import how_many
from teams.calculations.academy.rubrics import apart
from teams.models import (
    Assignment,
    AssignmentAssessor,
    AssignmentPiece,
    AssignmentRating,
    AssignmentVersion,
    Enrolment,
    PathElement,
    Person,
    Rotation,
    RubricCriterion,
)
from teams.models.academy.assignments import AssignmentState
from teams.models.academy.paths import ElementKind
from teams.models.academy.rotations import UNDECIDED, is_rotation
from teams.permissions.academy import rights_to_run
from teams.permissions.assignments import Part
from teams.queries.academy.doors import opens
from teams.queries.academy.waiting import waits


def detailed(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With what every page of a work names."""
    return rows.select_related(
        "enrolment__person", "enrolment__path", "element__rubric", "element__stage"
    )


@dataclass(frozen=True)
class Cell:
    """What one assessor said of one criterion."""

    level: int
    reason: str
    words: str
    who: str = ""


@dataclass(frozen=True)
class Line:
    criterion: RubricCriterion
    cells: list[Cell]
    is_apart: bool


@dataclass(frozen=True)
class Marks:
    """What those assessors said whose words the reader may see, criterion by criterion."""

    assessors: list[AssignmentAssessor]
    lines: list[Line]
    pass_level: int | None

    @property
    def has_spread(self) -> bool:
        return any(line.is_apart for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """A work as its reader may see it; what they may not is empty."""

    versions: list[AssignmentVersion]
    pieces: list[AssignmentPiece]
    assessors: list[AssignmentAssessor]
    marks: Marks | None


def sheet(row: Assignment, part: Part) -> Sheet:
    """At most six queries, however many versions and assessors there are."""
    if not part.reads:
        return Sheet([], [], [], None)
    versions = list(row.versions.prefetch_related("pieces"))
    pieces = list(row.pieces.filter(is_removed=False)) if part.is_learner and row.is_open else []
    assessors = list(row.assessors.select_related("person").order_by("pk"))
    return Sheet(versions, pieces, assessors, _marks(row, part, assessors))


def _marks(row: Assignment, part: Part, assessors: list[AssignmentAssessor]) -> Marks | None:
    """Everybody's words once all have rated; before that, each assessor's own and no other's."""
    shown = assessors if row.is_decided else []
    if not shown and part.rates and part.rates.rated_at:
        shown = [one for one in assessors if one.pk == part.rates.pk]
    if not shown:
        return None
    ratings = {one.pk: {} for one in shown}
    criteria = []
    if row.element.rubric_id:
        criteria = list(row.element.rubric.criteria.select_related("competency"))
        for one in AssignmentRating.objects.filter(assessor__in=ratings):
            ratings[one.assessor_id][one.criterion_id] = one
    wide = set(apart([{key: one.level for key, one in each.items()} for each in ratings.values()]))
    lines = [
        Line(
            criterion,
            [_cell(criterion, ratings[one.pk][criterion.pk], one.person.name) for one in shown],
            criterion.pk in wide,
        )
        for criterion in criteria
    ]
    return Marks(shown, lines, row.element.pass_level)


def _cell(criterion: RubricCriterion, rating, who: str) -> Cell:
    return Cell(rating.level, rating.reason, criterion.levels[rating.level - 1], who)


def listed(rows: QuerySet[Assignment], person: Person) -> QuerySet[Assignment]:
    """Rows for a list: who has rated, and whether one waits for the reader."""
    mine = AssignmentAssessor.objects.filter(assignment=OuterRef("pk"), person=person)
    named = AssignmentAssessor.objects.filter(assignment=OuterRef("pk"))
    return detailed(rows).annotate(
        named=how_many(named, "assignment"),
        rated=how_many(named.filter(rated_at__isnull=False), "assignment"),
        waits_for_me=Exists(
            mine.filter(rated_at=None, assignment__state=AssignmentState.HANDED_IN)
        ),
    )


# What waits -------------------------------------------------------------------------------


@waits(text=_("Rate the work of %(who)s, alone: %(what)s"), route="teams:assignment-rating")
def to_rate(person: Person) -> QuerySet:
    """Works handed in that the person has not rated yet."""
    rows = Assignment.objects.filter(
        state=AssignmentState.HANDED_IN, assessors__person=person, assessors__rated_at=None
    )
    return rows.values_list("pk", "enrolment__person__name", "element__title", "due_on")


@waits(text=_("Name assessors for the work of %(who)s: %(what)s"), route="teams:assignment")
def to_name(person: Person) -> QuerySet:
    """Works handed in with too few assessors, for whoever runs the academy."""
    rows = Assignment.objects.annotate(named=Count("assessors")).filter(
        Exists(rights_to_run(person)),
        state=AssignmentState.HANDED_IN,
        named__lt=Greatest(F("element__assessors"), 1),
    )
    return rows.values_list("pk", "enrolment__person__name", "element__title", "due_on")


@opens(ElementKind.ASSIGNMENT)
def url_of(enrolment: Enrolment, element: PathElement) -> str:
    """The open try, else the last one that passed, else where one is begun."""
    if is_rotation(element):
        rows = Rotation.objects.filter(enrolment=enrolment, element=element)
        open_first, begin = rows.filter(state__in=[*UNDECIDED, "passed"]), "teams:rotation-new"
    else:
        open_first = Assignment.objects.filter(enrolment=enrolment, element=element)
        begin = "teams:assignment-new"
    row = open_first.order_by("-pk").first()
    return row.get_absolute_url() if row else reverse(begin, args=[enrolment.pk, element.pk])
