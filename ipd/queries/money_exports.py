"""A product's money as tables, in the columns that the import reads where there is such a table."""

from collections.abc import Callable, Iterable

from ipd.models import Actual, BudgetAllocation, Commitment, Product
from ipd.queries import budgets

Rows = tuple[list[str], Iterable[tuple]]


def _lines(product: Product) -> Rows:
    head = ["function", "cost_type", "budget", "actual", "committed", "available"]
    rows = budgets.lines(budgets.facts(product))
    return head, [
        (
            row.function.code if row.function else "",
            row.cost_type,
            row.sums.budget,
            row.sums.actual,
            row.sums.committed,
            row.sums.available,
        )
        for row in rows
    ]


def _movements(product: Product) -> Rows:
    head = ["product", "on", "kind", "amount", "currency", "phase", "reference", "entered_by"]
    rows = product.movements.order_by("on", "pk").values_list(
        *("product__code", "on", "kind", "amount", "currency", "phase__code", "reference"),
        "entered_by__code",
    )
    return head, rows


def _parts(product: Product) -> Rows:
    head = [
        "product",
        "kind",
        "reference",
        "function",
        "cost_type",
        "phase",
        "region",
        "month",
        "amount",
    ]
    rows = BudgetAllocation.objects.filter(movement__product=product).order_by(
        "movement__on", "movement", "month", "pk"
    )
    return head, (
        (*row[:-2], f"{row[-2]:%Y-%m}", row[-1])
        for row in rows.values_list(
            *("movement__product__code", "movement__kind", "movement__reference"),
            *("function__code", "cost_type", "phase__code", "region", "month", "amount"),
        )
    )


def _orders(product: Product) -> Rows:
    head = [
        "product",
        "reference",
        "on",
        "supplier",
        "part",
        "purpose",
        "function",
        "cost_type",
        "phase",
        "amount",
        "currency",
        "by",
        "closed_on",
    ]
    rows = Commitment.objects.filter(product=product).order_by("on", "pk")
    return head, rows.values_list(
        *("product__code", "reference", "on", "supplier", "part", "purpose", "function__code"),
        *("cost_type", "phase__code", "amount", "currency", "by__code", "closed_on"),
    )


def _costs(product: Product) -> Rows:
    head = [
        "product",
        "reference",
        "month",
        "function",
        "cost_type",
        "phase",
        "amount",
        "currency",
        "commitment",
    ]
    rows = Actual.objects.filter(product=product).order_by("month", "pk")
    return head, (
        (*row[:2], f"{row[2]:%Y-%m}", *row[3:])
        for row in rows.values_list(
            *("product__code", "reference", "month", "function__code", "cost_type"),
            *("phase__code", "amount", "currency", "commitment__reference"),
        )
    )


WHAT: dict[str, Callable[[Product], Rows]] = {
    "lines": _lines,
    "movements": _movements,
    "parts": _parts,
    "orders": _orders,
    "costs": _costs,
}


def table(product: Product, what: str) -> Rows:
    """The header and the rows of one of `WHAT`."""
    return WHAT[what](product)
