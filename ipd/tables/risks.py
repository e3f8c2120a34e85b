"""The tables of the risk register: risks, and the activities they drive."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.risks import REVIEWED, review_of
from ipd.kernel.tables.columns import Amount, Choice, Day, Reference, Text, Whole, code
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK, ModelTable, Parent
from ipd.models import Risk, RiskDriver, RiskReview
from ipd.models.rates import company_currency
from ipd.models.risks import Category, Response, RiskState
from ipd.tables.company import PRODUCT, TOUCHES_PRODUCT
from ipd.tables.money import CURRENCY_COLUMN, first_rates

DAYS = ("days_low", "days_likely", "days_high")
COSTS = ("cost_low", "cost_likely", "cost_high")
FACTORS = ("low", "likely", "high")
MOST_DAYS, MOST_FACTOR = 5000, 20


@table
class Risks(ModelTable):
    name, title = "risks", _("Risks")
    about = _("What may happen to a product, how likely, what it would cost, and who answers it.")
    model, key, touches = Risk, ("product", "code"), TOUCHES_PRODUCT
    follows = ("rates",)
    columns = (
        PRODUCT,
        code(20),
        Text(name="title", longest=200),
        Choice(name="category", choices=tuple(Category.values)),
        Text(name="cause", required=False),
        Text(name="event", required=False),
        Text(name="effect", required=False),
        Whole(name="probability", path="probability_percent", highest=100, help=_("Percent.")),
        *(Whole(name=name, highest=MOST_DAYS, help=_("Working days.")) for name in DAYS),
        *(Amount(name=name, required=False, help=_("All three or none.")) for name in COSTS),
        CURRENCY_COLUMN,
        Reference(name="owner", to="people", path="owner__code", required=False),
        Choice(name="response", choices=tuple(Response.values), required=False),
        Text(name="response_text", required=False),
        Day(name="due", path="due_on", required=False),
        Choice(name="state", choices=tuple(RiskState.values)),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"response": row["response"] or None}

    def check(self, rows, company):
        known = {company_currency(), *company.once(first_rates)}
        for row in rows:
            days, costs = [row[name] for name in DAYS], [row[name] for name in COSTS]
            if days != sorted(days):
                company.problem(self, row, DAYS[1], gettext("days that rise from low to high"))
            given = [cost for cost in costs if cost is not None]
            if given and len(given) < len(costs):
                company.problem(self, row, COSTS[0], gettext("all three costs, or none"))
            elif given != sorted(given) or any(cost < 0 for cost in given):
                accepted = gettext("costs that rise from low to high, none below zero")
                company.problem(self, row, COSTS[1], accepted)
            if given and row["currency"] not in known:
                accepted = gettext("a currency that has a budget rate")
                company.problem(self, row, "currency", accepted)

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "response" in fields:
            fields["response"] = fields["response"] or ""
        return fields

    def make(self, row, company):
        return super().make(row, company).rank()

    def alter(self, instance, change, company):
        touched = super().alter(instance, change, company)
        instance.rank()
        return touched | {"exposure_order"}

    def add(self, rows, company):
        super().add(rows, company)
        self._note(rows)

    def change(self, changes, company):
        super().change(changes, company)
        paths = {column.name: column.field for column in self.columns}
        seen = [one.new for one in changes if {paths[name] for name in one.names} & set(REVIEWED)]
        self._note(seen)

    def _note(self, rows):
        """Each new estimate is a line of the risk's history."""
        risks = Risk.objects.in_bulk([row[PK] for row in rows])
        reviews = [review_of(risk, by=None) for risk in risks.values()]
        RiskReview.objects.bulk_create(reviews, batch_size=BATCH)


@table
class RiskDrivers(ModelTable):
    name, title = "risk_drivers", _("Activities that risks drive")
    about = _("By how much a risk, when it happens, multiplies the duration of an activity.")
    model, key = RiskDriver, ("product", "risk", "activity")
    parents = (
        Parent(
            field="risk",
            to="risks",
            by=("product", "risk"),
            accepts=_("the code of a risk of the product"),
        ),
    )
    columns = (
        Reference(name="product", to="products", path="risk__product__code"),
        Text(name="risk", longest=20, path="risk__code", help=_("A risk of the product.")),
        Text(name="activity", longest=30, help=_("The activity's code in the plan.")),
        *(Amount(name=name, help=_("A factor: 1.50 is half as long again.")) for name in FACTORS),
    )

    def check(self, rows, company):
        for row in rows:
            factors = [row[name] for name in FACTORS]
            if factors != sorted(factors) or factors[0] < 0 or factors[-1] > MOST_FACTOR:
                accepted = gettext("factors that rise from 0 to 20")
                company.problem(self, row, FACTORS[0], accepted)
