"""What the clock does to requirements: it reminds once, and takes long silence for a yes."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ipd.actions import requirement_moves
from ipd.actions.requirements import inform, locked, save_step, stamp
from ipd.calculations.requirement_clocks import ASKED_AT_MOST, confirm_by
from ipd.kernel.days import today
from ipd.models import Requirement
from ipd.models.requirement_words import RequirementStatus as S
from ipd.models.requirement_words import StepKind
from ipd.queries.holders import of_act

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 500
# Whose move it is while a clock runs.
WAITS_FOR = {
    S.NEW: "analyse_requirements",
    S.ANALYSING: "analyse_requirements",
    S.PROPOSED: "distribute_requirements",
}


def chase() -> int:
    """Remind of each overdue step once, and time out what nobody confirms; how many moved.

    A row that another worker holds is passed over; one that fails does not hold up the others.
    """
    moved = 0
    day = today()
    late = (
        Requirement.objects.overdue(day)
        .filter(Q(reminded_on=None) | Q(reminded_on__lt=F("due_on")) | Q(status=S.DELIVERED))
        .order_by("due_on", "pk")
    )
    for pk in list(late.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        try:
            moved += _tick(pk, day)
        except Exception:
            logger.exception("Requirement %s could not be chased.", pk)
    return moved


@transaction.atomic
def _tick(pk: int, day: date) -> bool:
    if not Requirement.objects.select_for_update(skip_locked=True).filter(pk=pk).exists():
        return False
    row = locked(Requirement(pk=pk))
    if row.due_on is None or row.due_on >= day:
        return False
    if row.status == S.DELIVERED:
        return _time_out(row)
    if row.status not in WAITS_FOR or (row.reminded_on and row.reminded_on >= row.due_on):
        return False
    row.reminded_on = day
    Requirement.objects.filter(pk=pk).update(reminded_on=day)
    inform(
        row,
        of_act(WAITS_FOR[row.status], line=row.line),
        news=f"overdue:{row.status}:{row.due_on}",
        text=_("Overdue since %(day)s (%(state)s): %(code)s %(title)s")
        % {
            "day": row.due_on,
            "state": row.get_status_display(),
            "code": row.code,
            "title": row.title,
        },
        why=_("Your team answers for this step."),
        act=True,
    )
    return True


def _time_out(row: Requirement) -> bool:
    """No answer: the requester is asked once more, then silence counts as yes."""
    silent = row.steps.filter(kind=StepKind.TIMED_OUT).count() + 1
    stamp(row, StepKind.TIMED_OUT, by=None)
    if silent >= ASKED_AT_MOST:
        requirement_moves.close_confirmed(row, StepKind.CONFIRMED, by=None)
        return True
    row.due_on = confirm_by(today())
    save_step(row, "due_on")
    requirement_moves.ask_for_confirmation(row)
    return True
