"""An unplanned decision gate is needed: said here, booked by whoever keeps the reviews.

The product's work knows no gates; who does enters a function in ASKED.
"""

from typing import Protocol

from ipd.models import Product
from teams.models import Person


class Asked(Protocol):
    """Books a gate for the product unless one is open, and says whether it did."""

    def __call__(self, product: Product, *, reason: str, by: Person | None) -> bool: ...


ASKED: list[Asked] = []


def ask(product: Product, *, reason: str, by: Person | None) -> bool:
    """Ask for an unplanned gate, in the caller's transaction; true if one was booked."""
    booked = [asked(product, reason=reason, by=by) for asked in ASKED]
    return any(booked)
