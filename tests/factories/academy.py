"""A small curriculum, and people who learn from it."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from teams.models import (
    Cohort,
    Competency,
    Enrolment,
    ItemPool,
    LearningModule,
    LearningPath,
    Mentorship,
    ModuleItem,
    ModuleText,
    PathElement,
    PathStage,
    Rubric,
    RubricCriterion,
)
from tests.factories.people import PersonFactory

LEVELS = [f"Behaviour of level {level}" for level in range(1, 6)]
SOURCE = """+++
code = "M01"
+++

## Why

Because.
"""


class CompetencyFactory(DjangoModelFactory):
    class Meta:
        model = Competency
        django_get_or_create = ["code"]

    code = "LEADERSHIP"
    name = factory.LazyAttribute(lambda self: self.code.capitalize())
    weight = 40
    certify_at = 3
    levels = LEVELS


class LearningModuleFactory(DjangoModelFactory):
    class Meta:
        model = LearningModule
        django_get_or_create = ["code"]

    code = factory.Sequence("M{:02d}".format)
    reviewed_on = date(2026, 9, 1)


class ModuleTextFactory(DjangoModelFactory):
    """The English core of a module, in force."""

    class Meta:
        model = ModuleText

    module = factory.SubFactory(LearningModuleFactory)
    version = "3.0"
    title = factory.LazyAttribute(lambda self: f"Module {self.module.code}")
    minutes = 60
    front = factory.LazyFunction(
        lambda: {
            "objectives": [{"code": "M01-O1", "text": "Say why"}],
            "sections": [{"slug": "why", "title": "Why", "core": True}],
            "competencies": ["LEADERSHIP"],
            "prerequisites": [],
        }
    )
    source = SOURCE
    state = "approved"


class ItemPoolFactory(DjangoModelFactory):
    """Two single items drawn of one objective; both have to be right."""

    class Meta:
        model = ItemPool
        django_get_or_create = ["module"]

    module = factory.SubFactory(LearningModuleFactory)
    version = "3.0"
    draw = 2
    cut_percent = 80
    wait_hours = 24
    cells = factory.LazyAttribute(
        lambda self: [
            {"objective": f"{self.module.code}-O1", "difficulties": [1, 2, 3], "draw": self.draw}
        ]
    )
    source = ""


class ModuleItemFactory(DjangoModelFactory):
    """One of three options is right: the first as it is stored."""

    class Meta:
        model = ModuleItem

    module = factory.SubFactory(LearningModuleFactory)
    code = factory.Sequence("I{:03d}".format)
    kind = "single"
    objective = factory.LazyAttribute(lambda self: f"{self.module.code}-O1")
    competency = factory.SubFactory(CompetencyFactory)
    difficulty = 1
    stem = factory.LazyAttribute(lambda self: f"What is asked in {self.code}?")
    content = factory.LazyFunction(
        lambda: {
            "options": [
                {"text": "The right thing", "right": True},
                {"text": "A mistake", "right": False},
                {"text": "Another mistake", "right": False},
            ]
        }
    )
    explanation = "Because it is so."


class LearningPathFactory(DjangoModelFactory):
    class Meta:
        model = LearningPath
        django_get_or_create = ["code", "version"]

    code = "LPDT-1"
    version = "3.0"
    title = "Leader of a product development team"
    weeks = 26
    certificate_months = 24
    source = ""


class PathStageFactory(DjangoModelFactory):
    class Meta:
        model = PathStage
        django_get_or_create = ["path", "number"]

    path = factory.SubFactory(LearningPathFactory)
    number = 0
    title = factory.LazyAttribute(lambda self: f"Stage {self.number}")
    from_week = 1
    to_week = 4


class PathElementFactory(DjangoModelFactory):
    class Meta:
        model = PathElement

    stage = factory.SubFactory(PathStageFactory)
    code = factory.Sequence("E-{}".format)
    kind = "MODULE"
    title = factory.LazyAttribute(lambda self: f"Element {self.code}")
    from_week = 1
    to_week = 4
    credit = 10


class RubricFactory(DjangoModelFactory):
    class Meta:
        model = Rubric

    path = factory.SubFactory(LearningPathFactory)
    code = factory.Sequence("RB-{}".format)
    title = factory.LazyAttribute(lambda self: f"Rubric {self.code}")


class RubricCriterionFactory(DjangoModelFactory):
    class Meta:
        model = RubricCriterion

    rubric = factory.SubFactory(RubricFactory)
    code = factory.Sequence("C-{}".format)
    name = factory.LazyAttribute(lambda self: f"Criterion {self.code}")
    competency = factory.SubFactory(CompetencyFactory)
    weight = 100
    levels = LEVELS


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort
        django_get_or_create = ["code"]

    code = "2026-A"
    path = factory.SubFactory(LearningPathFactory)
    starts_on = date(2026, 7, 27)
    ends_on = date(2027, 1, 24)
    places = 14


class EnrolmentFactory(DjangoModelFactory):
    """Somebody on the path since the cohort's first day."""

    class Meta:
        model = Enrolment

    person = factory.SubFactory(PersonFactory)
    path = factory.SubFactory(LearningPathFactory)
    cohort = factory.SubFactory(CohortFactory)
    manager = factory.SubFactory(PersonFactory)
    state = "active"
    enrolled_on = date(2026, 7, 1)
    started_on = date(2026, 7, 27)


class MentorshipFactory(DjangoModelFactory):
    class Meta:
        model = Mentorship

    enrolment = factory.SubFactory(EnrolmentFactory)
    mentor = factory.SubFactory(PersonFactory)
    started_on = date(2026, 7, 27)
