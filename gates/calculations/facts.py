"""What a figure makes of a criterion, and what remains of it after its owner's judgement."""

from collections.abc import Iterable
from decimal import Decimal

# From best to worst: a figure that is missing can still turn out well, one that fails cannot.
SEVERITY = ("met", "partly", "no_data", "not_met")


def state_of(
    figure: Decimal | None, *, operator: str, threshold: Decimal, partly: Decimal | None = None
) -> str:
    """The state of a criterion whose measure reads `figure`, in the unit of the thresholds.

    operator  ">=" or "<="; on the threshold itself the criterion is met.
    partly    the weaker threshold from which it is partly met; None: it is met or it is not.

    >>> state_of(Decimal("94.9"), operator=">=", threshold=Decimal(95), partly=Decimal(90))
    'partly'
    >>> state_of(Decimal(3), operator="<=", threshold=Decimal(3))
    'met'
    >>> state_of(None, operator=">=", threshold=Decimal(0))
    'no_data'
    """
    if figure is None:
        return "no_data"
    sign = 1 if operator == ">=" else -1
    if sign * figure >= sign * threshold:
        return "met"
    if partly is not None and sign * figure >= sign * partly:
        return "partly"
    return "not_met"


def worst(states: Iterable[str]) -> str:
    """The worst of some states; blank ones say nothing.

    >>> worst(["met", "partly"]), worst(["not_met", ""])
    ('partly', 'not_met')
    """
    return max((state for state in states if state), key=SEVERITY.index)
