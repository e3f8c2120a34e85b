"""Works, rotations, plans and reflections of a learner."""

from datetime import date

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from teams.models import (
    Assignment,
    AssignmentAssessor,
    AssignmentPiece,
    AssignmentRating,
    AssignmentVersion,
    Content,
    DevelopmentGoal,
    DevelopmentLevel,
    DevelopmentPlan,
    PathElement,
    Reflection,
    Rotation,
    Rubric,
)
from tests.factories.academy import (
    CompetencyFactory,
    EnrolmentFactory,
    PathElementFactory,
    PathStageFactory,
    RubricCriterionFactory,
    RubricFactory,
)
from tests.factories.people import FunctionFactory, PersonFactory

EXITS = [
    {"rule": "agreed_by", "element": "E-PDP", "roles": ["learner", "mentor", "manager"]},
    {"rule": "accepted_by", "element": "A-REFLECT", "roles": ["mentor"]},
    {"rule": "accepted_by", "element": "R-REFLECT", "roles": ["mentor", "host"]},
]
STORY = {
    "story": "Somebody waited with bad news.",
    "prompts": ["What happened?", "What did you tell yourself?"],
    "complete_when": "A real example, with its day.",
    "minutes": 60,
}


def element_of(path, code, kind, **fields) -> PathElement:
    """The path's element of that code, made where it is not there."""
    stage = PathStageFactory(path=path, number=2, exit_rules=EXITS)
    found = PathElement.objects.filter(stage=stage, code=code).first()
    return found or PathElementFactory(stage=stage, code=code, kind=kind, **fields)


def rubric_of(path, code, criteria=2) -> Rubric:
    """The path's rubric of that code, with so many criteria."""
    found = Rubric.objects.filter(path=path, code=code).first()
    if found is None:
        found = RubricFactory(path=path, code=code)
        RubricCriterionFactory.create_batch(
            criteria, rubric=found, competency=CompetencyFactory(), weight=100 // criteria
        )
    return found


class AssignmentFactory(DjangoModelFactory):
    """Begun, for an element that two assess at level 3."""

    class Meta:
        model = Assignment

    enrolment = factory.SubFactory(EnrolmentFactory)
    element = factory.LazyAttribute(
        lambda self: element_of(
            self.enrolment.path,
            "A-MINUTES",
            "ASSIGNMENT",
            rubric=rubric_of(self.enrolment.path, "RB-MINUTE"),
            assessors=2,
            pass_level=3,
        )
    )
    brief = "Two reviews of other teams."
    started_on = date(2026, 11, 2)
    due_on = date(2026, 12, 18)


class AssignmentPieceFactory(DjangoModelFactory):
    class Meta:
        model = AssignmentPiece

    assignment = factory.SubFactory(AssignmentFactory)
    title = "Minute"
    link = "https://archive.example/minute"
    sha256 = "0" * 64


class AssignmentVersionFactory(DjangoModelFactory):
    class Meta:
        model = AssignmentVersion

    assignment = factory.SubFactory(AssignmentFactory)
    number = 1
    text = "The minute."
    sha256 = "0" * 64


class AssignmentAssessorFactory(DjangoModelFactory):
    class Meta:
        model = AssignmentAssessor

    assignment = factory.SubFactory(AssignmentFactory)
    person = factory.SubFactory(PersonFactory)
    named_by = factory.SubFactory(PersonFactory)
    named_on = date(2026, 11, 3)


def handed_in(row: Assignment, *assessors, text="The minute.") -> Assignment:
    """The work handed in once, with its assessors named."""
    piece = AssignmentPieceFactory(assignment=row)
    AssignmentVersionFactory(assignment=row, text=text).pieces.add(piece)
    for person in assessors:
        AssignmentAssessorFactory(assignment=row, person=person)
    row.text, row.state = text, "handed_in"
    row.save()
    return row


def rated(row: Assignment, level=3, reason="Seen.") -> Assignment:
    """All who were named have rated everything at that level; it is passed."""
    for one in row.assessors.all():
        one.rated_at = timezone.now()
        one.save()
        for criterion in row.element.rubric.criteria.all():
            AssignmentRating.objects.create(
                assessor=one, criterion=criterion, level=level, reason=reason
            )
    row.state, row.decided_on = "passed", date(2026, 11, 20)
    row.save()
    return row


class RotationFactory(DjangoModelFactory):
    """Six weeks at half of the time in another function."""

    class Meta:
        model = Rotation
        skip_postgeneration_save = True

    enrolment = factory.SubFactory(EnrolmentFactory)
    element = factory.LazyAttribute(
        lambda self: element_of(
            self.enrolment.path,
            "R-HOST",
            "ASSIGNMENT",
            rubric=rubric_of(self.enrolment.path, "RB-ROTATION"),
            assessors=1,
            pass_level=3,
        )
    )
    kind = "function"
    host_function = factory.LazyFunction(lambda: FunctionFactory(code="SVC"))
    host = factory.SubFactory(PersonFactory)
    goal = "A list of what breaks."
    period = DateRange(date(2026, 10, 5), date(2026, 11, 16))
    allocation_percent = 50


class DevelopmentPlanFactory(DjangoModelFactory):
    class Meta:
        model = DevelopmentPlan

    enrolment = factory.SubFactory(EnrolmentFactory)
    element = factory.LazyAttribute(lambda self: element_of(self.enrolment.path, "E-PDP", "PDP"))
    made_on = date(2026, 8, 3)


def written(plan: DevelopmentPlan, *, goals=2, situation="A situation.", acts="An act."):
    """Every competency placed, and so many goals; a plan that can be signed."""
    codes = ("LEADERSHIP", "PLANNING", "VALUES")
    for competency in [CompetencyFactory(code=code, weight=30) for code in codes]:
        DevelopmentLevel.objects.create(
            plan=plan, competency=competency, level=2, situation=situation
        )
    for code in codes[:goals]:
        DevelopmentGoalFactory(plan=plan, competency=CompetencyFactory(code=code), acts=acts)
    return plan


class DevelopmentGoalFactory(DjangoModelFactory):
    class Meta:
        model = DevelopmentGoal

    plan = factory.SubFactory(DevelopmentPlanFactory)
    competency = factory.SubFactory(CompetencyFactory)
    from_level = 2
    to_level = 3
    acts = "An act."
    evidence = "Others see it."
    due_on = date(2027, 3, 31)


class StoryFactory(DjangoModelFactory):
    class Meta:
        model = Content
        django_get_or_create = ["kind", "code", "number"]

    kind = "reflection"
    code = "R1"
    number = 1
    title = "A promise"
    body = STORY


class ReflectionFactory(DjangoModelFactory):
    """Finished; shared with nobody."""

    class Meta:
        model = Reflection

    person = factory.SubFactory(PersonFactory)
    content = factory.SubFactory(StoryFactory)
    code = factory.SelfAttribute("content.code")
    answers = factory.LazyFunction(lambda: ["I promised.", "That it would do."])
    state = "finished"
    started_on = date(2026, 11, 2)
    finished_on = date(2026, 11, 9)


def unrated(enrolment, *assessors, **fields) -> Assignment:
    """A work of that learner, handed in."""
    return handed_in(AssignmentFactory(enrolment=enrolment, **fields), *assessors)
