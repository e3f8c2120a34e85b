"""Who holds an act today: the people to tell, and to ask."""

from django.db.models import F, Q

from ipd.models import Product, ProductLine
from teams.models import Person, Seat
from teams.models.rights import SeatedIn


def of_act(act: str, *, line: ProductLine, product: Product | None = None) -> list[Person]:
    """Holders of seats that may do the act in the product's team, or in a body of the line."""
    in_body = Q(
        role__rights__seated_in=SeatedIn.BODY,
        team__bodies__line=line,
        team__kind=F("role__rights__body_kind"),
    )
    in_team = Q(role__rights__seated_in=SeatedIn.TEAM, team=product.team_id if product else None)
    seats = (
        Seat.objects.current()
        .filter(in_body | in_team if product else in_body)
        .filter(role__rights__act=act, person__isnull=False)
    )
    return list(Person.objects.filter(pk__in=seats.values("person"), is_active=True))


def who_may_see(product: Product | None, people) -> list[Person]:
    """Those of the people who may know that the product exists."""
    people = [person for person in people if person is not None]
    if product is None or not product.is_confidential:
        return people
    products = Product.objects.filter(pk=product.pk)
    return [person for person in people if products.visible_to(person).exists()]
