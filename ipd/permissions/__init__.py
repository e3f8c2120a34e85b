"""Who may do what with a product's work, who sees its money, and which teams stay hidden with it.

Rights are rows of DecisionRight: a seat of a role in the product's team, or in a body of its
line, may do an act. What a person may *see* is `Product.objects.visible_to`.
"""

from django.db.models import F, Q, QuerySet

from ipd.models import Product, ProductLine
from teams.models import DecisionRight, Person
from teams.permissions import by_seat_in_body, by_seat_in_team, hides_teams

# A right about a product's work names the kind of body that holds it.
OF_ITS_KIND = Q(role__seats__team__kind=F("body_kind"))


def acts_of(person: Person, product: Product) -> frozenset[str]:
    """The acts that the person's seats allow on the product's work, in one query.

    A deputy stands in for the holder in the team; in a body of the line only the holder
    counts, and only in a body of the kind the right names.
    """
    team = by_seat_in_team(person) & Q(role__seats__team=product.team_id)
    body = _in_bodies_of(product.line_id, person)
    return frozenset(DecisionRight.objects.filter(team | body).values_list("act", flat=True))


def acts_in_line(person: Person, line: ProductLine) -> frozenset[str]:
    """The acts that a seat in one of the line's bodies allows, in one query."""
    rights = DecisionRight.objects.filter(_in_bodies_of(line.pk, person))
    return frozenset(rights.values_list("act", flat=True))


def _in_bodies_of(line_id: int, person: Person) -> Q:
    return by_seat_in_body(person) & OF_ITS_KIND & Q(role__seats__team__bodies__line=line_id)


def may(person: Person, act: str) -> Q:
    """A condition on products: `acts_of` has the act, said of all of them at once."""
    rights = DecisionRight.objects.filter(act=act)
    teams = rights.filter(by_seat_in_team(person)).values("role__seats__team")
    bodies = rights.filter(by_seat_in_body(person) & OF_ITS_KIND)
    lines = bodies.values("role__seats__team__bodies__line")
    return Q(team__in=teams.order_by()) | Q(line__in=lines.order_by())


def products_where(person: Person, act: str) -> QuerySet[Product]:
    """Visible products on which the person may do the act."""
    return Product.objects.visible_to(person).filter(may(person, act))


def can(person: Person, act: str, product: Product) -> bool:
    """The person holds a seat whose right names this act."""
    return act in acts_of(person, product)


def can_see_money(person: Person, product: Product) -> bool:
    """A seat in the product's team, or in the line's board, that carries the grant."""
    return can(person, "see_money", product)


@hides_teams
def teams_of_hidden_products(person: Person) -> QuerySet:
    """The teams of confidential products that the person may not see."""
    seen = Product.objects.visible_to(person).filter(is_confidential=True)
    hidden = Product.objects.filter(is_confidential=True).exclude(pk__in=seen.values("pk"))
    return hidden.values("team_id")
