"""A median that some more values join: exact, of the values around its middle alone."""

from collections.abc import Sequence
from decimal import Decimal

# So many values on either side of the middle are kept, and so many more may join.
WINDOW = 128


def first_kept(count: int) -> int:
    """How many of `count` sorted values lie before those that are kept around the middle."""
    return max(0, count // 2 - WINDOW)


def joined(middle: Sequence[Decimal], count: int, more: Sequence[Decimal]) -> Decimal | None:
    """The median of `count` values, of which `middle` are kept, together with `more`.

    None where more join than the kept ones can tell.

    >>> joined([Decimal(1), Decimal(2), Decimal(9)], 3, [Decimal(3)])
    Decimal('2.5')
    >>> joined([Decimal(5)] * 257, 5000, [Decimal(9)] * 129) is None
    True
    """
    before = first_kept(count)
    if len(more) > WINDOW and len(middle) < count:
        return None
    values, total = sorted([*middle, *more]), count + len(more)
    low, high = (total - 1) // 2 - before, total // 2 - before
    return (values[low] + values[high]) / 2
