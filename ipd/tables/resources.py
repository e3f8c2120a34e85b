"""The tables of resources and of what they are assigned to."""

from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from ipd.models import Assignment, PlanResource
from ipd.tables.plan_columns import Duration
from ipd.tables.plans import TOUCHES_PLAN, of_plan

RESOURCE_KINDS = ("work", "material", "cost")


@table
class Resources(ModelTable):
    name, title = "resources", _("Resources of plans")
    about = _("Who or what works in a plan; with a calendar of their own where it differs.")
    model, key, touches = PlanResource, ("product", "name"), TOUCHES_PLAN
    columns = (
        of_plan(),
        Text(name="name", longest=150),
        Choice(name="kind", choices=RESOURCE_KINDS, required=False),
        Reference(name="person", to="people", path="person__code", required=False),
        Reference(name="function", to="functions", path="function__code", required=False),
        Reference(name="calendar", to="calendars", path="calendar__code", required=False),
        Whole(name="max_units", required=False, help=_("Percent of one full time; 100.")),
    )

    def complete(self, row, company):
        row["kind"] = row["kind"] or "work"
        row["max_units"] = 100 if row["max_units"] is None else row["max_units"]


@table
class Assignments(ModelTable):
    name, title = "assignments", _("Assignments")
    about = _("Which resource works on which activity, with what share of its time.")
    model, key = Assignment, ("product", "activity", "resource")
    parents = (
        Parent(
            field="activity",
            to="activities",
            by=("product", "activity"),
            accepts=_("a row of activities of the same product"),
        ),
        Parent(
            field="resource",
            to="resources",
            by=("product", "resource"),
            accepts=_("a row of resources of the same product"),
        ),
    )
    touches = TOUCHES_PLAN
    columns = (
        Reference(name="product", to="plans", path="activity__plan__product__code"),
        Text(name="activity", longest=30, path="activity__code"),
        Text(name="resource", longest=150, path="resource__name"),
        Whole(name="units", required=False, help=_("Percent of full time; 100.")),
        Duration(name="work", path="work_minutes", required=False),
    )

    def complete(self, row, company):
        row["units"] = 100 if row["units"] is None else row["units"]
        row["work"] = row["work"] or 0
