"""Whose money a person may read, of many products at once, and who closes the company's months."""

from django.db.models import F, Q, QuerySet

from ipd.models import Product
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn


def products_with_money(person: Person) -> QuerySet[Product]:
    """The visible products whose money the person may see: `can_see_money`, for a set."""
    if person.is_anonymous:
        return Product.objects.none()
    seats = Seat.objects.current()
    rights = DecisionRight.objects.filter(act="see_money")
    teams = seats.filter(
        Q(person=person) | Q(deputy=person),
        role__rights__in=rights.filter(seated_in=SeatedIn.TEAM),
    )
    lines = seats.filter(
        person=person,
        role__rights__act="see_money",
        role__rights__seated_in=SeatedIn.BODY,
        role__rights__body_kind=F("team__kind"),
    )
    return Product.objects.visible_to(person).filter(
        Q(team__in=teams.values("team")) | Q(line__in=lines.values("team__bodies__line"))
    )


def can_close_months(person: Person) -> bool:
    """A seat in a body of the company that carries the right closes the books of a month."""
    rights = DecisionRight.objects.filter(
        act="close_month",
        seated_in=SeatedIn.BODY,
        role__seats__person=person,
        role__seats__team__bodies__line=None,
        role__seats__team__bodies__isnull=False,
        role__seats__team__kind=F("body_kind"),
        role__seats__in=Seat.objects.current(),
    )
    return rights.exists()
