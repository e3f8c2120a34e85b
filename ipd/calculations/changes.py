"""Which class a plan change is of, and who decides it, from what it does to the promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

OFFLINE_FACTOR = 2  # up to so many tolerances a change may be decided without a meeting
LIMIT = 3  # the so manieth change of class B on one promise goes to a gate


@dataclass(frozen=True)
class Effect:
    """What a change does to one promise: how much worse it gets, and how much it may.

    earlier  changes of class B that moved the same promise before
    """

    code: str
    missed: Decimal
    allowed: Decimal | None
    earlier: int = 0

    @property
    def exceeds(self) -> bool:
        """Worse by more than the team may give away by itself."""
        return self.allowed is not None and self.missed > self.allowed

    @property
    def exceeds_far(self) -> bool:
        """Worse by twice the tolerance or more; where none is allowed, by anything.

        >>> Effect("GA", Decimal(19), Decimal(10)).exceeds_far
        False
        >>> Effect("GA", Decimal(20), Decimal(10)).exceeds_far
        True
        >>> Effect("SCOPE", Decimal(1), Decimal(0)).exceeds_far
        True
        """
        return self.exceeds and self.missed >= OFFLINE_FACTOR * self.allowed


@dataclass(frozen=True)
class Classified:
    """The class, whether only a gate decides, and the promises that make it so."""

    change_class: str
    needs_gate: bool
    exceeding: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    third: tuple[str, ...] = ()


def classify(effects: Iterable[Effect], *, essential: bool, scope: bool) -> Classified:
    """Class A, B or C of a change, by what it does and by the questions no figure answers.

    essential  target segment, core value or architecture changes
    scope      a contracted requirement is added or dropped

    >>> late = Effect("GA", Decimal(15), Decimal(10))
    >>> classify([late], essential=False, scope=False)
    Classified(change_class='B', needs_gate=False, exceeding=('GA',), far=(), third=())
    >>> classify([Effect("GA", Decimal(15), Decimal(10), earlier=2)],
    ...          essential=False, scope=False).needs_gate
    True
    >>> classify([Effect("GA", Decimal(9), Decimal(10))], essential=False, scope=False)
    Classified(change_class='C', needs_gate=False, exceeding=(), far=(), third=())
    >>> classify([], essential=False, scope=True).change_class
    'B'
    >>> classify([], essential=True, scope=False)
    Classified(change_class='A', needs_gate=True, exceeding=(), far=(), third=())
    """
    effects = list(effects)
    exceeding = tuple(effect.code for effect in effects if effect.exceeds)
    far = tuple(effect.code for effect in effects if effect.exceeds_far)
    if essential:
        return Classified("A", True, exceeding, far)
    if not exceeding and not scope:
        return Classified("C", False)
    third = tuple(effect.code for effect in effects if effect.earlier >= LIMIT - 1)
    return Classified("B", bool(far or third), exceeding, far, third)
