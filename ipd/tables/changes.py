"""Plan change requests and what they change, as files bring them in."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Column, Day, Reference, Text, Whole, YesNo
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Parent
from ipd.models import ChangeElement, ChangeRequest
from ipd.models.changes import ChangeClass, ChangeState, ReasonCode, Verdict
from ipd.tables.company import PRODUCT, TOUCHES_PRODUCT
from ipd.tables.contracts import Promised, as_read, as_stored, check_figures


def _version(name: str, help: str) -> Column:  # noqa: A002 the column's own word
    return Whole(name=name, lowest=1, required=False, path=f"{name}__version", help=help)


def _version_of(to: str, name: str) -> Parent:
    accepted = _("a version of the product's")
    return Parent(field=name, to=to, by=("product", name), accepts=accepted)


@table
class ChangeRequests(ModelTable):
    name, title = "change_requests", _("Plan change requests")
    about = _("Requests to change a contract, and how they were decided.")
    model, key, touches = ChangeRequest, ("product", "number"), TOUCHES_PRODUCT
    parents = (
        _version_of("business_cases", "case_before"),
        _version_of("business_cases", "case_after"),
        _version_of("contracts", "contract"),
    )
    columns = (
        PRODUCT,
        Whole(name="number", lowest=1),
        Text(name="title", longest=200),
        Text(name="trigger"),
        Choice(name="reason", choices=tuple(ReasonCode.values)),
        YesNo(name="segment", path="changes_segment", required=False),
        YesNo(name="core_value", path="changes_core_value", required=False),
        YesNo(name="architecture", path="changes_architecture", required=False),
        YesNo(name="scope", path="changes_scope", required=False),
        Text(name="do_nothing", required=False),
        Text(name="stopping", required=False),
        Text(name="alternatives", required=False),
        Text(name="customers", required=False),
        _version("case_before", _("Version of the business case.")),
        _version("case_after", _("Version of the business case.")),
        Day(name="p50_before", required=False),
        Day(name="p80_before", required=False),
        Day(name="p50_after", required=False),
        Day(name="p80_after", required=False),
        Reference(name="requester", to="people", path="requester__code"),
        Day(name="raised_on"),
        Choice(name="state", choices=tuple(ChangeState.values)),
        Text(name="class", longest=1, path="change_class", required=False, help=_("A, B or C.")),
        YesNo(name="needs_gate", required=False),
        Text(name="verdict", longest=10, required=False, help=_("accepted or rejected.")),
        Reference(name="decided_by", to="people", path="decided_by__code", required=False),
        Day(name="decided_on", required=False),
        Text(name="decision", longest=120, required=False),
        Text(name="decision_note", required=False),
        _version("contract", _("Version of the contract that it signed.")),
    )

    def fixed_for(self, old):
        decided = old["state"] == ChangeState.DECIDED
        return gettext("A decided request is never edited.") if decided else ""

    def alter(self, instance, change, company):
        """Dates that a file brings are typed ones."""
        touched = super().alter(instance, change, company)
        if touched & {"p50_after", "p80_after"}:
            instance.what_if = None
            touched |= {"what_if"}
        return touched

    def check(self, rows, company):
        for row in rows:
            decided = row["state"] == ChangeState.DECIDED
            if decided != (row["verdict"] in Verdict.values):
                said = gettext("accepted or rejected for a decided request, else blank")
                company.problem(self, row, "verdict", said)
            if decided != bool(row["decided_by"] and row["decided_on"]):
                said = gettext("a person and a day for a decided request, else blank")
                company.problem(self, row, "decided_by", said)
            if row["decided_by"] and row["decided_by"] == row["requester"]:
                said = gettext("somebody else than the requester")
                company.problem(self, row, "decided_by", said)
            known = {*ChangeClass.values}
            if row["state"] in (ChangeState.DRAFT, ChangeState.WITHDRAWN):
                known.add("")
            if row["class"] not in known:
                company.problem(self, row, "class", gettext("A, B or C"))
            if row["contract"] and not decided:
                company.problem(self, row, "contract", gettext("blank until it is decided"))


# What names the request of a row, in the tables of what a request is made of.
OF_REQUEST = Parent(
    field="request",
    to="change_requests",
    by=("product", "number"),
    accepts=_("a request of the product"),
)


@table
class ChangeElements(ModelTable):
    name, title = "change_elements", _("Promises that requests change")
    about = _("What a request would make of a promise, element by element.")
    model, key = ChangeElement, ("product", "number", "element")
    parents = (OF_REQUEST,)
    columns = (
        Reference(name="product", to="products", path="request__product__code"),
        Whole(name="number", lowest=1, path="request__number"),
        Text(name="element", longest=30, path="code"),
        Promised(name="before"),
        Promised(name="after"),
    )

    def stored(self):
        rows = ChangeElement.objects.order_by().values_list(
            *("pk", "request__product__code", "request__number", "code", "unit", "before", "after")
        )
        for pk, product, number, code, unit, before, after in rows.iterator(chunk_size=5000):
            yield {
                PK: pk,
                "product": product,
                "number": number,
                "element": code,
                "before": as_read(before, unit),
                "after": as_read(after, unit),
            }

    def fixed_for(self, old):
        return gettext("A request is changed by its requester.")

    def check(self, rows, company):
        check_figures(self, rows, company, "before", "after")
        for row in rows:
            if row["before"] == row["after"]:
                company.problem(self, row, "after", gettext("another value than before"))

    def values(self, row, company, names=None):
        definition = row["#definition"]
        return super().values(row, company, names) | {
            "name": definition.name,
            "unit": definition.unit,
            "order": definition.order,
            "before": as_stored(row["before"]),
            "after": as_stored(row["after"]),
        }
