"""The tables of resources and of what they are assigned to."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.models import Assignment, PlanResource
from ipd.tables.plan_columns import Duration
from ipd.tables.plans import PartOfPlan, of_plan

RESOURCE_KINDS = ("work", "material", "cost")


@table
class Resources(PartOfPlan):
    name, title = "resources", _("Resources of plans")
    about = _("Who or what works in a plan; with a calendar of their own where it differs.")
    model, key = PlanResource, ("product", "name")
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
class Assignments(PartOfPlan):
    name, title = "assignments", _("Assignments")
    about = _("Which resource works on which activity, with what share of its time.")
    model, key = Assignment, ("product", "activity", "resource")
    follows = ("activities", "resources")
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

    def check(self, rows, company):
        for row in rows:
            for column, to in (("activity", "activities"), ("resource", "resources")):
                known = company.final(to, row["product"], row[column])
                if known is None and to not in company.incomplete:
                    accepted = gettext("a row of %(table)s of the same product") % {"table": to}
                    company.problem(self, row, column, accepted)

    def values(self, row, company, names=None):
        return {
            "activity_id": company.id("activities", row["product"], row["activity"]),
            "resource_id": company.id("resources", row["product"], row["resource"]),
            "units": row["units"],
            "work_minutes": row["work"],
        }
