"""Plans as the database keeps them: calendars, activities with computed dates, links, baselines."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from ipd.models import (
    Activity,
    Assignment,
    Baseline,
    BaselineRow,
    CalendarException,
    Link,
    Plan,
    PlanCalendar,
    PlanResource,
)
from tests.factories.products import ProductFactory

WEEK = [[[480, 720], [780, 1020]]] * 5 + [[], []]
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


class CalendarFactory(DjangoModelFactory):
    """One of the company's calendars: eight hours, Monday to Friday, no holidays."""

    class Meta:
        model = PlanCalendar
        django_get_or_create = ["code", "plan"]

    plan = None
    code = "STANDARD"
    name = "Standard"
    hours = WEEK


class ExceptionFactory(DjangoModelFactory):
    """A day off, or with `hours` of its own."""

    class Meta:
        model = CalendarException

    calendar = factory.SubFactory(CalendarFactory)
    name = "Day off"
    last = factory.SelfAttribute("first")


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    product = factory.SubFactory(ProductFactory)
    calendar = factory.SubFactory(CalendarFactory)
    starts_at = MONDAY


class ActivityFactory(DjangoModelFactory):
    """Work of `days` from `start`; its dates stand as if the plan had been computed."""

    class Meta:
        model = Activity

    class Params:
        days = 5

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda number: number + 1)
    code = factory.LazyAttribute(lambda self: f"A{self.order}")
    name = factory.LazyAttribute(lambda self: f"Activity {self.code}")
    minutes = factory.LazyAttribute(lambda self: 480 * self.days)
    start_at = MONDAY
    finish_at = factory.LazyAttribute(
        lambda self: self.start_at + timedelta(days=max(self.days - 1, 0), hours=9)
    )


class LinkFactory(DjangoModelFactory):
    class Meta:
        model = Link

    plan = factory.SelfAttribute("successor.plan")
    predecessor = factory.SubFactory(ActivityFactory)
    successor = factory.SubFactory(ActivityFactory)


class BaselineFactory(DjangoModelFactory):
    """A baseline of the plan as it stands, row by row."""

    class Meta:
        model = Baseline
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    number = 0
    name = factory.LazyAttribute(lambda self: f"Baseline {self.number}")

    @factory.post_generation
    def rows(self, create, extracted, **kwargs):
        fields = ("code", "name", "start_at", "finish_at", "minutes", "effort_minutes")
        BaselineRow.objects.bulk_create(
            BaselineRow(baseline=self, **row) for row in self.plan.activities.values(*fields)
        )


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = PlanResource

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence("Resource {}".format)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    activity = factory.SubFactory(ActivityFactory)
    resource = factory.LazyAttribute(lambda self: ResourceFactory(plan=self.activity.plan))
    work_minutes = 2400
