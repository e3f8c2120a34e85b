"""The way back from the last change of many requirements, kept for half an hour where one reads.

It is a person's own and of no use to others, so it lies in the session; whether a row can
still go back is asked of the row itself.
"""

import time
import uuid
from dataclasses import asdict

from ipd.actions.requirement_bulk import Outcome, Was
from ipd.models import Product

KEY = "requirements_before"
LASTS = 30 * 60  # seconds


def keep(request, product: Product, outcome: Outcome) -> None:
    """Remember what the rows were; it takes the place of an older way back."""
    request.session[KEY] = {
        "number": uuid.uuid4().hex,
        "product": product.pk,
        "until": time.time() + LASTS,
        "said": str(outcome),
        "was": [asdict(one) for one in outcome.was],
    }


def of(request, product: Product) -> dict | None:
    """What is offered on this product's list: what was said, and the number to ask with."""
    kept = request.session.get(KEY)
    fresh = kept and kept["product"] == product.pk and kept["until"] > time.time()
    return kept if fresh else None


def take(request, product: Product, number: str) -> list[Was] | None:
    """The rows as they were, once; None when it is gone, or a newer change took its place."""
    kept = of(request, product)
    if kept is None or kept["number"] != number:
        return None
    del request.session[KEY]
    return [Was(**one) for one in kept["was"]]
