"""Student's t distribution: its quantiles, by the continued fraction of the incomplete beta.

Source: Numerical Recipes, 3rd edition, 6.4 (Lentz's method).
"""

from math import exp, lgamma, log

CLOSE, TINY, MOST_STEPS = 1e-14, 1e-300, 400


def quantile(share: float, freedom: float) -> float:
    """The t below which `share` (above 0.5) of the distribution lies.

    >>> round(quantile(0.975, 10), 3), round(quantile(0.975, 2.5), 3)
    (2.228, 3.575)
    """
    low, high = 0.0, 1.0
    while cumulated(high, freedom) < share:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if cumulated(middle, freedom) >= share else (middle, high)
    return high


def cumulated(t: float, freedom: float) -> float:
    """The share of the distribution below t (t ≥ 0).

    >>> round(cumulated(2.228139, 10), 4)
    0.975
    """
    return 1 - incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function.

    >>> incomplete_beta(0.0, 2, 3), round(incomplete_beta(0.5, 2, 3), 4), incomplete_beta(1.0, 2, 3)
    (0.0, 0.6875, 1.0)
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = _inverse(1 + step * d)
            c = 1 + step / c
            c = c if abs(c) > TINY else TINY
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _inverse(value: float) -> float:
    return 1 / (value if abs(value) > TINY else TINY)
