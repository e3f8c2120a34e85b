"""Business cases, contracts with every element of the process, and requests to change them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ipd.kernel.days import add_working_days, today
from ipd.models import (
    BusinessCase,
    CaseFlow,
    ChangeAssessment,
    ChangeElement,
    ChangeRequest,
    Contract,
    ContractElement,
    ContractElementDefinition,
    Estimate,
)
from ipd.models.contracts import COPIED
from teams.models import Function, Seat
from tests.factories.people import PersonFactory
from tests.factories.products import ProductFactory

# The flows of the example whose figures are known: worth 3.28 million at 12 %.
SPENT = (1_600_000, 5_100_000, 2_400_000, 0, 0, 0, 0)
EARNED = (0, 0, 0, 3_900_000, 6_200_000, 5_400_000, 3_100_000)
# What a contract promises unless a test says something else.
PROMISED = {
    "RD_COST": 10_000_000,
    "UNIT_COST": 1_000,
    "NPV": 3_000_000,
    "MARGIN": 50,
    "CONTRIBUTION": 9_000_000,
    "SCOPE": 40,
    "SCOPE_CHANGE": 5,
    "DEFECTS": 0,
    "RETURNS": 2,
    "RELIABILITY": 99,
    "STAFFING": 20,
    "RESERVE": 25,
}


def ordinal(day: date) -> Decimal:
    return Decimal(day.toordinal())


class CaseFactory(DjangoModelFactory):
    """An accepted case with the known flows; `state="draft"` for a draft."""

    class Meta:
        model = BusinessCase
        skip_postgeneration_save = True

    product = factory.SubFactory(ProductFactory)
    version = factory.LazyAttribute(lambda self: self.product.cases.count() + 1)
    on = factory.LazyFunction(today)
    gate = "PDCP"
    hurdle_rate = Decimal(12)
    unit_cost = Decimal(1000)
    price = Decimal(2000)
    volume = 5000
    delay_cost = Decimal(1_000_000)
    state = "accepted"
    by = factory.SubFactory(PersonFactory)
    accepted_by = factory.LazyAttribute(
        lambda self: PersonFactory() if self.state == "accepted" else None
    )
    accepted_on = factory.LazyAttribute(lambda self: self.on if self.state == "accepted" else None)

    @factory.post_generation
    def flows(self, create, extracted, **kwargs):
        """`flows={"base": [(inflow, outflow), …]}`; the known ones unless given, none for ()."""
        given = {"base": list(zip(EARNED, SPENT, strict=True))} if extracted is None else extracted
        CaseFlow.objects.bulk_create(
            CaseFlow(case=self, scenario=scenario, year=year, inflow=earned, outflow=spent)
            for scenario, rows in dict(given).items()
            for year, (earned, spent) in enumerate(rows)
        )


class ContractFactory(DjangoModelFactory):
    """A signed contract that is current; `draft=True` leaves it unsigned."""

    class Meta:
        model = Contract
        skip_postgeneration_save = True

    class Params:
        draft = False

    product = factory.SubFactory(ProductFactory)
    version = factory.LazyAttribute(lambda self: self.product.contracts.count() + 1)
    ga_on = factory.LazyFunction(lambda: add_working_days(today(), 100))
    reason = "As planned"
    decision = factory.LazyAttribute(lambda self: "" if self.draft else "PDCP, decision 1")
    signed_on = factory.LazyAttribute(lambda self: None if self.draft else today())
    signed_by = factory.LazyAttribute(lambda self: None if self.draft else PersonFactory())
    is_current = factory.LazyAttribute(lambda self: not self.draft)

    @factory.post_generation
    def promised(self, create, extracted: Mapping | None, **kwargs):
        """`promised={"RD_COST": …}` beside the usual ones; every element of the process."""
        values = {
            "GA": ordinal(self.ga_on),
            "ADCP": ordinal(self.ga_on),
            **PROMISED,
            **(extracted or {}),
        }
        definitions = ContractElementDefinition.objects.filter(process=self.product.process)
        ContractElement.objects.bulk_create(
            ContractElement(
                contract=self,
                promised=values[definition.code],
                **{name: getattr(definition, name) for name in COPIED},
            )
            for definition in definitions
        )


class ChangeFactory(DjangoModelFactory):
    """A draft; `state="assessed"` with every function's support. The contract has to be there."""

    class Meta:
        model = ChangeRequest
        skip_postgeneration_save = True

    product = factory.SubFactory(ProductFactory)
    number = factory.LazyAttribute(lambda self: self.product.changes.count() + 1)
    title = "The date moves"
    trigger = "A supplier is late."
    reason = "supply"
    do_nothing = "Customers leave."
    stopping = "What was spent is lost."
    requester = factory.SubFactory(PersonFactory)
    raised_on = factory.LazyFunction(today)
    state = "draft"
    change_class = factory.LazyAttribute(lambda self: "" if self.state == "draft" else "B")

    @factory.post_generation
    def moves(self, create, extracted: Mapping | None, **kwargs):
        """`moves={"RD_COST": new value}`, from what the current contract promises."""
        contract = self.product.contracts.filter(is_current=True).first()
        elements = {e.code: e for e in contract.elements.all()} if contract else {}
        ChangeElement.objects.bulk_create(
            ChangeElement(
                request=self,
                code=code,
                name=elements[code].name,
                unit=elements[code].unit,
                before=elements[code].promised,
                after=value,
                order=elements[code].order,
            )
            for code, value in (extracted or {}).items()
        )

    @factory.post_generation
    def assessed(self, create, extracted, **kwargs):
        """Every core function's row, answered when the request is assessed."""
        if self.state not in ("submitted", "assessed"):
            return
        seats = Seat.objects.filter(team=self.product.team, role__is_core=True)
        answered = {}
        if self.state == "assessed":
            answered = {"opinion": "supports", "by": PersonFactory(), "at": timezone.now()}
        ChangeAssessment.objects.bulk_create(
            ChangeAssessment(request=self, function=function, **answered)
            for function in Function.objects.filter(pk__in=seats.values("function"))
        )


class EstimateFactory(DjangoModelFactory):
    class Meta:
        model = Estimate

    product = factory.SubFactory(ProductFactory)
    gate = "CHARTER"
    on = factory.LazyFunction(today)
    low, likely, high = Decimal(6_000_000), Decimal(9_000_000), Decimal(13_000_000)
    method = "analogy"
    by = factory.SubFactory(PersonFactory)
