"""A small company: one line with board and panel, one product in planning, everybody seated."""

from dataclasses import dataclass
from pathlib import Path

from gates.actions import processes
from gates.models import Review
from ipd.models import ProcessVersion, Product, ProductLine
from teams.models import Function, Person, Role, Team
from tests.factories.academy_certification import CertificateFactory
from tests.factories.gates import ReviewFactory
from tests.factories.people import (
    AdministratorFactory,
    FunctionFactory,
    PersonFactory,
    SeatFactory,
    TeamFactory,
)
from tests.factories.products import BodyFactory, LineFactory, ProductFactory

FILE = Path(__file__).resolve().parents[2] / "gates" / "processes" / "ipd.toml"


def process() -> ProcessVersion:
    """The process of the delivered file, read unless it is there."""
    return (
        ProcessVersion.objects.filter(is_current=True).first()
        or processes.load(FILE.read_text())[0]
    )


@dataclass
class House:
    """Who is who; the voting members are the chair, the member, marketing and finance.

    The LPDT is certified, and so may present alone.
    """

    line: ProductLine
    board: Team
    panel: Team
    product: Product
    confidential_product: Product
    secretary: Person
    chair: Person
    member: Person
    marketing: Person
    finance: Person
    leader: Person
    expert: Person
    organiser: Person
    lpdt: Person
    core_member: Person
    pqa: Person
    outsider: Person
    administrator: Person
    academy: Person
    assessor: Person

    @property
    def voters(self) -> list[Person]:
        return [self.chair, self.member, self.marketing, self.finance]

    def review(self, **fields) -> Review:
        """A review of the product; of the confidential one with `product=`."""
        fields.setdefault("product", self.product)
        if "criteria__by" not in fields and fields.get("criteria__state") != "no_data":
            fields["criteria__by"] = self.lpdt
        return ReviewFactory(**fields)


def seated(team: Team, role: str, function: str, **fields) -> Person:
    """A new person of the function in a seat of the role."""
    owner = FunctionFactory(code=function)
    person = PersonFactory(function=owner, **fields)
    SeatFactory(team=team, role=Role.objects.get(code=role), person=person, function=owner)
    return person


def build(*, school_code: str = "ACADEMY") -> House:
    """The house above; the process has to be there.

    school_code  another one beside a company that has its academy
    """
    line = LineFactory()
    board = BodyFactory(line=line, kind="IPMT").team
    panel = BodyFactory(line=line, kind="TRP").team
    product = ProductFactory(line=line)
    school = TeamFactory(code=school_code, name="Academy", kind="ACADEMY")
    other = LineFactory()
    for kind in ("IPMT", "TRP"):
        BodyFactory(line=other, kind=kind)
    house = House(
        line=line,
        board=board,
        panel=panel,
        product=product,
        confidential_product=ProductFactory(line=other, is_confidential=True),
        secretary=seated(board, "SECRETARY", "PM", name="Sarah Secretary"),
        chair=seated(board, "CHAIR", "PM", name="Charlotte Chair"),
        member=seated(board, "MEMBER", "RD", name="Mia Member"),
        marketing=seated(board, "MEMBER", "MKT", name="Max Marketing"),
        finance=seated(board, "MEMBER", "FIN", name="Fiona Finance"),
        leader=seated(panel, "LEADER", "SE", name="Leo Leader"),
        expert=seated(panel, "EXPERT", "RD", name="Eva Expert"),
        organiser=seated(panel, "ORGANISER", "QA", name="Otto Organiser"),
        lpdt=seated(product.team, "LPDT", "PM", name="Lena Lead"),
        core_member=seated(product.team, "RD", "RD", name="Carl Core"),
        pqa=seated(product.team, "PQA", "QA", name="Paula Quality"),
        outsider=PersonFactory(name="Oscar Outsider"),
        administrator=AdministratorFactory(name="Ada Administrator"),
        academy=seated(school, "CHAIR", "HRD", name="Yara Academy"),
        assessor=seated(school, "MEMBER", "PM", name="Axel Assessor"),
    )
    CertificateFactory(person=house.lpdt)
    seated(other.bodies.get(kind="IPMT").team, "CHAIR", "PM")
    seated(house.confidential_product.team, "LPDT", "PM")
    for code in Function.objects.filter(head=None).values_list("code", flat=True):
        Function.objects.filter(code=code).update(
            head=PersonFactory(function=Function.objects.get(code=code), name=f"Head of {code}")
        )
    return house
