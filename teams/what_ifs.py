"""What might happen to what a team answers for: offered by packages that know how it would.

A what-if happens inside a transaction that is always rolled back; what it moves is read while
it lasts.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class WhatIf:
    """`happen()` does it, with the actions that would do it in earnest; `key` names it."""

    key: str
    label: str
    happen: Callable[[], object]


Offer = Callable[[int], list[WhatIf]]
OFFERS: list[Offer] = []


def offers(offer: Offer) -> Offer:
    """Register `offer(measured id)`: what may happen to it next; one query."""
    if offer not in OFFERS:
        OFFERS.append(offer)
    return offer


def offered(measured: int) -> list[WhatIf]:
    """All that is offered about one measured thing."""
    return [one for offer in OFFERS for one in offer(measured)]
