"""Plans come in from project files, and go out as such; their tables are in `plan_exports`."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.actions import plan_matching, plan_pictures, plans
from ipd.kernel.access import Refused
from ipd.models import Plan, PlanCalendar, Product
from ipd.mspdi import reading, values, writing
from ipd.mspdi.picture import Picture
from ipd.mspdi.xml import Unreadable
from ipd.queries import plan_agreement, working_times
from ipd.queries import plan_pictures as pictures
from ipd.queries.plan_agreement import Agreement
from teams.models import Person

SHOWN = 5
YEARS_AHEAD = 5


class Unusable(Refused):
    """The file is refused; `faults` says where and what, each a sentence."""

    def __init__(self, faults: list[str]):
        self.faults = faults
        more = len(faults) - SHOWN
        said = "; ".join(faults[:SHOWN])
        if more > 0:
            said += ngettext("; and %(more)s more", "; and %(more)s more", more) % {"more": more}
        super().__init__(f"{said}." if not said.endswith(".") else said)


@dataclass(frozen=True)
class Loaded:
    """What a file did to the plan, how its dates agree with ours, and what is worth saying."""

    plan: Plan
    added: int
    changed: int
    gone: int
    same: int
    is_change: bool
    agreement: Agreement
    notes: tuple[str, ...]


def read(data: bytes) -> reading.File:
    """The file as a picture; Unusable, with every place that is wrong, when it is none."""
    try:
        file = reading.read(data)
    except Unreadable as error:
        raise Unusable([str(error)]) from error
    if file.faults:
        raise Unusable([str(fault) for fault in file.faults.found])
    return file


@transaction.atomic
def load(
    product: Product,
    data: bytes,
    *,
    by: Person | None,
    seen_version: int | None = None,
    shift: timedelta = timedelta(0),
) -> Loaded:
    """Make the product's plan what the file says; nothing when it says what the plan is.

    What hangs on an activity stays with it (see `plan_pictures`). Unusable, with nothing
    written, when anything in the file is wrong; Stale when the plan moved on.
    """
    if seen_version is not None:
        plan = Plan.objects.filter(product=product).first()
        if plan is not None:
            plans.locked(plan, seen_version=seen_version)
    file = read(data)
    if shift:
        moved(file.picture, shift)
    plan_matching.match(file.picture)
    try:
        with transaction.atomic():
            done = plan_pictures.put(product, file.picture, by=by, what=_("Loaded a project file"))
    except Refused as error:
        raise Unusable([str(error)]) from error
    return Loaded(
        done.plan,
        done.added,
        done.changed,
        done.gone,
        done.same,
        done.is_change,
        plan_agreement.of(done.plan),
        tuple(file.notes),
    )


def moved(picture: Picture, shift: timedelta) -> None:
    """All dates of a demonstration's plan, moved by whole weeks; calendars keep theirs."""

    def later(value):
        return value + shift if isinstance(value, date) else value

    picture.plan |= {name: later(picture.plan[name]) for name in ("starts_at", "status_on")}
    for row in picture.activities:
        row |= {name: later(value) for name, value in row.items() if name.endswith("_at")}
        said = row["extra"]["file"]
        row["extra"]["file"] = {
            name: values.said(values.moment(moment) + shift) if moment else moment
            for name, moment in said.items()
        }
    for baseline in picture.baselines.values():
        baseline["finish_at"] = later(baseline["finish_at"])
        for row in baseline["rows"].values():
            row |= {name: later(value) for name, value in row.items() if name.endswith("_at")}


def export_mspdi(plan: Plan) -> bytes:
    """The plan as a project file (MSPDI XML), with the dates that were computed."""
    picture = pictures.of(plan)
    _with_company_calendars(plan, picture)
    names = ("late_start_at", "late_finish_at", "total_float_minutes", "free_float_minutes")
    rows = list(
        plan.activities.order_by("order").values(
            "code", "start_at", "finish_at", "is_critical", *names
        )
    )
    return writing.write(
        picture,
        name=str(plan.product),
        dates={row["code"]: (row["start_at"], row["finish_at"]) for row in rows},
        computed={row["code"]: row for row in rows},
    )


def _with_company_calendars(plan: Plan, picture: Picture) -> None:
    """The company's calendars that the plan uses, their holidays as exceptions."""
    rows = [*picture.activities, *picture.resources.values()]
    used = {picture.plan["calendar"], *(row["calendar"] for row in rows)} - {None}
    first = plan.starts_at.year - 1
    last = (plan.finishes_at or plan.starts_at).year + YEARS_AHEAD
    found = PlanCalendar.objects.filter(plan=None, code__in=used - set(picture.calendars))
    for row in found.prefetch_related("exceptions"):
        exceptions = [[e.first, e.last, e.name, e.hours] for e in row.exceptions.all()]
        given = {
            day
            for e in row.exceptions.all()
            for day in range(e.first.toordinal(), e.last.toordinal() + 1)
        }
        if row.country:
            for year in range(first, last + 1):
                days = working_times.public_holidays(row.country, row.subdivision, year)
                for day in sorted(days - given):
                    name = _("Holiday")
                    exceptions.append([date.fromordinal(day), date.fromordinal(day), name, []])
        picture.calendars[row.code] = {name: getattr(row, name) for name in pictures.CALENDAR} | {
            "exceptions": exceptions,
            "uid": None,
            "extra": {},
        }
