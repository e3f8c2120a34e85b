"""Requirements of each level, their links and verifications, and the bodies that handle them."""

import factory
from factory.django import DjangoModelFactory

from ipd.actions import traces
from ipd.kernel.days import today
from ipd.models import Requirement, RequirementChange, RequirementLink, Verification
from ipd.models.requirement_words import FIRST_STATE
from tests.factories.company import House, seated
from tests.factories.people import PersonFactory
from tests.factories.products import BodyFactory, ProductFactory


class RequirementFactory(DjangoModelFactory):
    """A system requirement in its first state, owned, of the product's line."""

    class Meta:
        model = Requirement

    level = "SR"
    product = factory.SubFactory(ProductFactory)
    line = factory.SelfAttribute("product.line")
    code = factory.Sequence("R-{}".format)
    title = factory.LazyAttribute(lambda self: f"Requirement {self.code}")
    status = factory.LazyAttribute(lambda self: FIRST_STATE[self.level])
    owner = factory.SubFactory(PersonFactory)
    requester = factory.SubFactory(PersonFactory)


class LinkFactory(DjangoModelFactory):
    class Meta:
        model = RequirementLink

    kind = "derives"
    upper_level = factory.SelfAttribute("upper.level")
    lower_level = factory.SelfAttribute("lower.level")


class VerificationFactory(DjangoModelFactory):
    class Meta:
        model = Verification

    requirement = factory.SubFactory(RequirementFactory)
    code = factory.Sequence("TC-{}".format)
    title = "It is shown on three pieces"
    result = "passed"
    run_on = factory.LazyFunction(today)


class RequirementChangeFactory(DjangoModelFactory):
    """An open request to change a requirement's title."""

    class Meta:
        model = RequirementChange

    requirement = factory.SubFactory(RequirementFactory)
    product = factory.SelfAttribute("requirement.product")
    code = factory.Sequence("RC-{}".format)
    action = "modify"
    after = {"title": "Said differently"}
    reason = "The part changed."
    asked_by = factory.SubFactory(PersonFactory)


def chain(product, *, tested: bool = False, **fields) -> dict[str, Requirement]:
    """An initial, a system and an allocated requirement, traced from top to bottom."""
    made = {
        level: RequirementFactory(product=product, level=level, **fields)
        for level in ("IR", "SR", "AR")
    }
    LinkFactory(upper=made["IR"], lower=made["SR"])
    LinkFactory(upper=made["SR"], lower=made["AR"])
    if tested:
        VerificationFactory(requirement=made["SR"])
    traces.retrace([row.pk for row in made.values()])
    for row in made.values():
        row.refresh_from_db()
    return made


def bodies(house: House):
    """An analyst and a manager of the line's requirements, and a system engineer of the team."""
    analysts = BodyFactory(line=house.line, kind="RAT").team
    managers = BodyFactory(line=house.line, kind="RMT").team
    return (
        seated(analysts, "CHAIR", "MKT", name="Anna Analyst"),
        seated(managers, "CHAIR", "MKT", name="Mona Manager"),
        seated(house.product.team, "SE", "SE", name="Sven System"),
    )
