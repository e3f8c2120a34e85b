"""A business case in figures: worth today, rate of return, payback, and the case half a year late.

All flows are yearly sums of one currency at the end of each year, year 0 first; money spent is
negative. A rate is a fraction per year: 0.12 is 12 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

ZERO = Decimal(0)
HALF = Decimal("0.5")
SEARCHED = (-0.9999, 1e6)  # the rates of return that are looked for


def present_values(flows: Sequence[Decimal], *, rate: Decimal) -> list[Decimal]:
    """Each year's flow as it is worth in year 0."""
    growth = 1 + rate
    return [flow / growth**year for year, flow in enumerate(flows)]


def net_present_value(flows: Sequence[Decimal], *, rate: Decimal) -> Decimal:
    """What all flows are worth in year 0, in the flows' currency.

    >>> p04 = [Decimal(text) for text in "-1.6 -5.1 -2.4 3.9 6.2 5.4 3.1".split()]
    >>> round(net_present_value(p04, rate=Decimal("0.12")), 2)
    Decimal('3.28')
    """
    return sum(present_values(flows, rate=rate), ZERO)


class ReturnKind(StrEnum):
    ONE = "one"
    NONE = "none"
    MULTIPLE = "multiple"


@dataclass(frozen=True)
class RateOfReturn:
    """The rate at which nothing is gained; `rates` holds one, none, or all that were found.

    Where the flows change their sign more than once no rate is the rate: the kind is then
    NONE or MULTIPLE, whatever number of rates solves the equation.
    """

    kind: ReturnKind
    rates: tuple[Decimal, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        return self.rates[0] if self.kind == ReturnKind.ONE else None


def sign_changes(flows: Sequence[Decimal]) -> int:
    """How often spending turns into earning or back; years without a flow are passed over.

    >>> sign_changes([Decimal(-1), Decimal(0), Decimal(3), Decimal(-1)])
    2
    """
    signs = [flow > 0 for flow in flows if flow]
    return sum(here != there for here, there in pairwise(signs))


def internal_rate_of_return(flows: Sequence[Decimal]) -> RateOfReturn:
    """The rates that make the flows worth nothing today, from -99.99 % up.

    >>> p04 = [Decimal(text) for text in "-1.6 -5.1 -2.4 3.9 6.2 5.4 3.1".split()]
    >>> round(100 * internal_rate_of_return(p04).rate, 1)
    Decimal('24.5')
    >>> internal_rate_of_return([Decimal(-100), Decimal(230), Decimal(-132)]).kind.value
    'multiple'
    >>> [round(rate, 4) for rate in
    ...  internal_rate_of_return([Decimal(-100), Decimal(230), Decimal(-132)]).rates]
    [Decimal('0.1000'), Decimal('0.2000')]
    >>> internal_rate_of_return([Decimal(-100), Decimal(-5)]).kind.value
    'none'
    """
    changes = sign_changes(flows)
    rates = _roots([float(flow) for flow in flows]) if changes else []
    if not rates:
        return RateOfReturn(ReturnKind.NONE)
    kind = ReturnKind.ONE if changes == 1 and len(rates) == 1 else ReturnKind.MULTIPLE
    return RateOfReturn(kind, tuple(Decimal(rate).quantize(Decimal("1e-9")) for rate in rates))


def _roots(flows: list[float]) -> list[float]:
    """All rates in SEARCHED where the worth is nothing, rising.

    Between two neighbouring turning points of the worth it rises or falls throughout, so each
    such stretch holds one root at most: turning points are the roots of the derivative, found
    the same way, down to a straight line.
    """
    low, high = (1 / (1 + rate) for rate in reversed(SEARCHED))
    largest = max(map(abs, flows))
    found = _zeros([flow / largest for flow in flows], low, high)
    return sorted(1 / factor - 1 for factor in found)


def _zeros(coefficients: list[float], low: float, high: float) -> list[float]:
    """The places between `low` and `high` where a polynomial (constant first) is zero."""
    while coefficients and not coefficients[-1]:
        coefficients = coefficients[:-1]
    if len(coefficients) < 2:
        return []
    slope = [power * c for power, c in enumerate(coefficients)][1:]
    places = [low, *_zeros(slope, low, high), high]
    found: list[float] = []
    for left, right in pairwise(places):
        zero = _bisect(coefficients, left, right)
        if zero is not None and not (found and abs(zero - found[-1]) <= 1e-7 * abs(zero)):
            found.append(zero)
    return found


def _value(coefficients: list[float], at: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = total * at + coefficient
    return total


def _bisect(coefficients: list[float], left: float, right: float) -> float | None:
    """Where a polynomial that only rises or only falls here is zero; None if nowhere."""
    at_left, at_right = _value(coefficients, left), _value(coefficients, right)
    for place, value in ((left, at_left), (right, at_right)):
        # A turning point may touch zero, and is known only as closely as it was found.
        scale = sum(abs(c) * place**power for power, c in enumerate(coefficients))
        if abs(value) <= 1e-15 * scale:
            return place
    if (at_left > 0) == (at_right > 0):
        return None
    while True:
        # Halving the distance in steps of magnitude reaches both ends of the search alike.
        middle = (left * right) ** 0.5
        if middle in (left, right):
            return middle
        if (_value(coefficients, middle) > 0) == (at_left > 0):
            left = middle
        else:
            right = middle


def payback(flows: Sequence[Decimal]) -> Decimal | None:
    """Years until what was spent is back, interpolated within the year; None if it never is.

    >>> p04 = [Decimal(text) for text in "-1.6 -5.1 -2.4 3.9 6.2 5.4 3.1".split()]
    >>> round(payback(p04), 2)
    Decimal('3.84')
    """
    total = ZERO
    for year, flow in enumerate(flows):
        before, total = total, total + flow
        if total >= 0:
            return year - 1 + -before / flow if year and before < 0 else Decimal(year)
    return None


def discounted_payback(flows: Sequence[Decimal], *, rate: Decimal) -> Decimal | None:
    """The payback in years of flows that are worth less the later they come.

    >>> p04 = [Decimal(text) for text in "-1.6 -5.1 -2.4 3.9 6.2 5.4 3.1".split()]
    >>> round(discounted_payback(p04, rate=Decimal("0.12")), 2)
    Decimal('4.44')
    """
    return payback(present_values(flows, rate=rate))


def return_on_investment(inflows: Sequence[Decimal], outflows: Sequence[Decimal]) -> Decimal | None:
    """(Σ inflow − Σ outflow) ÷ Σ outflow, both positive; None if nothing is spent.

    >>> spent = [Decimal(text) for text in "1.6 5.1 2.4 0 0 0 0".split()]
    >>> earned = [Decimal(text) for text in "0 0 0 3.9 6.2 5.4 3.1".split()]
    >>> round(return_on_investment(earned, spent), 2)
    Decimal('1.04')
    """
    spent = sum(outflows, ZERO)
    return (sum(inflows, ZERO) - spent) / spent if spent else None


def profitability_index(
    inflows: Sequence[Decimal], outflows: Sequence[Decimal], *, rate: Decimal
) -> Decimal | None:
    """1 + net present value ÷ present value of what is spent; None if nothing is.

    >>> spent = [Decimal(text) for text in "1.6 5.1 2.4 0 0 0 0".split()]
    >>> earned = [Decimal(text) for text in "0 0 0 3.9 6.2 5.4 3.1".split()]
    >>> round(profitability_index(earned, spent, rate=Decimal("0.12")), 2)
    Decimal('1.41')
    """
    spent = net_present_value(outflows, rate=rate)
    return net_present_value(inflows, rate=rate) / spent if spent else None


def half_a_year_late(
    inflows: Sequence[Decimal], outflows: Sequence[Decimal], *, extra: Decimal
) -> tuple[list[Decimal], list[Decimal]]:
    """Inflows and outflows if the product comes six months later and its window does not move.

    Each year earns half of its own and half of the year before; what would be earned in the
    half year after the last is lost. `extra` is spent in the last year before the first inflow.

    >>> spent = [Decimal(text) for text in "1.6 5.1 2.4 0 0 0 0".split()]
    >>> earned = [Decimal(text) for text in "0 0 0 3.9 6.2 5.4 3.1".split()]
    >>> later, dearer = half_a_year_late(earned, spent, extra=Decimal(1))
    >>> [str(flow.normalize()) for flow in later[3:]], str(dearer[2])
    (['1.95', '5.05', '5.8', '4.25'], '3.4')
    >>> flows = [earned - spent for earned, spent in zip(later, dearer)]
    >>> round(net_present_value(flows, rate=Decimal("0.12")), 2)
    Decimal('1.18')
    """
    shifted = [ZERO, *inflows[:-1]]
    late = [HALF * own + HALF * before for own, before in zip(inflows, shifted, strict=True)]
    first = next((year for year, flow in enumerate(inflows) if flow), len(inflows))
    dearer = list(outflows)
    if dearer:
        dearer[max(0, first - 1)] += extra
    return late, dearer
