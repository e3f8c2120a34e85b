"""What the gates show on the pages of packages below: products, teams, people."""

from django.db.models import Q

from gates.models import Review
from gates.queries import gate_days, home, products
from gates.queries.calendar import LATE_FIRST
from ipd.kernel.days import today
from ipd.kernel.panels import Panel, register
from ipd.models import Product
from ipd.queries.networks import tells_gate_days
from teams.models import Person, Team
from teams.permissions import can_see_own_work


def gates_of_product(person: Person, product: Product) -> Panel:
    """Every review of the product, in the order of days, and its last decision."""
    reviews = products.reviews(product)
    decided = [review for review in reviews if review.decision_id]
    return Panel(
        "gates/panels/product_gates.html",
        {"reviews": reviews, "last": decided[-1] if decided else None, "today": today()},
    )


def conditions_of_product(person: Person, product: Product) -> Panel:
    """What the product's decisions still ask for."""
    return Panel(
        "gates/panels/product_conditions.html",
        {"conditions": products.unsettled(product), "today": today(), "product": product},
    )


def tailoring_of_product(person: Person, product: Product) -> Panel | None:
    """Where the product departs from its process."""
    tailored = products.tailoring(product)
    return (
        Panel("gates/panels/product_tailoring.html", {"tailored": tailored}) if tailored else None
    )


def reviews_of_team(person: Person, team: Team) -> Panel | None:
    """The next reviews that the team decides or goes through."""
    reviews = list(
        Review.objects.open()
        .real()
        .visible_to(person)
        .filter(Q(body=team) | Q(product__team=team))
        .select_related("product")
        .order_by(*LATE_FIRST)[:10]
    )
    context = {"reviews": reviews, "today": today()}
    return Panel("gates/panels/team_reviews.html", context) if reviews else None


def own_work(person: Person, subject: Person) -> Panel | None:
    """What waits for the person, on their own page and for nobody else."""
    if not can_see_own_work(person, subject):
        return None
    conditions, criteria = home.conditions(person), home.criteria(person)
    return Panel(
        "gates/panels/own_work.html",
        {"conditions": conditions, "criteria": criteria, "today": today()},
    )


tells_gate_days(gate_days.meetings)
register("product", gates_of_product)
register("product", conditions_of_product)
register("product-aside", tailoring_of_product)
register("team", reviews_of_team)
register("person", own_work)
