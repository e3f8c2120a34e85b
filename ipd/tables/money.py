"""Rates, the parts of budgets, orders, costs and closed months, as files bring them in."""

import re
from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import (
    Amount,
    Choice,
    Column,
    Day,
    Month,
    Reference,
    Text,
    Unreadable,
)
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from ipd.models import Actual, BudgetAllocation, Commitment, Period, Rate
from ipd.models.money import CostType, MovementKind
from ipd.models.rates import RateKind, company_currency
from ipd.tables.company import PRODUCT, InPhase

CURRENCY = _("Three letters, as EUR; others than the company's need a rate.")
PHASE = _("Code of a phase of the product's process.")


class Units(Column):
    """Units of a currency, with up to six decimals."""

    def read(self, text, shift):
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text) or not Decimal(text):
            raise Unreadable(self.accepts)
        return Decimal(text).quantize(Decimal("0.000001"))

    @property
    def accepts(self):
        return gettext("a rate above zero, as 11.3")


@table
class Rates(ModelTable):
    name, title = "rates", _("Budget rates")
    about = _("Units of a currency for one of the company's, from a month on.")
    fixed = _("A rate is never changed: a new one begins with a later month.")
    model, key = Rate, ("currency", "kind", "valid_from")
    columns = (
        Text(name="currency", longest=3, help=_("Three letters, as SEK.")),
        Choice(name="kind", choices=tuple(RateKind.values)),
        Month(name="valid_from"),
        Units(name="units", help=_("For one unit of the company's currency.")),
    )


def first_rates(company) -> dict[str, object]:
    """The month from which each currency has a rate."""
    first = {}
    for row in company.all_final("rates").values():
        known = first.get(row["currency"])
        first[row["currency"]] = min(known, row["valid_from"]) if known else row["valid_from"]
    return first


class Spent(InPhase):
    """Rows of a product with an amount in a currency of a day."""

    follows = ("rates",)
    dated: str

    def check(self, rows, company):
        super().check(rows, company)
        rates, own = company.once(first_rates), company_currency()
        for row in rows:
            currency = row["currency"]
            if currency == own or not row[self.dated]:
                continue
            if currency not in rates or rates[currency] > row[self.dated]:
                accepted = gettext("a currency that has a budget rate for that month")
                company.problem(self, row, "currency", accepted)


FUNCTION = Reference(name="function", to="functions", path="function__code")
COST_TYPE = Choice(name="cost_type", choices=tuple(CostType.values))
CURRENCY_COLUMN = Text(name="currency", longest=3, help=CURRENCY)


def phase_column(*, required=True):
    return Text(name="phase", longest=20, path="phase__code", required=required, help=PHASE)


@table
class Allocations(InPhase):
    name, title = "budget_allocations", _("Parts of budget movements")
    about = _("What a movement is for: function, cost type, phase, month. Wholly or not at all.")
    fixed = _("Parts are never edited: a transfer moves them.")
    model = BudgetAllocation
    key = (
        *("product", "kind", "reference", "function", "cost_type"),
        *("phase", "region", "month"),
    )
    parents = (
        Parent(
            field="movement",
            to="movements",
            by=("product", "kind", "reference"),
            accepts=_("the reference of a movement"),
        ),
    )
    columns = (
        Reference(name="product", to="products", path="movement__product__code"),
        Choice(name="kind", choices=tuple(MovementKind.values), path="movement__kind"),
        Text(name="reference", longest=120, path="movement__reference"),
        FUNCTION,
        COST_TYPE,
        phase_column(required=False),
        Text(name="region", longest=20, required=False),
        Month(name="month"),
        Amount(name="amount", help=_("In the currency of the movement.")),
    )

    def check(self, rows, company):
        super().check(rows, company)
        sums = defaultdict(Decimal)
        for row in company.all_final(self.name).values():
            sums[row["product"], row["kind"], row["reference"]] += row["amount"]
        named = set()
        for row in rows:
            key = (row["product"], row["kind"], row["reference"])
            if key in named:
                continue
            movement = company.final("movements", *key)
            if movement and sums[key] != movement["amount"]:
                named.add(key)
                accepted = gettext("parts that make %(amount)s in all, not %(sum)s") % {
                    "amount": movement["amount"],
                    "sum": sums[key],
                }
                company.problem(self, row, "amount", accepted)


