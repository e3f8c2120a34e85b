"""Trade-offs, promises and sheets: the smallest valid ones."""

from decimal import Decimal

from ipd.actions import appeals, promises, trade_offs
from ipd.actions.trade_offs import Side
from ipd.kernel.days import today
from ipd.models import AppealsSheet, CustomerPromise, Product, TradeOff
from ipd.models.requirement_words import BuyingCriterion

EVEN = dict.fromkeys(BuyingCriterion.values, Decimal("0.125"))


def trade_off(product: Product, *, owner, **fields) -> TradeOff:
    """Between two limits that `owner` stands for."""
    given = {
        "title": "Weight against strength",
        "text": "Both cannot be had.",
        "dimension": "performance",
        "decide_by": today(),
        "sides": [Side(limit="At most 2 kg", owner=owner), Side(limit="Holds 90 kg", owner=owner)],
        "by": owner,
    }
    return trade_offs.raise_(product, **(given | fields))


def option(row: TradeOff, **fields):
    """A way out that costs nothing."""
    row.refresh_from_db()
    given = {
        "name": "Thinner plate",
        "text": "",
        "days": 0,
        "cost": Decimal(0),
        "currency": "EUR",
        "loses": "",
        "is_recommended": False,
        "seen_version": row.version,
    }
    made = trade_offs.offer(row, **(given | fields))
    row.refresh_from_db()
    return made


def promise(product: Product, *, by, **fields) -> CustomerPromise:
    """A feature without a requirement behind it."""
    given = {"customer": "Telvanta", "text": "Ready in May", "by": by, "promised_on": today()}
    return promises.enter(product, **(given | fields))


def sheet(product: Product, *, by, **fields) -> AppealsSheet:
    """Even weights; the own offer scores 5, one competitor 7 on everything."""
    given = {
        "segment": "Operators",
        "on": today(),
        "customers": 3,
        "weights": EVEN,
        "own": dict.fromkeys(BuyingCriterion.values, 5),
        "competitors": {"Alpha": dict.fromkeys(BuyingCriterion.values, 7)},
        "by": by,
    }
    return appeals.keep(product, **(given | fields))
