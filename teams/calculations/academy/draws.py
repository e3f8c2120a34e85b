"""Which items are asked: drawn cell by cell, without those met the last time while others are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random


class TooFew(Exception):
    """A cell has fewer items than are drawn from it; the message names the cell."""


@dataclass(frozen=True)
class Drawable:
    """An item as the draw sees it; `code` stays when the item is changed."""

    pk: int
    code: str
    module: str
    objective: str
    difficulty: int


def for_assessment(
    items: Sequence[Drawable],
    cells: Sequence[Mapping],
    *,
    avoid: Collection[str],
    chance: Random,
) -> list[Drawable]:
    """`draw` items of each cell in a drawn order; those of `avoid` only where a cell has no others.

    >>> one, two = (Drawable(n, f"I{n}", "M01", "M01-O1", 1) for n in (1, 2))
    >>> cell = {"objective": "M01-O1", "difficulties": [1, 2], "draw": 1}
    >>> [item.code for item in for_assessment([one, two], [cell], avoid={"I2"}, chance=Random(1))]
    ['I1']
    """
    drawn: list[Drawable] = []
    for cell in cells:
        drawn += _take(
            [
                item
                for item in items
                if item.objective == cell["objective"] and item.difficulty in cell["difficulties"]
            ],
            cell["draw"],
            name=cell["objective"],
            later=lambda item: item.code in avoid,
            chance=chance,
        )
    chance.shuffle(drawn)
    return drawn


def for_test(
    items: Sequence[Drawable],
    *,
    modules: Sequence[str],
    difficulties: Sequence[int],
    draw_each: int,
    avoid: Collection[str],
    chance: Random,
) -> list[Drawable]:
    """`draw_each` items of each module and difficulty, none of `avoid`.

    Where a difficulty has no more, its place is taken by another item of the module, so that
    every learner is asked the same number from each.
    """
    drawn: list[Drawable] = []
    for module in modules:
        left = [item for item in items if item.module == module and item.code not in avoid]
        for difficulty in difficulties:
            taken = _take(
                left,
                draw_each,
                name=module,
                later=lambda item, wanted=difficulty: item.difficulty != wanted,
                chance=chance,
            )
            left = [item for item in left if item not in taken]
            drawn += taken
    chance.shuffle(drawn)
    return drawn


def _take(
    found: Sequence[Drawable],
    count: int,
    *,
    name: str,
    later: Callable[[Drawable], bool],
    chance: Random,
) -> list[Drawable]:
    """So many of them by chance, those that come `later` last."""
    if len(found) < count:
        raise TooFew(name)
    mixed = chance.sample(found, len(found))
    return sorted(mixed, key=later)[:count]


def shown_order(count: int, chance: Random) -> list[int]:
    """The places of options or steps in the order in which they are shown."""
    return chance.sample(range(count), count)
