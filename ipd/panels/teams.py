"""What products and lines show on the page of a team."""

from ipd.kernel.panels import Panel, register
from ipd.models import LineBody, Product
from teams.models import Person, Team


def served_by(person: Person, team: Team) -> Panel | None:
    """The product a team answers for, or the lines a body decides for."""
    product = (
        Product.objects.visible_to(person)
        .filter(team=team)
        .select_related("line", "phase", "row")
        .first()
    )
    if product is not None:
        hidden = product.code if product.is_confidential else ""
        return Panel("ipd/panels/team_product.html", {"product": product, "confidential": hidden})
    bodies = list(LineBody.objects.filter(team=team).select_related("line"))
    return Panel("ipd/panels/team_lines.html", {"bodies": bodies}) if bodies else None


register("team-head", served_by)
