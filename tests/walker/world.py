"""What the walker walks on: three products, each with everything that may hang on one."""

from dataclasses import dataclass

from django.core.files.base import ContentFile

from gates.models import Condition, Delegate, Tailoring
from gates.models.reviews import Stage
from ipd.kernel.days import today
from ipd.kernel.models import Notice
from ipd.models import Product
from tests.factories import (
    BodyFactory,
    ConditionFactory,
    EvidenceFactory,
    LineFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    ReviewFactory,
    WaiverFactory,
)
from tests.factories.company import House, seated
from tests.walker.rooms import rooms

ROLES = [
    *("secretary", "chair", "member", "finance", "leader", "organiser"),
    *("lpdt", "core_member", "pqa", "outsider", "administrator", "academy"),
]


@dataclass
class World:
    """A product and its objects by the word the table uses for them."""

    name: str
    objects: dict[str, object]

    def arguments(self, wanted: dict[str, str]) -> dict[str, object]:
        """The ids of the objects that are asked for; what is no object's word stays as it is."""
        return {
            argument: getattr(self.objects.get(word), "pk", word)
            for argument, word in wanted.items()
        }


def own(house: House, stage: str) -> World:
    """The product that the walking people work on, or decide about."""
    return World("own", _objects(house.product, stage, house.lpdt, house.pqa))


def foreign(stage: str) -> World:
    """An open product of another line: everybody may look, nobody here may touch."""
    return World("foreign", _objects(_elsewhere(), stage, PersonFactory(), PersonFactory()))


def confidential(house: House, stage: str) -> World:
    """A product whose existence nobody here may learn of."""
    return World(
        "confidential",
        _objects(house.confidential_product, stage, PersonFactory(), PersonFactory()),
    )


def _elsewhere() -> Product:
    line = LineFactory()
    for kind in ("IPMT", "TRP"):
        BodyFactory(line=line, kind=kind)
    product = ProductFactory(line=line)
    seated(line.bodies.get(kind="IPMT").team, "CHAIR", "PM")
    seated(product.team, "LPDT", "PM")
    return product


def _objects(product: Product, stage: str, owner, verifier) -> dict[str, object]:
    """Names the condition's owner and verifier; the rest belongs to nobody who walks."""
    review = ReviewFactory(product=product, stage=stage, criteria__by=owner)
    past = ReviewFactory(
        product=product, at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND", criteria__by=owner
    )
    criterion = review.criteria.filter(weight="must").first()
    waiver = WaiverFactory(criterion=criterion, requested_by=owner)
    condition: Condition = ConditionFactory(review=past, owner=owner, verifier=verifier)
    member = PersonFactory()
    tailoring = Tailoring.objects.create(
        product=product,
        gate=review.gate.fed_by.first(),
        kind="skipped",
        reason="A derivative without new technology.",
        approver=member,
        approved_on=today(),
    )
    deputy = Delegate.objects.create(
        review=review, member=member, deputy=PersonFactory(), named_by=member
    )
    objects = {
        "product": product,
        "review": review,
        "decided_review": past,
        "decision": past.decisions.get(),
        "criterion": criterion,
        "evidence": EvidenceFactory(
            criterion=criterion, link="", file=ContentFile(b"proof", "proof.pdf")
        ),
        "question": QuestionFactory(criterion=criterion),
        "waiver": waiver,
        "condition": condition,
        "tailoring": tailoring,
        "delegate": deputy,
        "team": product.team,
        "line": product.line,
        "person": owner,
        "member": member,
        "notice": Notice.objects.create(
            person=owner, dedupe_key=f"walk:{product.pk}", text="Something happened.", why="A test."
        ),
    }
    for room in rooms():
        more = room.objects(product, owner=owner, review=review)
        assert not objects.keys() & more.keys(), f"{room.__name__} takes another's word"
        objects |= more
    return objects
