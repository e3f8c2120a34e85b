"""Who takes part in a newcomer's journey, and the weeks it is told in."""

from dataclasses import dataclass
from datetime import date

from ipd.kernel.days import today
from teams.models import Person, Role, Team
from tests.browser.cast import Cast, Clock, weeks
from tests.browser.conftest import PHONE
from tests.factories.company import House, seated
from tests.factories.people import SeatFactory

HAND = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@dataclass
class World:
    """Nina New and everybody who walks beside her; the path begins today."""

    cast: Cast
    clock: Clock
    house: House
    nina: Person
    assessors: list[Person]
    first: date

    @classmethod
    def of(cls, house: House, cast: Cast, clock: Clock):
        school = Team.objects.get(kind="ACADEMY")
        other = seated(school, "MEMBER", "SVC", name="Theo Third")
        service = Role.objects.get(code="SVC")
        SeatFactory(team=house.confidential_product.team, role=service, person=other)
        return cls(
            cast=cast,
            clock=clock,
            house=house,
            nina=seated(house.product.team, "SE", "SE", name="Nina New", email="nina@norvane.org"),
            assessors=[
                house.assessor,
                seated(school, "MEMBER", "MFG", name="Bea Second"),
                other,
            ],
            first=today(),
        )

    @property
    def mentor(self) -> Person:
        """Of another function, in the same team."""
        return self.house.pqa

    @property
    def manager(self) -> Person:
        return self.house.leader

    @property
    def host(self) -> Person:
        return self.house.marketing

    @property
    def lead(self) -> Person:
        return self.house.academy

    @property
    def page(self):
        """Nina at her desk, on the academy's first page."""
        return self.cast.page(self.nina)

    @property
    def phone(self):
        """The same page in her hand."""
        return self.cast.page(self.nina, kind="phone", **HAND)

    def week(self, number: int) -> None:
        """It is the first day of this week of the path."""
        self.clock.put(self.first + weeks(number - 1))
