"""Bonus rounds as the worked example of the domain reference has them, and who signs them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from gates.models.reviews import Stage
from ipd.kernel.measures import Unit
from teams.models import (
    BonusFinding,
    BonusGrade,
    BonusKpi,
    BonusMember,
    BonusRound,
    BonusTeam,
    Function,
    Kpi,
    Person,
    Role,
    Team,
)
from tests.factories.company import House, seated
from tests.factories.gates import ConditionFactory, ReviewFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.people import FunctionFactory, PersonFactory, SeatFactory
from tests.factories.products import BodyFactory, ProductFactory
from tests.teams.bonus_example import FIGURES, INSIDE_P10, KPIS, TEAMS, WEIGHTS

MONTH = date(2026, 10, 1)
FUNCTIONS = {"LPDT": "PM", "SE": "SE", "PQA": "QA", "RD1": "RD", "RD2": "RD"}


class BonusRoundFactory(DjangoModelFactory):
    """A draft over twelve months to October 2026."""

    class Meta:
        model = BonusRound

    name = factory.Sequence("Bonus {}".format)
    first_month, last_month = date(2025, 11, 1), MONTH
    fund = Decimal(600_000)
    currency = "EUR"
    reserve = "Development fund"


class BonusKpiFactory(DjangoModelFactory):
    class Meta:
        model = BonusKpi

    round = factory.SubFactory(BonusRoundFactory)
    kpi = factory.SubFactory(KpiFactory)
    weight = 25
    floor, target, stretch = Decimal(70), Decimal(85), Decimal(92)


class BonusTeamFactory(DjangoModelFactory):
    class Meta:
        model = BonusTeam

    round = factory.SubFactory(BonusRoundFactory)
    team = factory.LazyFunction(lambda: ProductFactory().team)


class BonusMemberFactory(DjangoModelFactory):
    class Meta:
        model = BonusMember

    team = factory.SubFactory(BonusTeamFactory)
    person = factory.SubFactory(PersonFactory)
    role = factory.LazyFunction(lambda: Role.objects.get(code="RD"))
    function = factory.LazyAttribute(lambda self: self.person.function)
    participation, grade = Decimal(1), Decimal(1)


class BonusFindingFactory(DjangoModelFactory):
    class Meta:
        model = BonusFinding

    team = factory.SubFactory(BonusTeamFactory)
    kind, key = "overdue", factory.Sequence("condition:{}".format)
    text = "38 days overdue"


@dataclass
class Board:
    """The company's board: who prepares a round, and who approves it in which role."""

    team: Team
    secretary: Person
    chair: Person
    member: Person
    other: Person


def board() -> Board:
    """The investment review board of the company, everybody seated."""
    team = BodyFactory(line=None, kind="IRB").team
    return Board(
        team,
        secretary=seated(team, "SECRETARY", "PM", name="Samuel Secretary"),
        chair=seated(team, "CHAIR", "PM", name="Astrid Chair"),
        member=seated(team, "MEMBER", "FIN", name="Henrik Finance"),
        other=seated(team, "MEMBER", "MKT", name="Louise Marketing"),
    )


@dataclass
class Example:
    """The worked example as rows; the house's product is P10."""

    round: BonusRound
    board: Board
    house: House
    teams: dict[str, BonusTeam] = field(default_factory=dict)
    members: dict[str, BonusMember] = field(default_factory=dict)

    @property
    def p10(self) -> BonusTeam:
        return BonusTeam.objects.select_related("round", "team").get(pk=self.teams["P10"].pk)

    def fresh(self) -> BonusRound:
        return BonusRound.objects.get(pk=self.round.pk)

    def heads(self) -> list[tuple[Function, Person]]:
        """Each function of P10's members with its head."""
        functions = Function.objects.filter(
            pk__in=BonusMember.objects.filter(team=self.p10).values("function")
        )
        return [(one, one.head) for one in functions.select_related("head").order_by("code")]

    def contributions(self) -> dict[int, Decimal]:
        """What the example says that each member contributed."""
        return {self.members[seat].pk: row[2] for seat, row in INSIDE_P10.items()}


def example(house: House) -> Example:
    """A draft of the worked example: three teams with their readings, P10 with its members.

    P05 has a condition that is 38 days overdue on 2026-11-22.
    """
    made = Example(BonusRoundFactory(name="2026"), board(), house)
    kpis = [
        KpiFactory(code=code, unit=Unit.COUNT, direction="up" if row[0] < row[1] else "down")
        for code, row in KPIS.items()
    ]
    for kpi, scale, weight in zip(kpis, KPIS.values(), WEIGHTS, strict=True):
        BonusKpi.objects.create(
            round=made.round,
            kpi=kpi,
            weight=weight,
            **dict(zip(("floor", "target", "stretch"), scale, strict=True)),
        )
    for code, (heads, _gate) in TEAMS.items():
        team = house.product.team if code == "P10" else ProductFactory(line=house.line).team
        made.teams[code] = BonusTeamFactory(round=made.round, team=team, specialists=heads)
        read(team, kpis, FIGURES[code])
    overdue = date(2026, 10, 15)
    review = ReviewFactory(product=made.teams["P05"].team.product, stage=Stage.DECIDED)
    ConditionFactory(review=review, due_on=overdue, original_due_on=overdue)
    _seat(made)
    return made


def read(team: Team, kpis: list[Kpi], figures) -> None:
    """Readings of the example's month, brought in from a file."""
    for kpi, figure in zip(kpis, figures, strict=True):
        KpiReadingFactory(
            **{"kpi": kpi, "team": team, "month": MONTH, "source": "imported", "entered_by": None},
            **{"numerator": figure, "denominator": 1, "n": 40},
        )


def _seat(made: Example) -> None:
    """P10's members; people without a seat make up what is left of its headcount."""
    row, house = made.teams["P10"], made.house
    known = {"LPDT": house.lpdt, "RD1": house.core_member, "PQA": house.pqa}
    for seat, (participation, grade, _contribution) in INSIDE_P10.items():
        code = FUNCTIONS.get(seat, seat)
        function = FunctionFactory(code=code)
        role = Role.objects.get(code="RD" if code == "RD" else seat)
        person = known.get(seat)
        if person is None:
            person = PersonFactory(name=f"Member {seat}", function=function)
            if seat != "RD2":
                SeatFactory(team=row.team, role=role, person=person, function=function)
        made.members[seat] = BonusMember.objects.create(
            team=row,
            person=person,
            role=role,
            function=function,
            participation=participation,
            grade=grade,
        )
        row.specialists -= participation * grade
    row.save(update_fields=["specialists"])


def grade(row: BonusRound, code: str, weight: str) -> BonusGrade:
    return BonusGrade.objects.create(
        round=row, role=Role.objects.get(code=code), weight=Decimal(weight)
    )
