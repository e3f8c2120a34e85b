"""KPIs, their targets and what was read of them."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from ipd.kernel.measures import Unit
from teams.models import Kpi, KpiReading, KpiTarget, KpiWeight
from tests.factories.people import FunctionFactory, PersonFactory, TeamFactory

LONG_AGO = date(2020, 1, 1)


class KpiFactory(DjangoModelFactory):
    """An entered percentage of which more is better."""

    class Meta:
        model = Kpi

    code = factory.Sequence("KPI_{}".format)
    name = factory.LazyAttribute(lambda self: f"Figure {self.code}")
    formula = "good rows ÷ all rows"
    unit = Unit.PERCENT
    direction = "up"
    dimension = "quality"
    source = "survey"
    owner = factory.SubFactory(FunctionFactory)
    valid_from = LONG_AGO


class KpiTargetFactory(DjangoModelFactory):
    """70, 85 and 92 of a hundred, in every phase."""

    class Meta:
        model = KpiTarget

    kpi = factory.SubFactory(KpiFactory)
    phase = ""
    floor, target, stretch = Decimal(70), Decimal(85), Decimal(92)
    valid_from = LONG_AGO


class KpiWeightFactory(DjangoModelFactory):
    class Meta:
        model = KpiWeight

    phase = "PLAN"
    dimension = "quality"
    percent = 20
    valid_from = LONG_AGO


class KpiReadingFactory(DjangoModelFactory):
    """22 of 25, entered for October 2026."""

    class Meta:
        model = KpiReading

    kpi = factory.SubFactory(KpiFactory)
    team = factory.SubFactory(TeamFactory)
    month = date(2026, 10, 1)
    numerator, denominator, n = Decimal(22), Decimal(25), 25
    status = "measured"
    as_of = date(2026, 10, 31)
    source = "entered"
    entered_by = factory.SubFactory(PersonFactory)
