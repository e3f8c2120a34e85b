"""What a product's page shows of the product itself: people and bodies."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ipd.models import LineBody, Product
from teams.models import Person, Seat


def find(person: Person):
    """Visible products with all that the page's head names, and the bodies of their line."""
    told = JSONObject(kind="kind", team="team", name="team__name")
    bodies = LineBody.objects.filter(line=OuterRef("line")).order_by("kind")
    return (
        Product.objects.visible_to(person)
        .select_related("line", "phase", "process", "team", "row")
        .annotate(bodies=ArraySubquery(bodies.values(told=told)))
    )


def core_team(product: Product) -> list[Seat]:
    """The core seats of today, filled or open, in the process's order of roles."""
    return list(
        Seat.objects.current()
        .filter(team=product.team_id, role__is_core=True)
        .select_related("role", "function", "person", "deputy")
        .order_by("role__order", "pk")
    )
