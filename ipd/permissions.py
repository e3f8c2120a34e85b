"""Who may see a product's money, and which teams stay hidden with a confidential product."""

from django.db.models import Q, QuerySet

from ipd.models import Product
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn
from teams.permissions import hides_teams


def can_see_money(person: Person, product: Product) -> bool:
    """A seat in the product's team, or in a body of its line, that carries the grant.

    A deputy stands in for the holder in the team; in a body only the holder counts.
    """
    today = Seat.objects.current()
    team = Q(
        Q(role__seats__person=person) | Q(role__seats__deputy=person),
        seated_in=SeatedIn.TEAM,
        role__seats__team=product.team_id,
        role__seats__in=today,
    )
    body = Q(
        seated_in=SeatedIn.BODY,
        role__seats__person=person,
        role__seats__team__bodies__line=product.line_id,
        role__seats__in=today,
    )
    return DecisionRight.objects.filter(team | body, act="see_money").exists()


@hides_teams
def teams_of_hidden_products(person: Person) -> QuerySet:
    """The teams of confidential products that the person may not see."""
    seen = Product.objects.visible_to(person).filter(is_confidential=True)
    hidden = Product.objects.filter(is_confidential=True).exclude(pk__in=seen.values("pk"))
    return hidden.values("team_id")
