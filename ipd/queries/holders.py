"""Who holds an act today: the people to tell, and to ask."""

from collections.abc import Iterable

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
    # In one filter, so that place and act are said of one and the same right.
    seats = Seat.objects.current().filter(
        in_body | in_team if product else in_body, role__rights__act=act, person__isnull=False
    )
    return list(Person.objects.filter(pk__in=seats.values("person"), is_active=True))


def of_acts(product: Product, *acts: str) -> list[Person]:
    """Holders of any of these acts on the product's work, each once."""
    found = {p.pk: p for act in acts for p in of_act(act, line=product.line, product=product)}
    return list(found.values())


def core_people(product: Product) -> list[Person]:
    """Everybody with a core seat in the product's team."""
    seats = Seat.objects.current().filter(team=product.team_id, role__is_core=True)
    return list(Person.objects.filter(pk__in=seats.values("person"), is_active=True))


def who_may_see(product: Product | None, people: Iterable[Person | None]) -> list[Person]:
    """Those of `people`, each once, who may see the product: a notice about it is a sight of it."""
    each = list({person.pk: person for person in people if person is not None}.values())
    if product is None or not product.is_confidential:
        return each
    products = Product.objects.filter(pk=product.pk)
    return [person for person in each if products.visible_to(person).exists()]
