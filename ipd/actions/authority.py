"""Is a person's authority enough: a level covers the act, or a sentence says who may do it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.money import money
from ipd.models import AuthorityLimit, Product
from ipd.models.rates import company_currency
from ipd.queries import authority
from teams.models import Person


def cover(
    product: Product,
    act: str,
    *,
    amount: Decimal,
    by: Person,
    resolution: str,
    percent: Decimal | None = None,
    summed: bool = False,
) -> AuthorityLimit:
    """The limit that covers an act of this person on the product.

    amount      in the company's currency; with earlier orders, when they are `summed`
    percent     cumulative share of the whole, where limits name one
    resolution  the body's, where only a body may: it is recorded with the act

    Raises Refused, naming who may, when the person's own limit is lower and no body has decided.
    """
    levels = authority.levels(product, act)
    own = authority.own(levels, by)
    if own is None:
        raise Refused(
            _("You hold no seat with authority for this today. It lies with: %(who)s.")
            % {"who": "; ".join(map(str, levels)) or _("nobody; the process names no limits")}
        )
    if own.covers(amount) and _within(own, percent):
        return own.row
    enough = next(
        (
            level
            for level in levels
            if level.row.level > own.row.level
            and level.covers(amount)
            and _within(level, percent)
            and (level.needs_resolution or level.holders)
        ),
        None,
    )
    decided = enough is not None and enough.needs_resolution and resolution.strip()
    if decided and _speaks_for_body(own, levels):
        return enough.row
    raise Refused(_above(own, enough, amount=amount, percent=percent, summed=summed))


def _within(level: authority.Level, percent: Decimal | None) -> bool:
    most = level.row.cumulative_percent
    return percent is None or most is None or percent <= most


def _speaks_for_body(own: authority.Level, levels: list[authority.Level]) -> bool:
    """A body's resolution is carried out by whoever holds the highest level a person can hold."""
    return own.row.level == max(one.row.level for one in levels if not one.needs_resolution)


def _above(own, enough, *, amount, percent, summed) -> str:
    told = {"amount": money(amount, company_currency(), granted=True)}
    told["limit"] = money(own.row.limit, company_currency(), granted=True)
    told["most"], told["percent"] = own.row.cumulative_percent, round(percent or 0)
    if not own.covers(amount):
        reason = (
            _("With the orders of the last weeks this makes %(amount)s, above your %(limit)s.")
            if summed
            else _("%(amount)s is above your limit of %(limit)s.")
        )
    else:
        reason = _("This makes %(percent)s %% drawn; your limit is %(most)s %%.")
    if enough is None:
        who = _("No level of authority covers it.")
    elif enough.needs_resolution:
        who = _("It takes a resolution of the %(body)s; the chair of the line enters it.") % {
            "body": enough.row.body_kind
        }
    else:
        who = _("It may be done by: %(who)s.") % {"who": enough}
    return f"{reason % told} {who}"
