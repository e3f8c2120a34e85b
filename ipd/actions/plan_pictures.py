"""A picture becomes the product's plan: rows that are there are changed, others come and go.

Activities are known by their number in the project file, else by their code; so what other rooms
hang on an activity stays with it when the file comes in again.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import outline, plan_activities, plans
from ipd.kernel.access import Refused
from ipd.models import (
    Activity,
    Assignment,
    Baseline,
    BaselineRow,
    CalendarException,
    Link,
    Plan,
    PlanCalendar,
    PlanEdit,
    PlanResource,
    Product,
)
from ipd.mspdi.picture import Picture
from ipd.queries import plan_pictures
from teams.models import Person

BATCH = 1000


@dataclass
class Put:
    """What came of it: activities added, changed, gone, and those as they were."""

    plan: Plan
    added: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0
    is_change: bool = False


def put(product: Product, picture: Picture, *, by: Person | None, what: str) -> Put:
    """Make the product's plan the picture; the caller holds a transaction.

    Nothing is written when it is that already. Refused when a baseline that is kept would
    change, and when the plan cannot be scheduled.
    """
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    plan = Plan.objects.select_related("calendar").filter(product=product).first()
    stored = plan_pictures.of(plan) if plan else Picture()
    _keep_baselines(stored, picture)
    if plan and _same(stored, picture):
        return Put(plan, same=len(picture.activities))
    plan = _plan(plan, product, picture)
    calendars = _calendars(plan, stored, picture)
    plan.calendar_id = calendars[picture.plan["calendar"]]
    for name in plan_pictures.PLAN:
        setattr(plan, name, picture.plan[name])
    plan.save()
    done = Put(plan, is_change=True)
    activities = plan_activities.put(done, stored, picture, calendars)
    _links(plan, stored, picture, activities)
    _resources(plan, stored, picture, calendars, activities)
    _gone_calendars(plan, picture)
    outline.number(plan)
    _baselines(plan, stored, picture, by)
    PlanEdit.objects.create(
        plan=plan, number=plans.next_number(plan), what=what[:300], before=[], after=[], by=by
    )
    plans.changed(plan)
    return done


def _same(stored: Picture, picture: Picture) -> bool:
    parts = ("plan", "calendars", "activities", "links", "resources", "assignments")
    alike = all(getattr(stored, part) == getattr(picture, part) for part in parts)
    return alike and set(picture.baselines) <= set(stored.baselines)


def _keep_baselines(stored: Picture, picture: Picture) -> None:
    for number, row in picture.baselines.items():
        if number in stored.baselines and stored.baselines[number]["rows"] != row["rows"]:
            raise Refused(
                _("%(name)s is kept already with other dates; a baseline never changes.")
                % {"name": stored.baselines[number]["name"]}
            )


def _plan(plan: Plan | None, product: Product, picture: Picture) -> Plan:
    if plan is not None:
        return plans.locked(plan)
    return Plan.objects.create(
        product=product,
        calendar=plans.standard_calendar(),
        starts_at=picture.plan["starts_at"],
    )


# Calendars ----------------------------------------------------------------------------------


def _calendars(plan: Plan, stored: Picture, picture: Picture) -> dict[str | None, int | None]:
    """Ids by code, the plan's own before the company's."""
    ids: dict[str | None, int | None] = {None: None}
    ids |= dict(PlanCalendar.objects.filter(plan=None).values_list("code", "pk"))
    own = {row.code: row for row in PlanCalendar.objects.filter(plan=plan)}
    exceptions = []
    for code, row in picture.calendars.items():
        if code in own and stored.calendars.get(code) == row:
            continue
        calendar = own.get(code) or PlanCalendar(plan=plan, code=code)
        for name in plan_pictures.CALENDAR:
            setattr(calendar, name, row[name])
        calendar.save()
        own[code] = calendar
        calendar.exceptions.all().delete()
        exceptions += [
            CalendarException(calendar=calendar, first=first, last=last, name=name, hours=hours)
            for first, last, name, hours in row["exceptions"]
        ]
    CalendarException.objects.bulk_create(exceptions, batch_size=BATCH)
    return ids | {code: row.pk for code, row in own.items()}


def _gone_calendars(plan: Plan, picture: Picture) -> None:
    PlanCalendar.objects.filter(plan=plan).exclude(code__in=picture.calendars).delete()


# Links, resources, baselines ----------------------------------------------------------------


def _links(plan: Plan, stored: Picture, picture: Picture, activities: dict[str, Activity]) -> None:
    have = {(row.predecessor_id, row.successor_id, row.kind): row for row in plan.links.all()}
    want = {
        (activities[a].pk, activities[b].pk, kind): value
        for (a, b, kind), value in picture.links.items()
    }
    gone = [row.pk for key, row in have.items() if key not in want]
    Link.objects.filter(pk__in=gone).delete()
    differing = []
    for key, (lag, unit) in want.items():
        row = have.get(key)
        if row is not None and (row.lag, row.lag_unit) != (lag, unit):
            row.lag, row.lag_unit = lag, unit
            differing.append(row)
    Link.objects.bulk_update(differing, ["lag", "lag_unit"], batch_size=BATCH)
    Link.objects.bulk_create(
        [
            Link(plan=plan, predecessor_id=a, successor_id=b, kind=kind, lag=lag, lag_unit=unit)
            for (a, b, kind), (lag, unit) in want.items()
            if (a, b, kind) not in have
        ],
        batch_size=BATCH,
    )


def _resources(plan: Plan, stored: Picture, picture: Picture, calendars, activities) -> None:
    parts = ("resources", "assignments")
    if all(getattr(stored, part) == getattr(picture, part) for part in parts):
        return
    codes = {row["person"] for row in picture.resources.values()} - {""}
    people = {"": None} | dict(Person.objects.filter(code__in=codes).values_list("code", "pk"))
    have = {row.name: row for row in plan.resources.all()}
    PlanResource.objects.filter(
        pk__in=[row.pk for name, row in have.items() if name not in picture.resources]
    ).delete()
    for name, row in picture.resources.items():
        resource = have.get(name) or PlanResource(plan=plan, name=name)
        resource.kind, resource.max_units = row["kind"], row["max_units"]
        resource.uid, resource.extra = row["uid"], row["extra"]
        resource.calendar_id = calendars[row["calendar"]]
        resource.person_id = people[row["person"]]
        have[name] = resource
    wanted = [have[name] for name in picture.resources]
    PlanResource.objects.bulk_create([row for row in wanted if row.pk is None], batch_size=BATCH)
    PlanResource.objects.bulk_update(
        [row for row in wanted if row.pk is not None],
        ["kind", "max_units", "uid", "extra", "calendar", "person"],
        batch_size=BATCH,
    )
    Assignment.objects.filter(activity__plan=plan).delete()
    Assignment.objects.bulk_create(
        [
            Assignment(activity=activities[code], resource=have[name], **row)
            for (code, name), row in picture.assignments.items()
        ],
        batch_size=BATCH,
    )


def _baselines(plan: Plan, stored: Picture, picture: Picture, by: Person | None) -> None:
    rows = []
    for number, row in picture.baselines.items():
        if number in stored.baselines:
            continue
        baseline = Baseline.objects.create(
            plan=plan,
            number=number,
            name=row["name"],
            reason=row.get("reason", ""),
            finish_at=row["finish_at"],
            kept_by=by,
            kept_at=row.get("kept_at") or timezone.now(),
        )
        rows += [
            BaselineRow(baseline=baseline, code=code, **values)
            for code, values in row["rows"].items()
        ]
    BaselineRow.objects.bulk_create(rows, batch_size=BATCH)
