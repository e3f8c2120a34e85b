"""The table of promises to customers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from ipd.models import CustomerPromise
from ipd.models.promises import PromiseState


@table
class CustomerPromises(ModelTable):
    name, title = "promises", _("Promises to customers")
    about = _("Dates and features promised outside, and the requirement that backs each.")
    model, key = CustomerPromise, ("product", "customer", "text")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Text(name="customer", longest=150),
        Text(name="text", longest=300),
        Reference(name="promised_by", to="people", path="promised_by__code"),
        Day(name="promised_on"),
        Day(name="due_on", required=False),
        Reference(name="requirement", to="requirements", path="requirement__code", required=False),
        Choice(name="state", choices=tuple(PromiseState.values)),
        Day(name="closed_on", required=False),
        Text(name="note", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if (row["state"] == PromiseState.OPEN) != (row["closed_on"] is None):
                accepted = gettext("a day for what has ended, and none for what is open")
                company.problem(self, row, "closed_on", accepted)
