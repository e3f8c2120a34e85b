"""The tables of working calendars, plans and activities."""

from collections import Counter
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.outline import STEP
from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole, code
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable
from ipd.models import Activity, Plan, PlanCalendar
from ipd.models.plans import ActivityKind, ConstraintKind, Distribution
from ipd.queries.working_times import is_country
from ipd.tables.company import PRODUCT
from ipd.tables.plan_columns import Duration, Week

MORNING, EVENING = time(8, 0, tzinfo=UTC), time(17, 0, tzinfo=UTC)
ENDS = {"fnet", "fnlt", "mfo"}
TOUCHES_PLAN = (("plans", "product"),)  # it is scheduled anew


def moment(day: date | None, of_day: time) -> datetime | None:
    """The moment that a day in a file stands for."""
    return None if day is None else datetime.combine(day, of_day)


def day_of(moment: datetime | None) -> date | None:
    return moment and moment.date()


def of_plan() -> Reference:
    return Reference(name="product", to="plans", path="plan__product__code")


@table
class Calendars(ModelTable):
    name, title = "calendars", _("Working calendars")
    about = _("Weeks of working hours, with the public holidays of a country.")
    model, key = PlanCalendar, ("code",)
    columns = (
        code(60),
        Text(name="name", longest=120),
        Week(name="hours", help=_("Days that are not named are days off.")),
        Text(name="country", longest=2, required=False, help=_("ISO code, as SE; for holidays.")),
        Text(name="subdivision", longest=10, required=False, help=_("A region, as BY in DE.")),
    )

    def rows_of(self):
        return super().rows_of().filter(plan=None)

    def check(self, rows, company):
        for row in rows:
            if row["country"] and not is_country(row["country"], row["subdivision"]):
                column = "subdivision" if is_country(row["country"]) else "country"
                accepted = gettext("a country and region whose holidays are known")
                company.problem(self, row, column, accepted)


@table
class Plans(ModelTable):
    name, title = "plans", _("Plans")
    about = _(
        "The plan of each product: its calendar, its first day, how far progress is reported."
    )
    model, key, touches = Plan, ("product",), TOUCHES_PLAN
    columns = (
        PRODUCT,
        Reference(name="calendar", to="calendars", path="calendar__code"),
        Day(name="starts_on", path="starts_at"),
        Day(name="status_on", required=False),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"starts_on": day_of(row["starts_on"])}

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "starts_at" in fields:
            fields["starts_at"] = moment(fields["starts_at"], MORNING)
        return fields


