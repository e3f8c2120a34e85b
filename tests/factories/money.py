"""Parts of a budget, orders, costs, rates and work packages of a product."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from ipd.kernel.days import today
from ipd.models import (
    Actual,
    BudgetAllocation,
    Commitment,
    PackageProgress,
    Period,
    Rate,
    WorkPackage,
)
from tests.factories.people import FunctionFactory
from tests.factories.products import MovementFactory, ProductFactory


class AllocationFactory(DjangoModelFactory):
    """The whole of its movement, for one line and month, unless amounts say otherwise."""

    class Meta:
        model = BudgetAllocation

    movement = factory.SubFactory(MovementFactory)
    function = factory.SubFactory(FunctionFactory)
    cost_type = "labour"
    month = date(2026, 1, 1)
    amount = factory.LazyAttribute(lambda self: self.movement.amount)


class _Spending(DjangoModelFactory):
    class Meta:
        abstract = True

    product = factory.SubFactory(ProductFactory)
    function = factory.SubFactory(FunctionFactory)
    cost_type = "labour"
    phase = factory.LazyAttribute(lambda self: self.product.phase)
    amount = Decimal("1000.00")
    currency = "EUR"


class CommitmentFactory(_Spending):
    class Meta:
        model = Commitment

    reference = factory.Sequence("PO-{}".format)
    on = factory.LazyFunction(today)


class ActualFactory(_Spending):
    class Meta:
        model = Actual

    reference = factory.Sequence("FI-{}".format)
    month = factory.LazyFunction(lambda: today().replace(day=1))


class RateFactory(DjangoModelFactory):
    class Meta:
        model = Rate

    currency = "SEK"
    valid_from = date(2020, 1, 1)
    units = Decimal("11.3")


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = Period

    month = date(2026, 1, 1)
    closed_on = date(2026, 2, 5)


class WorkPackageFactory(DjangoModelFactory):
    class Meta:
        model = WorkPackage

    product = factory.SubFactory(ProductFactory)
    code = factory.Sequence("WP-{}".format)
    name = "Board design"
    planned_start = date(2026, 1, 5)
    planned_finish = date(2026, 6, 30)
    value = Decimal("100000.00")
    currency = "EUR"
    rule = "milestones"


class ProgressFactory(DjangoModelFactory):
    class Meta:
        model = PackageProgress

    package = factory.SubFactory(WorkPackageFactory)
    on = date(2026, 1, 20)
    percent = 50
