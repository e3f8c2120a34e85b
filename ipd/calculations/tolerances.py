"""How far a promise is missed, how far it may be, and what that makes of it."""

from dataclasses import dataclass
from decimal import Decimal

HALF = Decimal("0.5")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Tolerance:
    """How far a promise may be missed, in its own unit; a date in working days.

    allowed  None: nobody set a limit, so it is never broken
    warned   from where people are warned; half of what is allowed unless it was set
    """

    allowed: Decimal | None
    warned: Decimal | None

    def judge(self, missed: Decimal) -> str:
        """What the miss makes of the promise; negative is better than promised.

        >>> Tolerance(Decimal(10), Decimal(5)).judge(Decimal(10))
        'warning'
        >>> Tolerance(Decimal(10), Decimal(5)).judge(Decimal(11))
        'broken'
        >>> Tolerance(Decimal(0), Decimal(0)).judge(Decimal(0))
        'inside'
        """
        if self.allowed is not None and missed > max(self.allowed, Decimal(0)):
            return "broken"
        if self.warned is not None and missed > max(self.warned, Decimal(0)):
            return "warning"
        return "inside"


def missed(promised: Decimal, now: Decimal, *, higher_is_better: bool) -> Decimal:
    """By how much `now` falls short of what was promised; negative when it is better.

    >>> missed(Decimal("12.8"), Decimal("14.75"), higher_is_better=False)
    Decimal('1.95')
    >>> missed(Decimal(40), Decimal(38), higher_is_better=True)
    Decimal('2')
    """
    return promised - now if higher_is_better else now - promised


def of_figure(
    promised: Decimal, *, percent: Decimal | None, warning: Decimal | None, zero: bool
) -> Tolerance:
    """The tolerance of a promised figure, from percentages of it.

    >>> of_figure(Decimal("12.8"), percent=Decimal(5), warning=Decimal(3), zero=False)
    Tolerance(allowed=Decimal('0.64'), warned=Decimal('0.384'))
    >>> of_figure(Decimal(-4), percent=None, warning=None, zero=True)
    Tolerance(allowed=Decimal('0'), warned=Decimal('0'))
    """
    if zero:
        return Tolerance(Decimal(0), Decimal(0))
    allowed = None if percent is None else abs(promised) * percent / HUNDRED
    return _warned(allowed, None if warning is None else abs(promised) * warning / HUNDRED)


def of_date(
    remaining: int,
    *,
    days: int | None,
    percent: Decimal | None,
    warning: Decimal | None,
    zero: bool,
) -> Tolerance:
    """The tolerance of a promised day, in working days; `remaining` of them lead to it.

    Where both a number of days and a percentage are given, the wider one counts.

    >>> of_date(70, days=10, percent=Decimal(5), warning=None, zero=False)
    Tolerance(allowed=Decimal('10'), warned=Decimal('5.0'))
    >>> of_date(324, days=10, percent=Decimal(5), warning=None, zero=False).allowed
    Decimal('16.2')
    >>> of_date(-3, days=None, percent=Decimal(5), warning=None, zero=False).allowed
    Decimal('0')
    """
    if zero:
        return Tolerance(Decimal(0), Decimal(0))
    left = Decimal(max(0, remaining))
    limits = [] if days is None else [Decimal(days)]
    if percent is not None:
        limits.append(left * percent / HUNDRED)
    return _warned(max(limits, default=None), None if warning is None else left * warning / HUNDRED)


def _warned(allowed: Decimal | None, warned: Decimal | None) -> Tolerance:
    if warned is None and allowed is not None:
        warned = HALF * allowed
    return Tolerance(allowed, warned)
