"""How a trade-off climbs the ladder: by hand, or by the clock when nobody decides in time."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.actions import touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import add_working_days, today
from ipd.models import TradeOff, TradeOffStep
from ipd.models.trade_offs import DAYS_ON, Rung
from ipd.permissions.trade_offs import ACTS
from ipd.queries.holders import of_act, who_may_see
from teams.models import Function, Person

logger = logging.getLogger(__name__)


def climbs_on(rung: int, since: date) -> date | None:
    """The day after which the clock sends it up; None at the board."""
    days = DAYS_ON.get(Rung(rung))
    return add_working_days(since, days) if days else None


def climb(row: TradeOff, *, by: Person | None, note: str) -> TradeOff:
    """Put a locked, open trade-off on the next rung, and tell those who decide there."""
    day = today()
    row.steps.filter(left_on=None).update(left_on=day)
    row.rung += 1
    row.rung_since, row.climbs_on = day, climbs_on(row.rung, day)
    row.version += 1
    row.save(update_fields=["rung", "rung_since", "climbs_on", "version"])
    TradeOffStep.objects.create(
        trade_off=row, rung=row.rung, entered_on=day, by=by, note=note[:300]
    )
    touches.touch([row.product_id])
    tell(
        who_may_see(row.product, deciders(row)),
        news=f"trade-off:{row.pk}:rung:{row.rung}",
        text=_("Decide a trade-off: %(row)s") % {"row": row},
        link=row.get_absolute_url(),
        why=_("It climbed to the step where you decide."),
        needs_action=True,
    )
    return row


def deciders(row: TradeOff) -> list[Person]:
    """Who may decide it on its rung."""
    people = of_act(ACTS[Rung(row.rung)], line=row.product.line, product=row.product)
    if row.rung == Rung.LINE:
        functions = row.sides.values("owner__function")
        heads = Function.objects.filter(pk__in=functions, head__is_active=True)
        people += [function.head for function in heads.select_related("head")]
    return people


def chase() -> int:
    """Send up every open trade-off whose days are over; how many climbed.

    A row that another worker holds is passed over; one that fails does not hold up the others.
    """
    late = TradeOff.objects.open().filter(climbs_on__lt=today()).order_by("climbs_on", "pk")
    moved = 0
    for pk in list(late.values_list("pk", flat=True)[:500]):
        try:
            moved += _tick(pk)
        except Exception:
            logger.exception("Trade-off %s could not climb.", pk)
    return moved


@transaction.atomic
def _tick(pk: int) -> bool:
    row = (
        TradeOff.objects.open()
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("product__line")
        .filter(pk=pk, climbs_on__lt=today())
        .first()
    )
    if row is None:
        return False
    climb(row, by=None, note=_("Nobody decided in time."))
    return True