@table
class Activities(ModelTable):
    name, title = "activities", _("Activities")
    about = _("What is to be done, in the order of the plan; gates and milestones among it.")
    model, key, touches = Activity, ("product", "code"), TOUCHES_PLAN
    columns = (
        of_plan(),
        code(),
        Text(name="name", longest=255),
        Text(name="parent", longest=30, required=False, path="parent__code", help=_("A code.")),
        Choice(name="kind", choices=tuple(ActivityKind.values), required=False),
        Duration(name="duration", path="minutes", required=False),
        Duration(name="optimistic", path="optimistic_minutes", required=False),
        Duration(name="pessimistic", path="pessimistic_minutes", required=False),
        Choice(name="distribution", choices=tuple(Distribution.values), required=False),
        Reference(name="function", to="functions", path="function__code", required=False),
        Reference(name="owner", to="people", path="owner__code", required=False),
        Reference(name="calendar", to="calendars", path="calendar__code", required=False),
        Duration(name="effort", path="effort_minutes", required=False, help=_("Work, not time.")),
        Whole(name="percent", highest=100, required=False),
        Day(name="actual_start", path="actual_start_at", required=False),
        Day(name="actual_finish", path="actual_finish_at", required=False),
        Choice(name="constraint", choices=tuple(ConstraintKind.values), required=False),
        Day(name="constraint_on", path="constraint_at", required=False),
        Day(name="deadline", path="deadline_at", required=False),
        Text(name="gate", longest=20, required=False, help=_("The gate's code.")),
        Text(name="group", longest=60, required=False, help=_("What correlates it with others.")),
        Text(name="notes", required=False),
        Whole(name="place", path="order", highest=10**6, required=False),
    )

    def stored(self):
        days = ("actual_start", "actual_finish", "constraint_on", "deadline")
        for row in super().stored():
            row |= {name: day_of(row[name]) for name in days}
            yield row | {"place": row["place"] // STEP, "parent": row["parent"] or ""}

    def complete(self, row, company):
        known, last = company.once(_places)
        if row["place"] is None:
            row["place"] = known.get((row["product"], row["code"]))
        if row["place"] is None:
            last[row["product"]] += 1
            row["place"] = last[row["product"]]
        row["duration"] = row["duration"] or 0
        row["kind"] = self._kind(row, company)
        row["distribution"] = row["distribution"] or "pert"
        row["constraint"] = row["constraint"] or "asap"
        row["percent"] = row["percent"] or 0
        row["effort"] = row["effort"] or 0

    def _kind(self, row, company) -> str:
        """Who has something in it is a summary, whatever the cell says; nothing to do: a date."""
        if (row["product"], row["code"]) in company.once(_summaries):
            return "summary"
        if row["kind"] and row["kind"] != "summary":
            return row["kind"]
        if row["gate"]:
            return "gate"
        return "task" if row["duration"] else "milestone"

    def check(self, rows, company):
        everything = company.all_final(self.name)
        known, _last = company.once(_places)
        taken = Counter((row["product"], row["place"]) for row in everything.values())
        for row in rows:
            self._check_parent(row, everything, company)
            moved = row["place"] != known.get((row["product"], row["code"]))
            if moved and taken[row["product"], row["place"]] > 1:
                accepted = gettext("a place that no other activity of the plan has, or none")
                company.problem(self, row, "place", accepted)
            low, high = row["optimistic"], row["pessimistic"]
            if (low is None) != (high is None):
                empty = "optimistic" if low is None else "pessimistic"
                company.problem(self, row, empty, gettext("both, or neither"))
            elif low is not None and not low <= row["duration"] <= high:
                accepted = gettext("optimistic, duration and pessimistic in this order")
                company.problem(self, row, "optimistic", accepted)
            dated = row["constraint"] not in {"asap", "alap"}
            if dated != (row["constraint_on"] is not None):
                accepted = gettext("a date, for a constraint that has one, and only then")
                company.problem(self, row, "constraint_on", accepted)
            began, ended = row["actual_start"], row["actual_finish"]
            if ended is not None and (began is None or ended < began):
                company.problem(self, row, "actual_finish", gettext("on or after actual_start"))
            if ended is not None and row["percent"] != 100:
                company.problem(self, row, "percent", gettext("100 for what has ended"))

    def _check_parent(self, row, everything, company):
        seen, above = {row["code"]}, row["parent"]
        while above:
            parent = everything.get((row["product"], above))
            if parent is None:
                accepted = gettext("the code of an activity of the same product")
            elif above in seen:
                accepted = gettext("a summary that is not part of itself")
            else:
                seen.add(above)
                above = parent["parent"]
                continue
            return company.problem(self, row, "parent", accepted)
        return None

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        fields.pop("parent", None)
        ends = row["constraint"] in ENDS
        hours = {
            "actual_start_at": MORNING,
            "actual_finish_at": EVENING,
            "constraint_at": EVENING if ends else MORNING,
            "deadline_at": EVENING,
        }
        if "constraint" in fields:
            fields["constraint_at"] = row["constraint_on"]
        for name in hours.keys() & fields.keys():
            fields[name] = moment(fields[name], hours[name])
        if "order" in fields:
            fields["order"] *= STEP
        return fields

    def add(self, rows, company):
        super().add(rows, company)
        self._parents(rows, company)

    def change(self, changes, company):
        super().change(changes, company)
        self._parents([change.new for change in changes if "parent" in change.names], company)

    def alter(self, instance, change, company):
        return super().alter(instance, change, company) or {"code"}

    def _parents(self, rows, company):
        """Once all rows are there, each is put under its summary."""
        Activity.objects.bulk_update(
            [Activity(pk=row[PK], parent_id=self._parent(row, company)) for row in rows],
            ["parent"],
            batch_size=1000,
        )

    def _parent(self, row, company):
        return company.id(self.name, row["product"], row["parent"]) if row["parent"] else None


def _summaries(company) -> set:
    """The summaries of the file, by product and code."""
    return {(row["product"], row["parent"]) for row in company.rows["activities"] if row["parent"]}


def _places(company) -> tuple[dict, Counter]:
    """The place of each stored activity, by product and code, and the last one of each product.

    An activity that is new and names no place comes after the last.
    """
    rows = Activity.objects.filter(
        plan__product__code__in={row.get("product") for row in _rows(company)}
    )
    stored = rows.order_by().values_list("plan__product__code", "code", "order")
    known = {(product, code): order // STEP for product, code, order in stored}
    last = Counter()
    for (product, _code), place in known.items():
        last[product] = max(last[product], place)
    for row in _rows(company):
        product = row.get("product")
        last[product] = max(last[product], row.get("place") or 0)
    return known, last


def _rows(company) -> list:
    return company.rows.get("activities", [])
