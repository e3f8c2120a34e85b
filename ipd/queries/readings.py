"""What the promises of contracts read now: measured where a measure has a figure, else entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipd.kernel.measures import MEASURES
from ipd.models import Contract, ContractElement, ContractReading


@dataclass(frozen=True)
class Found:
    """A promise's figure in its unit, the day of the newest fact behind it, and what it counts."""

    value: Decimal
    on: date | None
    detail: str = ""


def of(contracts: Iterable[Contract], day: date) -> dict[tuple[int, str], Found]:
    """The figure of each element that has one, by product and code.

    Each measure is asked once for all products; entered readings cost one query.
    """
    elements = [
        (contract.product_id, element)
        for contract in contracts
        for element in contract.elements.all()
    ]
    return _entered(elements, day) | measured(elements, day)


def measured(elements: list[tuple[int, ContractElement]], day: date) -> dict:
    """The figures of those elements, given with their product, that a measure gives one for."""
    asked: dict[str, set[int]] = {}
    for product, element in elements:
        if element.measure in MEASURES:
            asked.setdefault(element.measure, set()).add(product)
    answers = {key: MEASURES[key].on(products, day) for key, products in asked.items()}
    found = {}
    for product, element in elements:
        reading = answers.get(element.measure, {}).get(product)
        figure = MEASURES[element.measure].figure(reading) if reading else None
        if figure is not None:
            found[product, element.code] = Found(figure, reading.as_of, reading.detail)
    return found


def _entered(elements: list[tuple[int, ContractElement]], day: date) -> dict:
    wanted = {(product, element.code) for product, element in elements}
    rows = (
        ContractReading.objects.filter(product__in={product for product, _code in wanted})
        .filter(on__lte=day)
        .order_by("product_id", "code", "-on", "-pk")
        .distinct("product_id", "code")
    )
    return {
        (row.product_id, row.code): Found(row.value, row.on, row.source)
        for row in rows
        if (row.product_id, row.code) in wanted
    }
