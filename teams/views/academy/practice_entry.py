"""How a reader comes to a work or a rotation: seen or 404, with what they are to it."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from ipd.kernel.access import require
from teams.models import Assignment, Enrolment, PathElement, Rotation
from teams.permissions.academy import acts_in_academy, visible_enrolments
from teams.permissions.assignments import (
    Part,
    can_plan_practice,
    part_in_assignment,
    part_in_rotation,
    visible_assignments,
    visible_rotations,
)
from teams.queries.academy import assignments, rotations


@dataclass(frozen=True)
class WorkEntry:
    row: Assignment
    part: Part
    acts: frozenset[str]


def work_entry(request, pk) -> WorkEntry:
    acts = acts_in_academy(request.user)
    rows = assignments.detailed(visible_assignments(request.user, acts))
    row = get_object_or_404(rows, pk=pk)
    return WorkEntry(row, part_in_assignment(request.user, row, acts), acts)


def own_work(request, pk) -> Assignment:
    """403 unless it is the reader's own."""
    found = work_entry(request, pk)
    require(found.part.is_learner)
    return found.row


@dataclass(frozen=True)
class RotationEntry:
    row: Rotation
    part: Part
    acts: frozenset[str]


def rotation_entry(request, pk) -> RotationEntry:
    acts = acts_in_academy(request.user)
    rows = rotations.detailed(visible_rotations(request.user, acts))
    row = get_object_or_404(rows, pk=pk)
    return RotationEntry(row, part_in_rotation(request.user, row, acts), acts)


@dataclass(frozen=True)
class PracticeEntry:
    enrolment: Enrolment
    element: PathElement
    acts: frozenset[str]


def practice_entry(request, pk, element_pk) -> PracticeEntry:
    """Where practice is planned: 404 unless the enrolment is visible and its path has the element,
    403 for those who only look on."""
    acts = acts_in_academy(request.user)
    seen = visible_enrolments(request.user, acts).select_related("person__function", "path")
    enrolment = get_object_or_404(seen, pk=pk)
    elements = PathElement.objects.filter(stage__path=enrolment.path_id)
    element = get_object_or_404(elements.select_related("stage", "rubric"), pk=element_pk)
    require(can_plan_practice(request.user, enrolment, acts))
    return PracticeEntry(enrolment, element, acts)
