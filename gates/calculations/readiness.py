"""How ready a pack is, from what the team says of each criterion."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

# A must counts twice a should; what is advisory does not count.
WEIGHTS = {"must": 2, "should": 1, "advisory": 0}
VALUES = {"met": Decimal(1), "partly": Decimal("0.5"), "not_met": Decimal(0), "no_data": Decimal(0)}


def readiness_percent(criteria: Iterable[tuple[str, str]]) -> int | None:
    """The weighted share of criteria that are met, in whole percent; None without criteria.

    criteria  pairs of weight ("must", "should", "advisory") and state ("met", "partly", …).

    >>> readiness_percent([("must", "met"), ("should", "not_met")])
    67
    >>> readiness_percent([]) is None
    True
    """
    pairs = list(criteria)
    whole = sum(WEIGHTS[weight] for weight, _state in pairs)
    if not whole:
        return None
    done = sum(WEIGHTS[weight] * VALUES[state] for weight, state in pairs)
    return int((100 * done / whole).quantize(Decimal(1), ROUND_HALF_UP))
