"""When meetings are planned, moved or held, the portfolio and the plans move with them."""

from collections.abc import Iterable

from gates.actions import portfolio
from ipd.actions import meetings


def moved(product_ids: Iterable[int]) -> None:
    """Bring the portfolio's rows and the milestones of these products up to date, at once."""
    ids = set(product_ids)
    portfolio.refresh(ids)
    meetings.moved(ids)
