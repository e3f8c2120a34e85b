"""What a product's page shows of the product itself: people and bodies."""

from ipd.models import LineBody, Product
from teams.models import Person, Seat


def find(person: Person):
    """Visible products with everything the page's head names."""
    return Product.objects.visible_to(person).select_related(
        "line", "phase", "process", "team", "row"
    )


def core_team(product: Product) -> list[Seat]:
    """The core seats of today, filled or open, in the process's order of roles."""
    return list(
        Seat.objects.current()
        .filter(team=product.team_id, role__is_core=True)
        .select_related("role", "function", "person", "deputy")
        .order_by("role__order", "pk")
    )


def bodies(product: Product) -> list[LineBody]:
    """The bodies that decide for the product's line."""
    return list(LineBody.objects.filter(line=product.line_id).select_related("team"))
