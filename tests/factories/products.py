"""Products of the current process, their line and its bodies, and their money."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from ipd.models import (
    BudgetMovement,
    LineBody,
    Phase,
    ProcessVersion,
    Product,
    ProductGrant,
    ProductLine,
)
from tests.factories.people import PersonFactory, TeamFactory


class LineFactory(DjangoModelFactory):
    class Meta:
        model = ProductLine

    code = factory.Sequence("LINE-{}".format)
    name = factory.LazyAttribute(lambda self: f"Line {self.code}")


class BodyFactory(DjangoModelFactory):
    """The line's body of a kind."""

    class Meta:
        model = LineBody

    line = factory.SubFactory(LineFactory)
    kind = "IPMT"
    team = factory.SubFactory(TeamFactory, kind=factory.SelfAttribute("..kind"))


class ProductFactory(DjangoModelFactory):
    """A product in the phase whose code is given as `in_phase`."""

    class Meta:
        model = Product

    class Params:
        in_phase = "PLAN"

    code = factory.Sequence("P-{}".format)
    name = factory.LazyAttribute(lambda self: f"Product {self.code}")
    line = factory.SubFactory(LineFactory)
    process = factory.LazyFunction(lambda: ProcessVersion.objects.get(is_current=True))
    phase = factory.LazyAttribute(
        lambda self: Phase.objects.get(process=self.process, code=self.in_phase)
    )
    phase_since = date(2026, 1, 5)
    team = factory.SubFactory(TeamFactory, kind="PDT")


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = ProductGrant

    product = factory.SubFactory(ProductFactory)
    person = factory.SubFactory(PersonFactory)
    reason = "Audit of the line"


class MovementFactory(DjangoModelFactory):
    class Meta:
        model = BudgetMovement

    product = factory.SubFactory(ProductFactory)
    on = date(2026, 1, 5)
    kind = "initial"
    amount = Decimal("1000000.00")
    reference = factory.Sequence("Movement {}".format)
    entered_by = factory.SubFactory(PersonFactory)
