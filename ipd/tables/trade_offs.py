"""The tables of trade-offs: each with its sides and its ways out."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.climbing import climbs_on
from ipd.kernel.tables.columns import Amount, Choice, Day, Reference, Text, Whole, YesNo
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Parent
from ipd.models import TradeOff, TradeOffOption, TradeOffSide, TradeOffStep
from ipd.models.trade_offs import Dimension, Rung, TradeOffState

PRODUCT = Reference(name="product", to="products", path="product__code")


@table
class TradeOffs(ModelTable):
    name, title = "trade_offs", _("Trade-offs")
    about = _("Requirements that cannot all be met, and the step of the ladder they stand on.")
    model, key = TradeOff, ("product", "number")
    columns = (
        PRODUCT,
        Whole(name="number", lowest=1),
        Text(name="title", longest=200),
        Text(name="text", required=False),
        Choice(name="dimension", choices=tuple(Dimension.values)),
        Day(name="decide_by"),
        Reference(name="raised_by", to="people", path="raised_by__code", required=False),
        Day(name="raised_on"),
        Whole(name="step", path="rung", lowest=1, highest=4, help=_("1 owners … 4 the board.")),
        Day(name="step_since", path="rung_since"),
    )

    def make(self, row, company):
        made = super().make(row, company)
        made.climbs_on = climbs_on(made.rung, made.rung_since)
        return made

    def alter(self, instance, change, company):
        fields = super().alter(instance, change, company)
        if instance.state == TradeOffState.OPEN:
            instance.climbs_on = climbs_on(instance.rung, instance.rung_since)
        return fields | {"climbs_on"}

    def add(self, rows, company):
        super().add(rows, company)
        TradeOffStep.objects.bulk_create(step for row in rows for step in _steps(row))


def _steps(row):
    """The present step; those below it are taken to have lasted as long as the clock lets them."""
    entered = row["raised_on"]
    for rung in range(Rung.OWNERS, row["step"]):
        left = min(climbs_on(rung, entered), row["step_since"])
        yield TradeOffStep(trade_off_id=row[PK], rung=rung, entered_on=entered, left_on=left)
        entered = left
    yield TradeOffStep(trade_off_id=row[PK], rung=row["step"], entered_on=row["step_since"])


OF_TRADE_OFF = Parent(
    field="trade_off",
    to="trade_offs",
    by=("product", "number"),
    accepts=_("the number of a trade-off of this product"),
)
TRADE_OFF = (
    Reference(name="product", to="products", path="trade_off__product__code"),
    Whole(
        name="number",
        path="trade_off__number",
        lowest=1,
        help=_("The trade-off's number in its product."),
    ),
)


@table
class TradeOffSides(ModelTable):
    name, title = "trade_off_sides", _("Sides of trade-offs")
    about = _("The requirements, or limits in words, that collide; at least two each.")
    model, key = TradeOffSide, ("product", "number", "requirement", "limit")
    parents = (OF_TRADE_OFF,)
    columns = (
        *TRADE_OFF,
        Reference(name="requirement", to="requirements", path="requirement__code", required=False),
        Text(name="limit", longest=200, required=False),
        Reference(name="owner", to="people", path="owner__code"),
    )

    def check(self, rows, company):
        for row in rows:
            if bool(row["requirement"]) == bool(row["limit"]):
                accepted = gettext("either a requirement or a limit in words")
                company.problem(self, row, "limit", accepted)


@table
class TradeOffOptions(ModelTable):
    name, title = "trade_off_options", _("Ways out of trade-offs")
    about = _("Options with what they do to the date and the cost; positive is worse.")
    model, key = TradeOffOption, ("product", "number", "name")
    parents = (OF_TRADE_OFF,)
    columns = (
        *TRADE_OFF,
        Text(name="name", longest=150),
        Text(name="text", required=False),
        Whole(name="days", lowest=-2000, highest=2000),
        Amount(name="cost"),
        Text(name="currency", longest=3),
        Text(name="loses", longest=300, required=False),
        YesNo(name="recommended", path="is_recommended", required=False),
    )
