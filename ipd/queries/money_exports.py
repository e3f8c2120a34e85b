"""A product's money as tables, in the columns that the import reads where there is such a table."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import xlsxwriter

from ipd.models import Actual, BudgetAllocation, Commitment, Product
from ipd.queries import budgets

Rows = tuple[list[str], Iterable[tuple]]
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def _cell(value) -> str:
    """A value as text that no spreadsheet takes for a formula; a number stays a number."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    guarded = isinstance(value, str) and text.startswith(FORMULA)
    return f"'{text}" if guarded else text


def as_csv(head: list[str], rows: Iterable[tuple]) -> bytes:
    """Marked as UTF-8, so that spreadsheets read it right."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(head: list[str], rows: Iterable[tuple]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, bold)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                match value:
                    case date():
                        sheet.write_datetime(place, column, value, day)
                    case Decimal() | int():
                        sheet.write_number(place, column, value)
                    case None:
                        continue
                    case _:
                        sheet.write_string(place, column, str(value))
    return data.getvalue()
