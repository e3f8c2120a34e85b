"""The product's work asks for an unplanned decision gate; here it is booked."""

from gates.actions import effects
from ipd.actions import unplanned
from ipd.models import Product
from teams.models import Person


def book(product: Product, *, reason: str, by: Person | None) -> bool:
    """Book an unplanned gate unless one is open; whether it was booked now."""
    return effects.request_unplanned(product, reason=reason, by=by) is not None


unplanned.ASKED.append(book)
