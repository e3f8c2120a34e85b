"""Short ways to change a part."""

from ipd.actions import parts
from ipd.models.parts import SCORES

DECIDED = dict.fromkeys(SCORES, 3) | {"make_buy": "buy", "make_buy_reason": "Standard technology"}


def change(part, by, **facts):
    return parts.change(part, by=by, seen_version=part.version, **facts)
