"""What is done against exposure: actions on parts with an owner, and a team's own statements."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import parts
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Part, Product, SupplyAction, SupplyStatement
from ipd.models.supply import OPEN_STATES, PlanState
from ipd.models.where_used import touched_by
from teams.models import Person

# From which state a supply action goes to which; what has ended stays so.
STEPS = {
    PlanState.PLANNED: {"running", "done", "dropped"},
    PlanState.RUNNING: {"planned", "done", "dropped"},
    PlanState.DONE: set(),
    PlanState.DROPPED: set(),
}


@transaction.atomic
def plan(
    part: Part,
    *,
    rung: str,
    text: str,
    owner: Person | None,
    due_on: date,
    by: Person,
    product: Product | None = None,
    ttr_after: Decimal | None = None,
    tts_after: Decimal | None = None,
) -> SupplyAction:
    """Plan an action on a part, for one product or for all; its owner is told.

    Refused for a due day that has passed.
    """
    part = parts.locked(part)
    if due_on < today():
        raise Refused(_("The day it is due lies behind us."))
    last = part.actions.order_by("-number").values_list("number", flat=True).first() or 0
    action = SupplyAction.objects.create(
        part=part,
        number=last + 1,
        product=product,
        rung=rung,
        text=text,
        owner=owner,
        due_on=due_on,
        ttr_after=ttr_after,
        tts_after=tts_after,
    )
    _tell_owner(action, by)
    _moved(action)
    return action


@transaction.atomic
def revise(
    action: SupplyAction,
    *,
    state: str,
    owner: Person | None,
    due_on: date,
    by: Person,
    seen_version: int,
) -> SupplyAction:
    """Move an action on: its state, who answers for it, when it is due.

    When it is done, what it changes of recovery and survival is not believed by itself: the
    part is assessed anew. Refused once it has ended.
    """
    action = (
        SupplyAction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("part", "owner")
        .get(pk=action.pk)
    )
    if seen_version != action.version:
        raise Stale(
            _("This action moved on while you were writing: it is now “%(state)s”.")
            % {"state": action.get_state_display()}
        )
    if state != action.state and state not in STEPS[action.state]:
        raise Refused(_("It has ended: %(state)s.") % {"state": action.get_state_display()})
    if not action.is_open:
        raise Refused(_("It has ended: %(state)s.") % {"state": action.get_state_display()})
    if due_on != action.due_on and due_on < today() and state in OPEN_STATES:
        raise Refused(_("The day it is due lies behind us."))
    handed = owner is not None and owner != action.owner
    action.state, action.owner, action.due_on = state, owner, due_on
    action.version += 1
    action.save(update_fields=["state", "owner", "due_on", "version"])
    if handed:
        _tell_owner(action, by)
    _moved(action)
    return action


def _moved(action: SupplyAction) -> None:
    touch([action.product_id] if action.product_id else touched_by([action.part_id]))


def _tell_owner(action: SupplyAction, by: Person) -> None:
    """Only whoever may see the part (and the product it is for) is told."""
    if action.owner is None or action.owner == by:
        return
    if not SupplyAction.objects.visible_to(action.owner).filter(pk=action.pk).exists():
        return
    if not Part.objects.visible_to(action.owner).filter(pk=action.part_id).exists():
        return
    tell(
        [action.owner],
        news=f"supply-action:{action.pk}:{action.version}",
        text=_("Yours: %(part)s, %(text)s") % {"part": action.part.code, "text": action.text},
        link=action.part.get_absolute_url(),
        why=_("You own this supply action."),
        needs_action=True,
    )


@transaction.atomic
def state_element(
    product: Product, *, element: str, is_ready: bool, text: str, by: Person
) -> SupplyStatement:
    """Say how an element of supply stands that no table can tell."""
    if not text.strip():
        raise Refused(_("Say what it rests on."))
    statement, _new = SupplyStatement.objects.update_or_create(
        product=product,
        element=element,
        defaults={"is_ready": is_ready, "text": text.strip(), "by": by, "on": today()},
    )
    touch([product.pk])
    return statement
