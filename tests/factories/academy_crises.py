"""The shipped scenario of the outage, and plays of it."""

import tomllib
from datetime import date

import factory
from factory.django import DjangoModelFactory

from teams.actions.academy.curriculum import SHIPPED
from teams.models import Content, CrisisAssignment, Play, PlayRole
from tests.factories.people import PersonFactory


def body(slug: str = "customer-outage") -> dict:
    return tomllib.loads((SHIPPED / "scenarios" / f"{slug}.toml").read_text())


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = Content
        django_get_or_create = ["kind", "code"]

    kind = "scenario"
    code = "customer-outage"
    body = factory.LazyAttribute(lambda self: body(self.code))
    title = factory.LazyAttribute(lambda self: self.body["title"])


class PlayFactory(DjangoModelFactory):
    """A play alone that has just begun; `finished` ends it as idle players do."""

    class Meta:
        model = Play
        skip_postgeneration_save = True

    class Params:
        finished = factory.Trait(
            state="finished", score=70, has_passed=True, finished_on=date(2026, 11, 10)
        )

    scenario = factory.SubFactory(ScenarioFactory)
    seed = 7
    started_by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def role(self, create, role, **fields):
        PlayRole.objects.create(
            play=self, person=self.started_by, role=role or self.scenario.body["lead"], **fields
        )


class CrisisAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = CrisisAssignment

    person = factory.SubFactory(PersonFactory)
    scenario = "customer-outage"
    mode = "solo"
    by = factory.SubFactory(PersonFactory)
