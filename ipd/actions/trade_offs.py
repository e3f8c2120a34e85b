"""Trade-offs: raised, given options, sent up the ladder, decided.

What climbs by the clock is in `climbing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ipd.actions import climbing
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger, touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from ipd.models import (
    ChangeRequest,
    Product,
    Requirement,
    TradeOff,
    TradeOffOption,
    TradeOffSide,
    TradeOffStep,
)
from ipd.models.trade_offs import Rung, TradeOffState
from ipd.queries.holders import who_may_see
from ipd.queries.trade_offs import broken_promises
from teams.models import Person


@dataclass(frozen=True)
class Side:
    """A requirement (whose owner stands for it), or a limit in words with its owner."""

    requirement: Requirement | None = None
    limit: str = ""
    owner: Person | None = None


def locked(trade_off: TradeOff, *, seen_version: int | None = None) -> TradeOff:
    """The fresh row, locked until the transaction ends.

    Raises Stale when the caller's page was drawn before the last step.
    """
    row = (
        TradeOff.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product__line", "raised_by", "chosen")
        .get(pk=trade_off.pk)
    )
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("It moved on while you were writing: “%(state)s”, with the %(rung)s.")
            % {"state": row.get_state_display(), "rung": row.get_rung_display()}
        )
    return row


def refuse_over(row: TradeOff) -> None:
    """Raises Refused unless it is open."""
    if row.state != TradeOffState.OPEN:
        raise Refused(_("It is settled: %(state)s.") % {"state": row.get_state_display()})


def save(row: TradeOff, *fields: str) -> TradeOff:
    """Write the fields and count the version up."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    touches.touch([row.product_id])
    return row


@transaction.atomic
def raise_(
    product: Product,
    *,
    title: str,
    text: str,
    dimension: str,
    decide_by: date,
    sides: Iterable[Side],
    by: Person,
) -> TradeOff:
    """Put a conflict on the first rung; the owners of both sides are told.

    Raises Refused with fewer than two sides, a requirement without an owner or of another
    product, or a day that is over.
    """
    sides = list(sides)
    if len(sides) < 2:
        raise Refused(_("A trade-off has at least two sides: requirements, or a limit in words."))
    if decide_by < today():
        raise Refused(_("The decision cannot be due before today."))
    for side in sides:
        _refuse_side(product, side)
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    last = TradeOff.objects.filter(product=product).aggregate(last=Max("number"))["last"] or 0
    row = TradeOff.objects.create(
        product=product,
        number=last + 1,
        title=title.strip(),
        text=text.strip(),
        dimension=dimension,
        decide_by=decide_by,
        raised_by=by,
        climbs_on=climbing.climbs_on(Rung.OWNERS, today()),
    )
    made = TradeOffSide.objects.bulk_create(
        TradeOffSide(
            trade_off=row,
            requirement=side.requirement,
            limit=side.limit.strip(),
            owner=side.requirement.owner if side.requirement else side.owner,
        )
        for side in sides
    )
    TradeOffStep.objects.create(trade_off=row, rung=Rung.OWNERS, entered_on=today(), by=by)
    touches.touch([product.pk])
    tell(
        who_may_see(product, [side.owner for side in made]),
        news=f"trade-off:{row.pk}:raised",
        text=_("Find a way out by %(day)s: %(row)s") % {"day": row.climbs_on, "row": row},
        link=row.get_absolute_url(),
        why=_("You own one of the sides."),
        needs_action=True,
    )
    return row


def _refuse_side(product: Product, side: Side) -> None:
    requirement = side.requirement
    if requirement is None:
        if not side.limit.strip() or side.owner is None:
            raise Refused(_("A limit needs its words and somebody who stands for it."))
    elif requirement.product_id != product.pk:
        raise Refused(
            _("%(code)s is not a requirement of this product.") % {"code": requirement.code}
        )
    elif requirement.owner_id is None:
        raise Refused(
            _("%(code)s has no owner yet; a conflict needs somebody on each side.")
            % {"code": requirement.code}
        )


