"""Trade-offs as their pages show them: open ones first, with how long each has waited."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, QuerySet, Value, When

from ipd.kernel.days import today, working_days_between
from ipd.kernel.money import money
from ipd.models import Product, TradeOff, TradeOffOption
from ipd.models.contracts import COST, GA
from ipd.models.trade_offs import TradeOffState
from ipd.queries import contracts

TONES = {
    TradeOffState.OPEN: "info",
    TradeOffState.DECIDED: "on",
    TradeOffState.WITHDRAWN: "waived",
}


@dataclass(frozen=True)
class Offered:
    """An option as its reader may see it; `broken` names what it does beyond the tolerances."""

    row: TradeOffOption
    cost: str
    broken: list[str]


@dataclass(frozen=True)
class Waited:
    """A step of the ladder and the working days spent on it."""

    name: str
    entered_on: date
    days: int
    who: str
    note: str
    is_here: bool


def of_product(product: Product) -> QuerySet[TradeOff]:
    """Open ones first, by the day they are needed."""
    first = Case(When(state=TradeOffState.OPEN, then=Value(0)), default=Value(1))
    return (
        product.trade_offs.select_related("chosen", "raised_by")
        .annotate(first=first)
        .order_by("first", "decide_by", "-pk")
    )


def tone(row: TradeOff) -> str:
    return "off" if row.is_open and row.decide_by < today() else TONES[row.state]


def broken_promises(product: Product, option: TradeOffOption, contract=None) -> list[str]:
    """Names of the contract's promises that the option would break; none without a contract."""
    contract = contract or contracts.current([product.pk]).get(product.pk)
    if contract is None:
        return []
    asked = {GA: Decimal(option.days), COST: option.cost}
    return [
        element.name
        for element in contract.elements.all()
        if element.code in asked
        and element.tolerance(today()).judge(asked[element.code]) == "broken"
    ]


def options(row: TradeOff, *, granted: bool) -> list[Offered]:
    """The ways out, the recommended one first; costs only with the grant."""
    contract = contracts.current([row.product_id]).get(row.product_id)
    found = sorted(row.options.all(), key=lambda option: not option.is_recommended)
    return [
        Offered(
            option,
            money(option.cost, option.currency, granted=granted),
            broken_promises(row.product, option, contract) if contract else [],
        )
        for option in found
    ]


def ladder(row: TradeOff) -> list[Waited]:
    """The steps it took, the newest last."""
    day = today()
    return [
        Waited(
            step.get_rung_display(),
            step.entered_on,
            working_days_between(step.entered_on, step.left_on or day),
            step.by.name if step.by else "",
            step.note,
            step.left_on is None,
        )
        for step in row.steps.select_related("by")
    ]
