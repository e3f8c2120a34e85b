"""How sure a share of few observations is."""

from math import sqrt

SURE = 1.959963984540054  # standard deviations on both sides of 95 % of a normal distribution
CERTAIN_FROM = 30  # observations


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score; 0…1 without an observation.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not n:
        return 0.0, 1.0
    share, square = hits / n, SURE**2
    middle = share + square / (2 * n)
    spread = SURE * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + square / n) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)
