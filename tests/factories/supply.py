"""Parts, what goes into what, who delivers it, what is done about it."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from ipd.kernel.days import today
from ipd.models import (
    BomLine,
    DemandMonth,
    Part,
    PartNotice,
    ProductContribution,
    ProductPart,
    Programme,
    ReplacementBoard,
    ReplacementItem,
    Source,
    Supplier,
    SupplierScore,
    SupplyAction,
)
from tests.factories.people import PersonFactory
from tests.factories.products import ProductFactory


class SupplierFactory(DjangoModelFactory):
    class Meta:
        model = Supplier

    code = factory.Sequence("SUP-{}".format)
    name = factory.LazyAttribute(lambda self: f"Supplier {self.code}")


class SupplierScoreFactory(DjangoModelFactory):
    class Meta:
        model = SupplierScore

    supplier = factory.SubFactory(SupplierFactory)
    month = date(2026, 10, 1)
    quality = 90
    delivery = 88
    financial = 80


class PartFactory(DjangoModelFactory):
    """An approved part without known weeks."""

    class Meta:
        model = Part

    code = factory.Sequence("PART-{:05d}".format)
    name = factory.LazyAttribute(lambda self: f"Part {self.code}")
    status = "approved"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """With what the database computes."""
        part = super()._create(model_class, *args, **kwargs)
        part.refresh_from_db()
        return part


class SourceFactory(DjangoModelFactory):
    """An approved source; the part's count of sources follows, as in the actions."""

    class Meta:
        model = Source
        skip_postgeneration_save = True

    part = factory.SubFactory(PartFactory)
    supplier = factory.SubFactory(SupplierFactory)
    state = "approved"
    percent = 100

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        count = self.part.sources.filter(state="approved").count()
        Part.objects.filter(pk=self.part_id).update(approved_sources=count)


class BomLineFactory(DjangoModelFactory):
    class Meta:
        model = BomLine

    assembly = factory.SubFactory(PartFactory, kind="assembly")
    part = factory.SubFactory(PartFactory)
    quantity = Decimal(1)


class TopFactory(DjangoModelFactory):
    class Meta:
        model = ProductPart

    product = factory.SubFactory(ProductFactory)
    part = factory.SubFactory(PartFactory, kind="assembly")


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = ProductContribution

    product = factory.SubFactory(ProductFactory)
    from_on = date(2026, 1, 1)
    weekly = Decimal("95000.00")


class SupplyActionFactory(DjangoModelFactory):
    class Meta:
        model = SupplyAction

    part = factory.SubFactory(PartFactory)
    number = factory.Sequence(lambda n: n + 1)
    rung = "second_source"
    text = "Qualify a second source"
    owner = factory.SubFactory(PersonFactory)
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=60))


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = PartNotice

    part = factory.SubFactory(PartFactory)
    kind = "pcn"
    on = date(2026, 5, 4)
    text = "A new mould"


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence("PROG-{}".format)
    name = factory.LazyAttribute(lambda self: f"Programme {self.code}")
    lead = factory.SubFactory(PersonFactory)
    starts_on = date(2026, 2, 2)
    ends_on = date(2030, 6, 30)


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = ReplacementItem

    programme = factory.SubFactory(ProgrammeFactory)
    part = factory.SubFactory(PartFactory)
    product = factory.SubFactory(ProductFactory)
    reason = "obsolete"
    planned_month = date(2027, 3, 1)


class BoardFactory(DjangoModelFactory):
    class Meta:
        model = ReplacementBoard

    programme = factory.SubFactory(ProgrammeFactory)
    board = factory.SubFactory(PartFactory, kind="board")
    product = factory.SubFactory(ProductFactory)
    planned_month = date(2027, 3, 1)


class DemandFactory(DjangoModelFactory):
    class Meta:
        model = DemandMonth

    product = factory.SubFactory(ProductFactory)
    month = factory.LazyFunction(lambda: today().replace(day=1))
    p10 = 900
    p50 = 1150
    p90 = 1500
    capacity = 1200


def needed(product, *parts, through: int = 1):
    """Make the product need the parts, through so many levels of assemblies; the lowest one."""
    above = TopFactory(product=product).part
    for _level in range(through - 1):
        above = BomLineFactory(assembly=above, part=PartFactory(kind="assembly")).part
    for part in parts:
        BomLineFactory(assembly=above, part=part)
    return above


def red(needs, **fields):
    """A part that would be missing for 28 weeks, needed by the product."""
    part = PartFactory(**{"assessed_ttr": 34, "entered_tts": 6, **fields})
    SourceFactory(part=part)
    needed(needs, part, through=2)
    part.refresh_from_db()
    return part