@transaction.atomic
def offer(
    trade_off: TradeOff,
    *,
    name: str,
    text: str,
    days: int,
    cost: Decimal,
    currency: str,
    loses: str,
    is_recommended: bool,
    seen_version: int,
) -> TradeOffOption:
    """Add a way out; recommending it takes the recommendation from another one.

    Raises Refused once it is settled, or for a name that stands there.
    """
    row = locked(trade_off, seen_version=seen_version)
    refuse_over(row)
    if row.options.filter(name=name.strip()).exists():
        raise Refused(_("An option of this name stands there already."))
    if is_recommended:
        row.options.filter(is_recommended=True).update(is_recommended=False)
    option = TradeOffOption.objects.create(
        trade_off=row,
        name=name.strip(),
        text=text.strip(),
        days=days,
        cost=cost,
        currency=currency,
        loses=loses.strip(),
        is_recommended=is_recommended,
    )
    save(row)
    return option


@transaction.atomic
def send_up(trade_off: TradeOff, *, note: str, by: Person, seen_version: int) -> TradeOff:
    """Let the next rung decide, before the clock does.

    Raises Refused at the board, where the ladder ends, or without a word why.
    """
    row = locked(trade_off, seen_version=seen_version)
    refuse_over(row)
    if row.rung == Rung.BOARD:
        raise Refused(_("The board is the last step; it decides."))
    if not note.strip():
        raise Refused(_("Say why it goes up."))
    return climbing.climb(row, by=by, note=note.strip())


@transaction.atomic
def decide(
    trade_off: TradeOff,
    *,
    option: TradeOffOption,
    decision: str,
    change: ChangeRequest | None = None,
    by: Person,
    seen_version: int,
) -> TradeOff:
    """Choose an option; all sides and who raised it are told.

    Raises Refused once it is settled, without a reason, for an option of another trade-off,
    and for one that breaks a tolerance of the contract unless a change request carries it.
    """
    row = locked(trade_off, seen_version=seen_version)
    refuse_over(row)
    if option.trade_off_id != row.pk:
        raise Refused(_("That is no option of this trade-off."))
    if not decision.strip():
        raise Refused(_("Say in a sentence why this option."))
    if change is not None and change.product_id != row.product_id:
        raise Refused(_("The change request is another product's."))
    broken = broken_promises(row.product, option)
    if broken and change is None:
        raise Refused(
            _(
                "This option is beyond the contract's tolerance for %(what)s: "
                "raise a change request, and name it here."
            )
            % {"what": ", ".join(broken)}
        )
    row.state, row.chosen, row.change = TradeOffState.DECIDED, option, change
    row.decision, row.decided_by, row.decided_on = decision.strip(), by, today()
    row.climbs_on = None
    row.steps.filter(left_on=None).update(left_on=today())
    save(
        row,
        *("state", "chosen", "change", "decision"),
        *("decided_by", "decided_on", "climbs_on"),
    )
    ledger.record(
        kind="trade-off decided",
        subject=f"trade-off:{row.pk}",
        body={"product": row.product.code, "number": row.number, "option": option.name},
        by=by,
    )
    tell(
        who_may_see(row.product, [row.raised_by, *(s.owner for s in _sides(row))]),
        news=f"trade-off:{row.pk}:decided",
        text=_("Decided: %(row)s: %(option)s") % {"row": row, "option": option},
        link=row.get_absolute_url(),
        why=_("You own one of the sides, or raised it."),
    )
    return row


@transaction.atomic
def withdraw(trade_off: TradeOff, *, note: str, by: Person, seen_version: int) -> TradeOff:
    """Take it back, since there is no conflict any more; refused without saying why."""
    row = locked(trade_off, seen_version=seen_version)
    refuse_over(row)
    if not note.strip():
        raise Refused(_("Say why there is no conflict any more."))
    row.state, row.decision, row.climbs_on = TradeOffState.WITHDRAWN, note.strip(), None
    row.steps.filter(left_on=None).update(left_on=today())
    return save(row, "state", "decision", "climbs_on")


def _sides(row: TradeOff):
    return row.sides.select_related("owner")
