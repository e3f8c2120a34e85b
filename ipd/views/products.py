"""The page of one product."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ipd.kernel.money import money
from ipd.kernel.panels import panels
from ipd.permissions import can_see_money
from ipd.queries import budgets, products
from ipd.queries.portfolio import STATES


@require_safe
def page(request, pk):
    """Head, team and money of the product, and what other packages know about it."""
    product = get_object_or_404(products.find(request.user), pk=pk)
    granted = can_see_money(request.user, product)
    row = getattr(product, "row", None)
    team = products.core_team(product)
    context = {
        "product": product,
        "row": row,
        "state_word": STATES[row.state if row else "none"],
        "team": team,
        "lead": team[0] if team else None,
        "filled": sum(seat.person_id is not None for seat in team),
        "granted": granted,
        "restricted": money(None, "", granted=False),
        "money": budgets.of(product) if granted else None,
        "panels": panels("product", request.user, product),
        "side_panels": panels("product-aside", request.user, product),
    }
    return render(request, "ipd/products/detail.html", context)
