"""Business cases with their flows, estimates and final accounts, as files bring them in."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import (
    Amount,
    Choice,
    Column,
    Day,
    Reference,
    Text,
    Unreadable,
    Whole,
)
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from ipd.models import BusinessCase, CaseFlow, Estimate, FinalAccount
from ipd.models.cases import CaseState, EstimateMethod, Scenario
from ipd.tables.company import PRODUCT, TOUCHES_PRODUCT

CURRENCY = Text(name="currency", longest=3, help=_("Three letters, as EUR."))


@dataclass(frozen=True, kw_only=True)
class Percent(Column):
    """A percentage from 0 to 100 with at most two decimals."""

    def read(self, text, shift):
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or Decimal(text) > 100:
            raise Unreadable(self.accepts)
        return Decimal(text).quantize(Decimal("0.01"))

    @property
    def accepts(self):
        return _("a percentage from 0 to 100 with at most two decimals")


@table
class BusinessCases(ModelTable):
    name, title = "business_cases", _("Business cases")
    about = _("Versions of the business case; an accepted one is never edited.")
    model, key, touches = BusinessCase, ("product", "version"), TOUCHES_PRODUCT
    columns = (
        PRODUCT,
        Whole(name="version", lowest=1),
        Day(name="on"),
        Text(name="gate", longest=40, required=False, help=_("What it was computed for.")),
        CURRENCY,
        Percent(name="hurdle_rate", help=_("Percent a year.")),
        Amount(name="unit_cost", required=False),
        Amount(name="price", required=False),
        Whole(name="volume", required=False, highest=100_000_000, help=_("Units a year.")),
        Amount(
            name="delay_cost",
            required=False,
            help=_("What six months more cost; blank leaves the late case out."),
        ),
        Text(name="note", required=False),
        Choice(name="state", choices=tuple(CaseState.values)),
        Reference(name="by", to="people", path="by__code", required=False),
        Reference(name="accepted_by", to="people", path="accepted_by__code", required=False),
        Day(name="accepted_on", required=False),
    )

    def fixed_for(self, old):
        accepted = old["state"] == CaseState.ACCEPTED
        return gettext("An accepted business case is never edited.") if accepted else ""

    def check(self, rows, company):
        drafts = Counter(
            row["product"]
            for row in company.all_final(self.name).values()
            if row["state"] == CaseState.DRAFT
        )
        for row in rows:
            accepted = row["state"] == CaseState.ACCEPTED
            if accepted != bool(row["accepted_by"] and row["accepted_on"]):
                said = gettext("a person and a day for an accepted case, blank for a draft")
                company.problem(self, row, "accepted_by", said)
            if not accepted and drafts[row["product"]] > 1:
                company.problem(self, row, "state", gettext("one draft for a product"))


@table
class CaseFlows(ModelTable):
    name, title = "case_flows", _("Flows of business cases")
    about = _("What each year brings in and takes out, by scenario; year 0 is the first.")
    model, key = CaseFlow, ("product", "version", "scenario", "year", "region")
    parents = (
        Parent(
            field="case",
            to="business_cases",
            by=("product", "version"),
            accepts=_("a version of the product's case"),
        ),
    )
    columns = (
        Reference(name="product", to="products", path="case__product__code"),
        Whole(name="version", lowest=1, path="case__version"),
        Choice(name="scenario", choices=tuple(Scenario.values)),
        Whole(name="year", highest=40),
        Text(name="region", longest=40, required=False),
        Amount(name="inflow"),
        Amount(name="outflow"),
    )

    def check(self, rows, company):
        for row in rows:
            if accepted_before(row, company):
                said = gettext("a draft: an accepted business case is never edited")
                company.problem(self, row, "version", said)
            for name in ("inflow", "outflow"):
                if row[name] < 0:
                    company.problem(self, row, name, gettext("an amount that is not negative"))


def accepted_before(row, company) -> bool:
    """Whether the case was accepted before this import, and the row is new to it or differs."""
    case = company.stored("business_cases").get((row["product"], row["version"]))
    if case is None or case["state"] != CaseState.ACCEPTED:
        return False
    old = company.stored("case_flows").get(tuple(row[name] for name in CaseFlows.key))
    return old is None or any(old[name] != row[name] for name in ("inflow", "outflow"))


@table
class Estimates(ModelTable):
    name, title = "estimates", _("Estimates of development cost")
    about = _("The first of the four calculations: a range at a gate, before there is a budget.")
    model, key, touches = Estimate, ("product", "gate"), TOUCHES_PRODUCT
    columns = (
        PRODUCT,
        Text(name="gate", longest=40),
        Day(name="on"),
        Amount(name="low"),
        Amount(name="likely"),
        Amount(name="high"),
        CURRENCY,
        Choice(name="method", choices=tuple(EstimateMethod.values)),
        Reference(name="by", to="people", path="by__code", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if not 0 < row["low"] <= row["likely"] <= row["high"]:
                company.problem(self, row, "likely", gettext("0 < low ≤ likely ≤ high"))


@table
class FinalAccounts(ModelTable):
    name, title = "final_accounts", _("Final accounts")
    about = _("The last of the four calculations: what was estimated, given and spent, and why.")
    model, key, touches = FinalAccount, ("product",), TOUCHES_PRODUCT
    columns = (
        Reference(name="product", to="products", path="product__code", unique=True),
        Day(name="on"),
        Amount(name="estimate"),
        Amount(name="budget"),
        Amount(name="actual"),
        CURRENCY,
        Text(name="lessons"),
        Reference(name="by", to="people", path="by__code", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            for name in ("estimate", "budget"):
                if row[name] <= 0:
                    company.problem(self, row, name, gettext("an amount above zero"))
            if row["actual"] < 0:
                company.problem(self, row, "actual", gettext("an amount that is not negative"))
