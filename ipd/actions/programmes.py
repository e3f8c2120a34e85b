"""A replacement goes on step by step; a board is requalified once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Part, Product, Programme, ReplacementBoard, ReplacementItem
from ipd.models.programmes import BEFORE_DECISION, REPLACED, ItemStatus
from ipd.models.where_used import touched_by
from teams.models import Person


def this_month() -> date:
    """The first day of the present month."""
    return today().replace(day=1)


@transaction.atomic
def enter(
    programme: Programme,
    part: Part,
    *,
    product: Product,
    reason: str,
    planned_month: date,
    by: Person,
    deadline_on: date | None = None,
    owner: Person | None = None,
) -> ReplacementItem:
    """Take a part into a programme, with the weeks it would be missing today.

    Refused for a part that is in it already, and for a month outside of the programme.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.items.filter(part=part).exists():
        raise Refused(_("%(part)s is in this programme already.") % {"part": part.code})
    month = planned_month.replace(day=1)
    if not programme.starts_on.replace(day=1) <= month <= programme.ends_on:
        raise Refused(_("The programme runs from %(first)s to %(last)s.") % _ends(programme))
    item = ReplacementItem.objects.create(
        programme=programme,
        part=part,
        product=product,
        reason=reason,
        deadline_on=deadline_on,
        owner=owner,
        planned_month=month,
        gap_before=part.gap_weeks,
    )
    touch({product.pk, *touched_by([part.pk])})
    return item


def _ends(programme: Programme) -> dict:
    return {"first": programme.starts_on, "last": programme.ends_on}


@transaction.atomic
def advance(
    item: ReplacementItem,
    *,
    by: Person,
    seen_version: int,
    resolution: str = "",
    first_time: bool | None = None,
) -> ReplacementItem:
    """Take a replacement to its next status; one at a time, in order.

    Deciding needs the resolution, releasing says whether the qualification passed at once, and
    cutting in gives it its month. Refused at the end and out of order.
    """
    item = ReplacementItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    if seen_version != item.version:
        raise Stale(
            _("This replacement moved on while you were writing: it is now “%(status)s”.")
            % {"status": item.get_status_display()}
        )
    status = item.following
    if not status:
        raise Refused(_("It is verified: nothing follows."))
    if item.status == ItemStatus.ANALYSED:
        if not resolution:
            raise Refused(_("Choose how the part is replaced."))
        item.resolution = resolution
    elif resolution and resolution != item.resolution and item.status not in BEFORE_DECISION:
        raise Refused(_("How it is replaced was decided: %(how)s.") % {"how": _how(item)})
    if status == ItemStatus.RELEASED:
        item.first_time = bool(first_time)
    item.status = status
    if status in REPLACED and item.done_month is None:
        item.done_month = this_month()
    item.version += 1
    item.save(update_fields=["status", "resolution", "first_time", "done_month", "version"])
    touch({item.product_id, *touched_by([item.part_id])})
    return item


def _how(item: ReplacementItem) -> str:
    return item.get_resolution_display()


@transaction.atomic
def requalified(board: ReplacementBoard, *, by: Person, seen_version: int) -> ReplacementBoard:
    """Say that a board has passed with its new parts, this month; refused the second time."""
    board = ReplacementBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    if seen_version != board.version:
        raise Stale(_("This board moved on while you were writing."))
    if board.done_month:
        raise Refused(
            _("It was requalified in %(month)s.") % {"month": f"{board.done_month:%Y-%m}"}
        )
    board.done_month = this_month()
    board.version += 1
    board.save(update_fields=["done_month", "version"])
    touch([board.product_id])
    return board
