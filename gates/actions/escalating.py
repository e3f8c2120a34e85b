"""What the clock does to conditions: reminds, escalates, and lets them lapse.

A lapse asks for an unplanned decision gate. The freeze of new commitments above the
delegation of authority, which it brings too, comes with the money model that knows them.
"""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gates.actions import conditions, effects
from gates.calculations.ladder import Ladder
from gates.duties import chairs_of, leads_of
from gates.models import Chain, Condition, GateDefinition, Review
from gates.models.conditions import ConditionState
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from teams.models import Person

logger = logging.getLogger(__name__)


def ladder_of(chain: Chain) -> Ladder:
    """The rules of the chain that the condition's review belongs to."""
    return Ladder(
        remind_before_days=chain.remind_before_days,
        escalate_after_days=tuple(sorted(chain.escalate_after_days)),
        lapse_after_days=chain.lapse_after_days,
    )


def chase() -> int:
    """Move every unsettled condition up to the step its due date has reached; how many moved.

    One transaction per condition. A row that another worker holds is its business and is
    passed over; the step already told is in the row, so that nothing is told twice. One
    condition that fails is logged and does not hold up the others.
    """
    moved = 0
    for pk in _to_chase(today()):
        try:
            moved += _climb(pk)
        except Exception:
            logger.exception("Condition %s could not be chased.", pk)
    return moved


def _to_chase(day: date) -> list[int]:
    ladders = {chain.pk: ladder_of(chain) for chain in Chain.objects.all()}
    ahead = max((ladder.remind_before_days for ladder in ladders.values()), default=0)
    rows = (
        Condition.objects.unsettled()
        .filter(due_on__lte=day + timedelta(days=ahead))
        .order_by("due_on", "pk")
        .values_list("pk", "due_on", "escalation_step", "review__gate__chain")
    )
    return [pk for pk, due_on, step, chain in rows if ladders[chain].reached(due_on, day) > step]


@transaction.atomic
def _climb(pk: int) -> bool:
    """Tell each step this condition has newly reached, in one transaction with its row."""
    if Condition.objects.select_for_update(skip_locked=True).filter(pk=pk).first() is None:
        return False
    condition = conditions.locked(Condition(pk=pk))
    ladder, day = ladder_of(condition.review.gate.chain), today()
    reached = ladder.reached(condition.due_on, day)
    if not condition.is_unsettled or reached <= condition.escalation_step:
        return False
    first, last_warning = condition.escalation_step + 1, min(reached, ladder.lapse_step - 1)
    for step in range(first, last_warning + 1):
        _tell_step(condition, step, day, is_last=step == last_warning)
    moved = last_warning > condition.escalation_step
    condition.escalation_step = max(condition.escalation_step, last_warning)
    if reached == ladder.lapse_step and condition.state != ConditionState.SUBMITTED:
        lapses_on = ladder.lapses_on(condition.due_on, _warned_on(condition))
        if lapses_on is not None and day >= lapses_on:
            condition.escalation_step = ladder.lapse_step
            _lapse(condition)
            return True
    if moved:
        conditions.save_step(condition, "escalation_step")
    return moved


def _warned_on(condition: Condition) -> date | None:
    """The day of the last escalation since the condition was last extended."""
    events = condition.events
    extended = events.filter(what="extended").aggregate(last=Max("pk"))["last"] or 0
    told = events.filter(what="escalated", pk__gt=extended).order_by("-pk").first()
    return timezone.localdate(told.at) if told else None


def _tell_step(condition: Condition, step: int, day: date, *, is_last: bool) -> None:
    """Step 1 reminds; the first escalation goes to lead and function head, the next to the chair.

    At once by mail only to who can move it: the owner, the verifier of a submitted one, and
    the chair, who may extend or waive. Of several steps caught up with at once, who can move
    it hears the last only; a reminder that comes after the due day is left out.
    """
    news = f"{condition.due_on}:step:{step}"
    days = (day - condition.due_on).days
    submitted = condition.state == ConditionState.SUBMITTED
    mover = condition.verifier if submitted else condition.owner
    whose = _("You verify this condition.") if submitted else _("You own this condition.")
    name = conditions.name_of(condition)
    if step == 1:
        if days <= 0:
            text = _("Due %(day)s: %(condition)s") % {"day": condition.due_on, "condition": name}
            conditions.note_event(condition, "reminded", by=None)
            conditions.inform(condition, [mover], news=news, text=text, why=whose, act=True)
        return
    text = ngettext(
        "%(days)d day overdue: %(condition)s. %(owner)s owns it, %(verifier)s verifies.",
        "%(days)d days overdue: %(condition)s. %(owner)s owns it, %(verifier)s verifies.",
        days,
    ) % {
        "days": days,
        "condition": name,
        "owner": condition.owner,
        "verifier": condition.verifier,
    }
    called, why, act = _called_at(condition, step)
    names = ", ".join(person.name for person in called)
    conditions.note_event(condition, "escalated", by=None, note=names)
    if is_last:
        conditions.inform(condition, [mover], news=news, text=text, why=whose, act=True)
    conditions.inform(condition, called, news=news, text=text, why=why, act=act)


def _called_at(condition: Condition, step: int) -> tuple[list[Person], str, bool]:
    review = condition.review
    if step == 2:
        called = [*leads_of(review.product), condition.function.head]
        why = _("You lead the team or the function that owes this condition.")
        return [person for person in called if person], why, False
    return chairs_of(review), _("You chair the body that set this condition."), True


def _lapse(condition: Condition) -> None:
    """Settle it as lapsed, write it in the ledger, and ask for an unplanned decision gate."""
    condition.state, condition.settled_on = ConditionState.LAPSED, today()
    chairs = chairs_of(condition.review)
    conditions.note_event(condition, "lapsed", by=None, note=condition.consequence)
    gate = _ask_for_unplanned_gate(condition, chairs)
    conditions.enter_in_ledger(condition, "lapsed", by=None, unplanned_review=gate and gate.pk)
    conditions.save_step(condition, "state", "settled_on", "escalation_step")
    people = [
        condition.owner,
        condition.verifier,
        condition.function.head,
        *leads_of(condition.review.product),
        *chairs,
    ]
    conditions.inform(
        condition,
        people,
        news="lapsed",
        text=_("Lapsed: %(condition)s. Consequence: %(consequence)s")
        % {"condition": conditions.name_of(condition), "consequence": condition.consequence},
        why=_("You own, verify or answer for this condition."),
        act=True,
    )


def _ask_for_unplanned_gate(condition: Condition, chairs: list[Person]) -> Review | None:
    """Book the process's unplanned gate; an open one serves several lapses."""
    product = condition.review.product
    reason = _("Lapsed: %(condition)s. %(text)s") % {
        "condition": conditions.name_of(condition),
        "text": condition.text,
    }
    try:
        with transaction.atomic():
            review = effects.request_unplanned(
                product, reason=reason, by=chairs[0] if chairs else None
            )
    except Refused as refusal:
        conditions.note_event(condition, "not_booked", by=None, note=str(refusal))
        return None
    gates = GateDefinition.objects.filter(chain__process=product.process_id, unplanned=True)
    if review is None:
        booked = Review.objects.real().open()
        review = booked.filter(product=product, gate__in=gates).first()
    if review is None:
        note = _("The process has no unplanned gate.")
        conditions.note_event(condition, "not_booked", by=None, note=note)
        return None
    conditions.note_event(condition, "unplanned_gate", by=None, note=str(review))
    return review
