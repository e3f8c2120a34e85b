"""Supply: exposure of a lost part, the last order before an end, and how a chain performs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import sqrt

# Share of months in which the safety stock is to be enough → z of the normal distribution.
SERVICE = {50: 0.0, 80: 0.8416, 90: 1.2816, 95: 1.6449, 98: 2.0537, 99: 2.3263}
PEAK_PERCENT = 85  # of capacity; a plan that is fuller has no room for what goes wrong


def gap(ttr: Decimal, tts: Decimal) -> Decimal:
    """Weeks without a part after a total loss of its supply: TTR − TTS, never below zero.

    >>> gap(Decimal(34), Decimal(6)), gap(Decimal(10), Decimal(12))
    (Decimal('28'), Decimal('0'))
    """
    return max(Decimal(0), ttr - tts)


def exposure(ttr: Decimal, tts: Decimal, weekly_contribution: Decimal) -> Decimal:
    """What the loss of a part's supply would cost, in the money of the contribution.

    ttr                  weeks until that supply, or an alternate, is back (time to recover)
    tts                  weeks that demand is served from stock and pipeline (time to survive)
    weekly_contribution  of all products that need the part, through assemblies

    An optical engine, a power amplifier, a controller and a part of two sources, in k€:

    >>> exposure(Decimal(34), Decimal(6), Decimal(95 + 60))
    Decimal('4340')
    >>> exposure(Decimal(22), Decimal(9), Decimal(70))
    Decimal('910')
    >>> exposure(Decimal(18), Decimal(14), Decimal(22 + 18))
    Decimal('160')
    >>> exposure(Decimal(10), Decimal(12), Decimal(155))
    Decimal('0')
    """
    return gap(ttr, tts) * weekly_contribution


@dataclass(frozen=True)
class LastBuy:
    """A last order, in pieces: what it is made of."""

    demand: Decimal
    scrap: Decimal
    safety: int
    needed: Decimal
    quantity: int


def last_time_buy(
    monthly: Sequence[Decimal | int],
    *,
    scrap_percent: Decimal,
    stock: int,
    on_order: int,
    sigma: Decimal,
    z: float,
    pack: int,
) -> LastBuy:
    """How many to order last, so that they last.

    monthly        demand of each month of the horizon, production and spares, in pieces
    scrap_percent  pieces lost per hundred needed
    sigma, z       standard deviation of a month's forecast error in pieces, and the normal
                   quantile of the service wanted: z · σ · √months are bought on top
    pack           the order is a multiple of it

    120 pieces a month for two years, 2 % scrap, z = 1.6449 and σ = 30: 2937.6 − 500 + 241.75.

    >>> last_time_buy([120] * 24, scrap_percent=Decimal(2), stock=400, on_order=100,
    ...               sigma=Decimal(30), z=1.6449, pack=250).quantity
    2750

    What lies there already is not ordered again:

    >>> last_time_buy([10], scrap_percent=Decimal(0), stock=50, on_order=0,
    ...               sigma=Decimal(0), z=0, pack=10).quantity
    0
    """
    demand = sum((Decimal(units) for units in monthly), Decimal(0))
    scrap = demand * scrap_percent / 100
    raw = Decimal(str(round(z * float(sigma) * sqrt(len(monthly)), 6)))
    safety = int(raw.to_integral_value(ROUND_CEILING))
    needed = max(Decimal(0), demand + scrap - stock - on_order + safety)
    packs = int((needed / pack).to_integral_value(ROUND_CEILING))
    return LastBuy(demand, scrap, safety, needed, packs * pack)


def carrying_cost(
    monthly: Sequence[Decimal | int], *, quantity: int, unit_cost: Decimal, yearly_percent: Decimal
) -> Decimal:
    """Cost of keeping a last order until it is used up, in the money of the unit cost.

    Each month's mean stock (half of the month's demand is still there in its middle) costs a
    twelfth of the yearly rate; what is left at the end of the horizon is not counted on.

    >>> carrying_cost([50, 50], quantity=100, unit_cost=Decimal(12), yearly_percent=Decimal(10))
    Decimal('10.00')
    """
    cost, left = Decimal(0), Decimal(quantity)
    for units in monthly:
        after = max(Decimal(0), left - Decimal(units))
        cost += (left + after) / 2 * unit_cost * yearly_percent / 1200
        left = after
    return round(cost, 2)


def burn_down(total: int, done_by_month: Sequence[int]) -> list[int]:
    """What remains at the end of each month.

    >>> burn_down(46, [3, 4, 0])
    [43, 39, 39]
    """
    remaining = []
    for done in done_by_month:
        total -= done
        remaining.append(total)
    return remaining


# How a chain performs (SCOR) ------------------------------------------------------------------


def on_time_delivery(on_time_in_full: int, due: int) -> Decimal | None:
    """Order lines delivered in full by their day, of the lines due.

    >>> on_time_delivery(94, 100), on_time_delivery(0, 0)
    (Decimal('0.94'), None)
    """
    return Decimal(on_time_in_full) / due if due else None


def perfect_order(*shares: Decimal) -> Decimal:
    """Share of perfect orders if complete, on time, undamaged and documented fail independently.

    >>> perfect_order(Decimal("0.95"), Decimal("0.94"), Decimal("0.99"), Decimal("0.98"))
    Decimal('0.86638860')
    """
    product = Decimal(1)
    for share in shares:
        product *= share
    return product.quantize(Decimal("0.00000001"))


def forecast_accuracy(
    forecast: Sequence[Decimal | int], actual: Sequence[Decimal | int]
) -> Decimal | None:
    """1 − Σ|F − A| ÷ ΣA; None without demand. Below zero when the forecast missed by more.

    >>> forecast_accuracy([100, 120, 90], [110, 100, 90])
    Decimal('0.9')
    """
    total = sum((Decimal(units) for units in actual), Decimal(0))
    if not total:
        return None
    missed = sum(abs(Decimal(f) - Decimal(a)) for f, a in zip(forecast, actual, strict=True))
    return 1 - missed / total


def inventory_turns(yearly_cost_of_goods: Decimal, average_inventory: Decimal) -> Decimal | None:
    """How often a year the inventory is sold.

    >>> inventory_turns(Decimal(36), Decimal(10))
    Decimal('3.6')
    """
    return yearly_cost_of_goods / average_inventory if average_inventory else None


def cash_to_cash(
    inventory_days: Decimal, receivable_days: Decimal, payable_days: Decimal
) -> Decimal:
    """Days from paying for material to being paid for products; negative is good.

    >>> cash_to_cash(Decimal(60), Decimal(45), Decimal(50))
    Decimal('55')
    """
    return inventory_days + receivable_days - payable_days


def headroom(demand: int, capacity: int) -> Decimal:
    """What could be made above the demand of a month, as a share of it; below zero it is short.

    >>> headroom(180, 225), headroom(100, 80)
    (Decimal('0.25'), Decimal('-0.2'))
    """
    return Decimal(capacity) / demand - 1


def utilisation(demand: int, capacity: int | None) -> Decimal | None:
    """Demand of a month in percent of what can be made.

    >>> utilisation(1150, 1200)
    Decimal('95.8')
    """
    return round(Decimal(100) * demand / capacity, 1) if capacity else None
