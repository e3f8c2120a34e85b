"""What gates know of a team's bonus: conditions that cut it, and what would change it."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

from django.utils.translation import gettext as _

from gates.actions import conditions, meetings
from gates.models import Condition, Review
from gates.models.conditions import ConditionState
from gates.models.reviews import Stage
from ipd.actions import simulations
from ipd.kernel.days import today
from ipd.models import Simulation
from teams.findings import Found, finds
from teams.models.bonus_teams import FindingKind
from teams.what_ifs import WhatIf, offers

FORGIVEN = timedelta(days=30)
SLIP = timedelta(weeks=2)
NEXT_GATES = 4


@finds
def overdue(measured: list[int], day: date) -> dict[int, list[Found]]:
    """Conditions that have been overdue for more than 30 days; one query."""
    rows = (
        Condition.objects.overdue(day - FORGIVEN)
        .filter(review__product__in=measured, review__is_rehearsal=False)
        .select_related("review__gate")
        .order_by("due_on", "pk")
    )
    found: dict[int, list[Found]] = {}
    for row in rows:
        said = {"days": (day - row.due_on).days, "gate": row.review.label, "condition": row.text}
        text = _("%(days)s days overdue since %(gate)s: %(condition)s") % said
        key = f"condition:{row.review.gate.code}-{row.review.attempt}-{row.number}"
        fact = Found(FindingKind.OVERDUE, key, text, row.get_absolute_url())
        found.setdefault(row.review.product_id, []).append(fact)
    return found


@offers
def gates_slip(measured: int) -> list[WhatIf]:
    """Each of the next gates is held two weeks later."""
    rows = Review.objects.real().filter(product=measured, stage__in=(Stage.PREPARING, Stage.LOCKED))
    offered = []
    for row in rows.order_by("planned_on", "pk")[:NEXT_GATES]:
        told = {"gate": row.label, "day": max(row.planned_on, today()) + SLIP}
        label = _("%(gate)s slips two weeks, to %(day)s") % told
        offered.append(WhatIf(f"gate:{row.pk}", label, partial(_slip, row)))
    return offered


def _slip(review: Review) -> None:
    """What moving a meeting does, without telling anybody.

    The newest simulation is run again with the same luck: what half of its runs keep is what
    the schedule is held against.
    """
    Review.objects.filter(pk=review.pk).update(planned_on=max(review.planned_on, today()) + SLIP)
    meetings.moved([review.product_id])
    runs = Simulation.objects.filter(plan__product=review.product_id, what_if_of=None)
    last = runs.select_related("plan__product", "plan__calendar").order_by("-pk").first()
    if last is not None and simulations.is_quick(last):
        simulations.of_plan(last.plan, simulations.wanted_of(last), by=None, key=uuid4())


@offers
def conditions_close(measured: int) -> list[WhatIf]:
    """Each unsettled condition is found met today."""
    rows = Condition.objects.unsettled().filter(
        review__product=measured, review__is_rehearsal=False
    )
    return [
        WhatIf(
            f"condition:{row.pk}",
            _("Condition of %(gate)s closes: %(condition)s")
            % {"gate": row.review.label, "condition": row.text},
            partial(_close, row),
        )
        for row in rows.select_related("review").order_by("due_on", "pk")[:20]
    ]


def _close(condition: Condition) -> None:
    """What verifying does, without a verifier."""
    condition.state, condition.settled_on = ConditionState.VERIFIED, today()
    conditions.save_step(condition, "state", "settled_on")
    conditions.open_next_phase(condition)
