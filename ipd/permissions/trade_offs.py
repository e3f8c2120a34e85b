"""Who decides a trade-off: it depends on the rung of the ladder it stands on."""

from django.db.models import Q

from ipd.models import TradeOff
from ipd.models.trade_offs import Rung
from ipd.permissions import acts_of
from teams.models import Function, Person

ACTS = {
    Rung.OWNERS: "approve_requirements",
    Rung.TEAM: "decide_small_change",
    Rung.LINE: "distribute_requirements",
    Rung.BOARD: "decide_change",
}


def can_decide(person: Person, trade_off: TradeOff) -> bool:
    """On the first rung the system engineer or the leader, then the leader, then the requirement
    management team or the head of an owner's function, then the chair of the board.
    """
    if ACTS[trade_off.rung] in acts_of(person, trade_off.product):
        return True
    return trade_off.rung == Rung.LINE and _heads_an_owner(person, trade_off)


def _heads_an_owner(person: Person, trade_off: TradeOff) -> bool:
    owners = trade_off.sides.values("owner__function")
    return Function.objects.filter(Q(pk__in=owners), head=person).exists()
