"""The tables of what is done about supply: actions, programmes, demand, last-time buys."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions import last_time_buys
from ipd.calculations.supply import SERVICE
from ipd.kernel.tables.columns import (
    Amount,
    Choice,
    Day,
    Month,
    OpenChoice,
    Reference,
    Text,
    Whole,
    YesNo,
    code,
)
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable
from ipd.models import (
    DemandMonth,
    LastTimeBuy,
    PartDemand,
    Programme,
    ReplacementBoard,
    ReplacementItem,
    SupplyAction,
    SupplyStatement,
)
from ipd.models.parts import PartKind
from ipd.models.programmes import BEFORE_DECISION, REPLACED, ItemStatus, Reason, Resolution
from ipd.models.supply import Element, PlanState, Rung
from ipd.tables.parts import MOST, TOUCHES_PART
from ipd.tables.supply_columns import Figure


@table
class SupplyActions(ModelTable):
    name, title = "supply_actions", _("Supply actions")
    about = _("What is done against the loss of a part: buffer, source, redesign, drop.")
    model, key, touches = SupplyAction, ("part", "number"), TOUCHES_PART
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Whole(name="number", lowest=1),
        Reference(
            name="product",
            to="products",
            path="product__code",
            required=False,
            help=_("Blank: for all products that need the part."),
        ),
        Choice(name="rung", choices=tuple(Rung.values)),
        Text(name="text", longest=300),
        Reference(name="owner", to="people", path="owner__code", required=False),
        Day(name="due_on"),
        Choice(name="state", choices=tuple(PlanState.values)),
        Figure(name="ttr_after", required=False),
        Figure(name="tts_after", required=False),
    )


@table
class SupplyStatements(ModelTable):
    name, title = "supply_statements", _("Statements on supply")
    about = _("What teams say of elements of supply that no table can tell.")
    model, key = SupplyStatement, ("product", "element")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Choice(name="element", choices=tuple(Element.values)),
        YesNo(name="ready", path="is_ready"),
        Text(name="text", longest=300),
        Reference(name="by", to="people", path="by__code"),
        Day(name="on"),
    )


@table
class Programmes(ModelTable):
    name, title = "programmes", _("Replacement programmes")
    about = _("Parts that have to go, from a month to a month.")
    model, key = Programme, ("code",)
    columns = (
        code(),
        Text(name="name", longest=150),
        Reference(name="lead", to="people", path="lead__code"),
        Day(name="starts_on"),
        Day(name="ends_on"),
        Text(name="text", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if row["ends_on"] <= row["starts_on"]:
                company.problem(self, row, "ends_on", gettext("a day after starts_on"))


@table
class ReplacementItems(ModelTable):
    name, title = "replacement_items", _("Parts to replace")
    about = _("The parts of a programme, how each is replaced and how far that is.")
    model, key, touches = ReplacementItem, ("programme", "part"), TOUCHES_PART
    columns = (
        Reference(name="programme", to="programmes", path="programme__code"),
        Reference(name="part", to="parts", path="part__code"),
        Reference(name="product", to="products", path="product__code"),
        Choice(name="reason", choices=tuple(Reason.values)),
        Day(name="deadline_on", required=False, help=_("The last order date.")),
        OpenChoice(name="resolution", choices=tuple(Resolution.values)),
        Choice(name="status", choices=tuple(ItemStatus.values)),
        Amount(name="cost", required=False),
        Reference(name="owner", to="people", path="owner__code", required=False),
        Month(name="planned_month"),
        Month(name="done_month", required=False),
        Figure(name="gap_before", required=False),
        OpenChoice(name="first_time", choices=("yes", "no")),
        Text(name="note", longest=300, required=False),
    )

    def stored(self):
        words = {None: "", True: "yes", False: "no"}
        for row in super().stored():
            yield row | {"first_time": words[row["first_time"]]}

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "first_time" in fields:
            fields["first_time"] = {"yes": True, "no": False}.get(fields["first_time"])
        return fields

    def check(self, rows, company):
        for row in rows:
            if row["status"] not in BEFORE_DECISION and not row["resolution"]:
                accepted = gettext("how it is replaced, once that is decided")
                company.problem(self, row, "resolution", accepted)
            if (row["status"] in REPLACED) != (row["done_month"] is not None):
                accepted = gettext("a month for parts that are cut in, and for no others")
                company.problem(self, row, "done_month", accepted)


@table
class ReplacementBoards(ModelTable):
    name, title = "replacement_boards", _("Boards to requalify")
    about = _("Boards of a programme that pass anew with their new parts.")
    model, key = ReplacementBoard, ("programme", "board")
    columns = (
        Reference(name="programme", to="programmes", path="programme__code"),
        Reference(name="board", to="parts", path="board__code"),
        Reference(name="product", to="products", path="product__code"),
        Month(name="planned_month"),
        Month(name="done_month", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            part = company.final("parts", row["board"])
            if part and part["kind"] != PartKind.BOARD:
                company.problem(self, row, "board", gettext("a board"))


@table
class DemandMonths(ModelTable):
    name, title = "demand_months", _("Demand of products")
    about = _("Units a month as a range, what came, and what can be made.")
    model, key = DemandMonth, ("product", "month")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Month(name="month"),
        *(Whole(name=name, highest=MOST) for name in ("p10", "p50", "p90")),
        *(Whole(name=name, highest=MOST, required=False) for name in ("actual", "capacity")),
        Text(name="bottleneck", longest=80, required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if not row["p10"] <= row["p50"] <= row["p90"]:
                company.problem(self, row, "p50", gettext("a figure from p10 to p90"))


@table
class PartDemands(ModelTable):
    name, title = "part_demand", _("Demand of parts")
    about = _("Units a month for production and for spares.")
    model, key, touches = PartDemand, ("part", "month"), TOUCHES_PART
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Month(name="month"),
        Whole(name="production", highest=MOST),
        Whole(name="spares", highest=MOST, required=False),
    )

    def complete(self, row, company):
        row["spares"] = row["spares"] or 0


INPUTS = {
    "scrap_percent": Decimal,
    "stock": int,
    "on_order": int,
    "sigma": Decimal,
    "service": int,
    "pack": int,
    "unit_cost": Decimal,
    "yearly_percent": Decimal,
}


@table
class LastTimeBuys(ModelTable):
    name, title = "last_time_buys", _("Last-time buys")
    about = _("Last orders that were decided; the quantity is computed from what went in.")
    fixed = _("A last-time buy is a record: enter a newer one.")
    model, key = LastTimeBuy, ("part", "product", "on")
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Reference(name="product", to="products", path="product__code"),
        Day(name="on"),
        Reference(name="by", to="people", path="by__code"),
        Whole(name="months", lowest=1, highest=240),
        Whole(name="demand", lowest=1, highest=MOST, help=_("Over all months.")),
        Figure(name="scrap_percent", places=2, highest=100),
        Whole(name="stock", highest=MOST),
        Whole(name="on_order", highest=MOST),
        Figure(name="sigma", places=2, highest=MOST, help=_("Of a month's forecast error.")),
        Choice(name="service", choices=tuple(map(str, SERVICE)), help=_("Percent of months.")),
        Whole(name="pack", lowest=1, highest=MOST),
        Figure(name="unit_cost", places=2, highest=MOST),
        Figure(name="yearly_percent", places=2, highest=100, help=_("Of keeping stock.")),
        Text(name="note", longest=300, required=False),
    )

    def stored(self):
        plain = ("part__code", "product__code", "on", "by__code", "months", "demand", "note")
        rows = LastTimeBuy.objects.order_by("on", "pk").values_list("pk", *plain, "inputs")
        for pk, *values, inputs in rows:
            row = dict(zip([name.removesuffix("__code") for name in plain], values, strict=True))
            row |= {name: kind(inputs[name]) for name, kind in INPUTS.items()}
            yield row | {PK: pk, "demand": int(row["demand"]), "service": str(row["service"])}

    def make(self, row, company):
        each, rest = divmod(row["demand"], row["months"])
        monthly = [each + (n < rest) for n in range(row["months"])]
        found = last_time_buys.compute(monthly, row)
        return LastTimeBuy(
            part_id=company.id("parts", row["part"]),
            product_id=company.id("products", row["product"]),
            on=row["on"],
            by_id=company.id("people", row["by"]),
            months=row["months"],
            demand=row["demand"],
            inputs={name: str(row[name]) for name in INPUTS} | {"monthly": monthly},
            safety=found.safety,
            quantity=found.quantity,
            note=row["note"],
        )
