"""Who may do what with a product's work, who sees its money, and which teams stay hidden with it.

Rights are rows of DecisionRight: a seat of a role in the product's team, or in a body of its
line, may do an act. What a person may *see* is `Product.objects.visible_to`.
"""

from django.db.models import F, Q, QuerySet

from ipd.models import Product, ProductLine
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn
from teams.permissions import hides_teams


def _in_bodies_of(line_id: int, person: Person) -> Q:
    """The person's own seat in a body of the line; the kind of body is the right's own."""
    return Q(
        seated_in=SeatedIn.BODY,
        role__seats__person=person,
        role__seats__team__bodies__line=line_id,
        role__seats__team__kind=F("body_kind"),
        role__seats__in=Seat.objects.current(),
    )


def acts_of(person: Person, product: Product) -> frozenset[str]:
    """The acts that the person's seats allow on the product's work, in one query.

    A deputy stands in for the holder in the team; in a body of the line only the holder
    counts, and only in a body of the kind the right names.
    """
    team = Q(
        Q(role__seats__person=person) | Q(role__seats__deputy=person),
        seated_in=SeatedIn.TEAM,
        role__seats__team=product.team_id,
        role__seats__in=Seat.objects.current(),
    )
    body = _in_bodies_of(product.line_id, person)
    return frozenset(DecisionRight.objects.filter(team | body).values_list("act", flat=True))


def acts_in_line(person: Person, line: ProductLine) -> frozenset[str]:
    """The acts that a seat in one of the line's bodies allows, in one query."""
    rights = DecisionRight.objects.filter(_in_bodies_of(line.pk, person))
    return frozenset(rights.values_list("act", flat=True))


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
