"""Plans: begun, edited in one transaction with a way back, and scheduled anew after each edit.

`editing` is how every edit is made: it locks the plan, refuses when the plan has moved on,
keeps the rows as they were and as they are, schedules, and counts the version up. The edits
themselves are in `activities`, `outline` and `links`, the way back in `plan_edits`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions.plan_records import Record
from ipd.actions.scheduling import reschedule
from ipd.calculations.working_time import datetime_of
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import touches
from ipd.kernel.days import today
from ipd.models import Plan, PlanCalendar, PlanEdit, Product
from ipd.queries import working_times
from teams.models import Person

__all__ = ["begin", "editing", "locked", "reschedule", "set_status"]


def locked(plan: Plan | int, *, seen_version: int | None = None) -> Plan:
    """The plan's row for writing; Stale when it is not the version that was seen."""
    pk = plan if isinstance(plan, int) else plan.pk
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if seen_version is not None and plan.version != seen_version:
        raise Stale(
            _("Somebody changed the plan meanwhile: it is version %(now)s, you saw %(seen)s.")
            % {"now": plan.version, "seen": seen_version}
        )
    return plan


@contextmanager
def editing(
    plan: Plan | int, *, by: Person | None, seen_version: int | None, what: str
) -> Iterator[Record]:
    """One edit: the rows the block saves, adds and deletes through the record it is given.

    Refused, with nothing written, when the plan cannot be scheduled afterwards (a circle).
    """
    with transaction.atomic():
        record = Record(locked(plan, seen_version=seen_version))
        yield record
        if not record:
            return
        finish_edit(record, by=by, what=what)


def finish_edit(record: Record, *, by: Person | None, what: str, **undo) -> PlanEdit:
    """Keep the edit, schedule, count the version up, say that the product's facts moved."""
    plan = record.plan
    edit = PlanEdit.objects.create(
        plan=plan,
        number=next_number(plan),
        what=what[:300],
        before=record.before,
        after=record.after,
        by=by,
        **undo,
    )
    changed(plan)
    return edit


def changed(plan: Plan) -> None:
    """After any change of a locked plan."""
    reschedule(plan)
    plan.version += 1
    plan.save(update_fields=["version"])
    touches.touch([plan.product_id])


def next_number(plan: Plan) -> int:
    last = plan.edits.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def standard_calendar() -> PlanCalendar:
    """The company's ordinary week: its calendar "STANDARD", made when there is none."""
    hours = [[[480, 720], [780, 1020]]] * 5 + [[], []]
    return PlanCalendar.objects.get_or_create(
        plan=None, code="STANDARD", defaults={"name": _("Standard"), "hours": hours}
    )[0]


@transaction.atomic
def begin(product: Product, *, by: Person | None, calendar: PlanCalendar | None = None) -> Plan:
    """An empty plan that starts with today's work; refused when the product has one."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    if Plan.objects.filter(product=product).exists():
        raise Refused(_("This product has a plan already."))
    calendar = calendar or standard_calendar()
    first = working_times.working_time(calendar).first_on(today())
    plan = Plan.objects.create(product=product, calendar=calendar, starts_at=datetime_of(first))
    touches.touch([product.pk])
    return plan


def set_status(plan: Plan, day, *, by: Person, seen_version: int) -> None:
    """Progress is reported up to this day; open work moves behind it where the plan says so."""
    with editing(
        plan, by=by, seen_version=seen_version, what=_("Status of %(day)s") % {"day": day}
    ) as record:
        record.save(record.plan, status_on=day)
