"""Contracts in versions, what they promise, and entered readings, as files bring them in."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions import standings
from ipd.kernel.measures import Unit
from ipd.kernel.tables.columns import ISO_DAY, Column, Day, Reference, Text, Unreadable, Whole
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import PK, ModelTable, Parent
from ipd.models import Contract, ContractElement, ContractElementDefinition, ContractReading
from ipd.models.contracts import COPIED
from ipd.tables.company import TOUCHES_PRODUCT, process_versions

PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Promised(Column):
    """A figure in its element's unit: a day, or a number with at most four decimals."""

    def read(self, text, shift):
        if ISO_DAY.fullmatch(text):
            return Day(name=self.name).read(text, shift)
        if not re.fullmatch(r"-?[0-9]{1,14}(\.[0-9]{1,4})?", text):
            raise Unreadable(self.accepts)
        return Decimal(text).quantize(PLACES)

    @property
    def accepts(self):
        return _("a date as 2026-11-22, or a number with a point and at most four decimals")


def as_stored(value: date | Decimal) -> Decimal:
    return Decimal(value.toordinal()) if isinstance(value, date) else value


def as_read(value: Decimal, unit: str) -> date | Decimal:
    return date.fromordinal(int(value)) if unit == Unit.DATE else value.quantize(PLACES)


def element_definitions(company) -> dict[tuple[int, str], ContractElementDefinition]:
    """What contracts promise, by process version and code."""
    return {(row.process_id, row.code): row for row in ContractElementDefinition.objects.all()}


def definition_of(row, company) -> ContractElementDefinition | None:
    """The element that a row names, in the process of its product."""
    version = company.once(process_versions).get(row["product"])
    return company.once(element_definitions).get((version, row["element"]))


def check_figures(table, rows, company, *names: str) -> None:
    """Each row's element exists in its product's process, and its figures have its unit."""
    for row in rows:
        definition = definition_of(row, company)
        if definition is None:
            company.problem(table, row, "element", gettext("an element of the product's process"))
            continue
        row["#definition"] = definition
        for name in names:
            if isinstance(row[name], date) != (definition.unit == Unit.DATE):
                accepted = (
                    gettext("a date as 2026-11-22")
                    if definition.unit == Unit.DATE
                    else gettext("a number with a point")
                )
                company.problem(table, row, name, accepted)


@table
class Contracts(ModelTable):
    name, title = "contracts", _("Contracts")
    about = _("Versions of what a board and a team promised each other; signed ones never change.")
    model, key = Contract, ("product", "version")
    touches = (*TOUCHES_PRODUCT, ("contracts", "product", "version"))
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Whole(name="version", lowest=1),
        Day(name="ga_on", help=_("General availability, as promised.")),
        Text(name="reason", longest=500, required=False),
        Text(name="decision", longest=120, required=False, help=_("What signed it.")),
        Day(name="signed_on", required=False, help=_("Blank for a draft.")),
        Reference(name="signed_by", to="people", path="signed_by__code", required=False),
        Day(name="ended_on", required=False, help=_("When another version took its place.")),
    )

    def fixed_for(self, old):
        return gettext("A signed contract is never edited.") if old["signed_on"] else ""

    def check(self, rows, company):
        open_ones = Counter(
            (row["product"], bool(row["signed_on"]))
            for row in company.all_final(self.name).values()
            if not row["ended_on"]
        )
        for row in rows:
            signed = bool(row["signed_on"])
            if signed != bool(row["signed_by"]) or (signed and not row["decision"]):
                said = gettext("a person and a decision for a signed contract, blank for a draft")
                company.problem(self, row, "signed_by", said)
            if row["ended_on"] and (not signed or row["ended_on"] < row["signed_on"]):
                company.problem(self, row, "ended_on", gettext("a day not before its signing"))
            if not row["ended_on"] and open_ones[row["product"], signed] > 1:
                said = gettext("one draft, and one version that has not ended, for a product")
                company.problem(self, row, "ended_on", said)

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        return fields | {"is_current": bool(row["signed_on"] and not row["ended_on"])}


@table
class ContractElements(ModelTable):
    name, title = "contract_elements", _("Promises of contracts")
    about = _("What each version promises, element by element of the product's process.")
    model, key = ContractElement, ("product", "version", "element")
    parents = (
        Parent(
            field="contract",
            to="contracts",
            by=("product", "version"),
            accepts=_("a version of the contract"),
        ),
    )
    columns = (
        Reference(name="product", to="products", path="contract__product__code"),
        Whole(name="version", lowest=1, path="contract__version"),
        Text(name="element", longest=30, path="code"),
        Promised(name="promised"),
    )

    def stored(self):
        rows = ContractElement.objects.order_by().values_list(
            "pk", "contract__product__code", "contract__version", "code", "promised", "unit"
        )
        for pk, product, version, code, promised, unit in rows.iterator(chunk_size=5000):
            yield {
                PK: pk,
                "product": product,
                "version": version,
                "element": code,
                "promised": as_read(promised, unit),
            }

    def check(self, rows, company):
        check_figures(self, rows, company, "promised")
        for row in rows:
            before = company.stored("contracts").get((row["product"], row["version"]))
            same = company.stored(self.name).get(self.key_of(row), {}).get("promised")
            if before and before["signed_on"] and same != row["promised"]:
                company.problem(self, row, "promised", gettext("what was signed"))

    def values(self, row, company, names=None):
        copied = {name: getattr(row["#definition"], name) for name in COPIED}
        fields = super().values(row, company, names) | copied
        return fields | {"promised": as_stored(row["promised"])}


@table
class ContractReadings(ModelTable):
    name, title = "contract_readings", _("Readings of contract elements")
    about = _("What an element without a measure was found to be. Added, never edited.")
    fixed = _("A reading is never edited: enter another one.")
    model, key = ContractReading, ("product", "element", "on")
    follows, touches = ("contracts",), TOUCHES_PRODUCT
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Text(name="element", longest=30, path="code"),
        Day(name="on"),
        Promised(name="value"),
        Text(name="source", longest=300),
        Reference(name="by", to="people", path="by__code", required=False),
    )

    def stored(self):
        units = dict(ContractElementDefinition.objects.values_list("code", "unit"))
        for row in super().stored():
            yield row | {"value": as_read(row["value"], units.get(row["element"], ""))}

    def check(self, rows, company):
        check_figures(self, rows, company, "value")
        for row in rows:
            if row["on"] > company.today:
                company.problem(self, row, "on", gettext("a day that is not ahead"))

    def values(self, row, company, names=None):
        return super().values(row, company, names) | {"value": as_stored(row["value"])}


@after_import
def hold_contracts(company) -> None:
    """What comes in broken is known: nobody is called, and no gate is asked for."""
    if found := company.touched["contracts"]:
        products = Contract.objects.filter(pk__in=found).values_list("product", flat=True)
        standings.renew(set(products), ask=False)