@table
class Commitments(Spent):
    name, title = "commitments", _("Orders")
    about = _("Purchase orders of another system. An order is closed, never edited.")
    model, key, dated = Commitment, ("reference",), "on"
    columns = (
        PRODUCT,
        Text(name="reference", longest=60),
        Day(name="on"),
        Text(name="supplier", longest=120, required=False),
        Text(name="part", longest=60, required=False),
        Text(name="purpose", longest=300, required=False),
        FUNCTION,
        COST_TYPE,
        phase_column(),
        Amount(name="amount"),
        CURRENCY_COLUMN,
        Reference(name="by", to="people", path="by__code", required=False),
        Day(name="closed_on", required=False),
    )

    def check(self, rows, company):
        super().check(rows, company)
        stored = company.stored(self.name)
        for row in rows:
            if row["amount"] <= 0:
                company.problem(self, row, "amount", gettext("an amount above zero"))
            if row["closed_on"] and row["closed_on"] < row["on"]:
                company.problem(self, row, "closed_on", gettext("a day not before the order's"))
            old = stored.get(self.key_of(row))
            if old is None:
                continue
            wrong = [n for n in self.by_name if row[n] != old[n] and n != "closed_on"]
            for name in wrong:
                company.problem(
                    self, row, name, gettext("what was ordered; only closed_on changes")
                )
            if old["closed_on"] and row["closed_on"] != old["closed_on"]:
                accepted = gettext("the day it was closed, %(day)s") % {"day": old["closed_on"]}
                company.problem(self, row, "closed_on", accepted)


@table
class Actuals(Spent):
    name, title = "actuals", _("Actual costs")
    about = _("Costs as the books have them, by month. A correction is another, negative row.")
    fixed = _("Costs are never edited: enter a correcting row.")
    model, key, dated = Actual, ("reference",), "month"
    follows = ("rates", "commitments")
    columns = (
        PRODUCT,
        Text(name="reference", longest=60, help=_("Number of the posting; once.")),
        Month(name="month"),
        FUNCTION,
        COST_TYPE,
        phase_column(),
        Amount(name="amount", help=_("Negative corrects.")),
        CURRENCY_COLUMN,
        Reference(
            name="commitment", to="commitments", path="commitment__reference", required=False
        ),
    )

    def check(self, rows, company):
        super().check(rows, company)
        stored = company.stored(self.name)
        closed = {row["month"] for row in company.stored("periods").values()}
        for row in rows:
            if not row["amount"]:
                company.problem(self, row, "amount", gettext("an amount that is not 0"))
            if row["month"] in closed and self.key_of(row) not in stored:
                accepted = gettext("an open month: its books are closed, correct in the next")
                company.problem(self, row, "month", accepted)
            order = company.final("commitments", row["commitment"]) if row["commitment"] else None
            if order and order["product"] != row["product"]:
                company.problem(self, row, "commitment", gettext("an order of the same product"))


@table
class Periods(ModelTable):
    name, title = "periods", _("Closed months")
    about = _("Months whose books are closed: they take no more actual costs.")
    fixed = _("A month is closed once.")
    model, key = Period, ("month",)
    follows = ("actuals",)
    columns = (
        Month(name="month"),
        Day(name="closed_on"),
        Reference(name="closed_by", to="people", path="closed_by__code", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if row["closed_on"] <= row["month"]:
                company.problem(self, row, "closed_on", gettext("a day after the month began"))
