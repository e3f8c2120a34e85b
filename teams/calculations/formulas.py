"""Formulas of KPIs over the names of measures: read by a parser of our own, never as Python.

A formula is numbers, names, + − * /, brackets, min, max and abs: nothing else can be written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from teams.calculations import formula_trees
from teams.calculations.formula_trees import (
    FUNCTIONS,
    Call,
    Fault,
    FormulaError,
    Name,
    Negative,
    Node,
    Number,
    Pair,
)

__all__ = ["Fault", "Formula", "FormulaError", "parse"]

LONGEST, DEEPEST, MOST = 300, 20, 100  # characters, brackets in brackets, parts
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>[-+*/(),−×÷])|(?P<wrong>\S))"
)
SIGNS = {"−": "-", "×": "*", "÷": "/"}
WEAK, STRONG = "+-", "*/"


@dataclass(frozen=True)
class Formula:
    """A formula that was read: the names in it, and its value for given ones."""

    text: str
    root: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The measures in it, each once, in the order in which they are met."""
        found = (node.name for node in formula_trees.each(self.root) if isinstance(node, Name))
        return tuple(dict.fromkeys(found))

    @property
    def is_name(self) -> bool:
        """Whether it is one measure and nothing else."""
        return isinstance(self.root, Name)

    @property
    def sides(self) -> tuple["Formula", "Formula"] | None:
        """What is divided by what, where a division is all the formula does in the end.

        Figures of a group are then the sum of the one by the sum of the other.

        >>> [side.value({"eac": Decimal(12), "bac": Decimal(10)})
        ...  for side in parse("100 * (eac - bac) / bac").sides]
        [Decimal('200'), Decimal('10')]
        >>> parse("1 - cpi").sides is None
        True
        """
        found = formula_trees.sides(self.root)
        return found and (Formula(self.text, found[0]), Formula(self.text, found[1]))

    def value(self, given: Mapping[str, Decimal]) -> Decimal:
        """Its value; raises ZeroDivisionError where it divides by nothing.

        >>> parse("100 * (eac - bac) / bac").value({"eac": Decimal(12), "bac": Decimal(10)})
        Decimal('20')
        >>> parse("max(0, -gap, 2.5)").value({"gap": Decimal(3)})
        Decimal('2.5')
        """
        return formula_trees.value(self.root, given)

    def money(self, amounts: Mapping[str, bool]) -> int:
        """How often money stands in it: 1 an amount, 0 a plain number, 2 an amount squared.

        amounts  whether each name is an amount of money; raises FormulaError where amounts
                 and plain numbers are added or compared, and for a name that is not among them.

        >>> parse("100 * (eac - bac) / bac").money({"eac": True, "bac": True})
        0
        >>> parse("eac * 2").money({"eac": True})
        1
        """
        return formula_trees.money(self.root, amounts) or 0


def parse(text: str) -> Formula:
    """Read a formula; raises FormulaError that says what is wrong and where."""
    if len(text) > LONGEST:
        raise FormulaError(Fault.LONG, LONGEST + 1)
    tokens = list(_tokens(text))
    if not tokens:
        raise FormulaError(Fault.EMPTY, 1)
    if len(tokens) > MOST:
        raise FormulaError(Fault.LARGE, tokens[MOST].place, tokens[MOST].text)
    reader = _Reader(tokens, len(text.rstrip()) + 1)
    root = reader.sum()
    if (rest := reader.next) is not None:
        raise FormulaError(Fault.REST, rest.place, rest.text)
    return Formula(text.strip(), root)


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    place: int


def _tokens(text: str) -> Iterator[Token]:
    for found in TOKEN.finditer(text.rstrip()):
        kind, written = found.lastgroup, found[found.lastgroup]
        place = found.start(kind) + 1
        if kind == "wrong":
            raise FormulaError(Fault.LETTER, place, written)
        yield Token(kind, SIGNS.get(written, written), place)


class _Reader:
    """Reads tokens from the left: sums of products of signed values."""

    def __init__(self, tokens: list[Token], end: int):
        self.tokens, self.end, self.at, self.depth = tokens, end, 0, 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, signs: str) -> Token | None:
        """The next token if it is one of these signs."""
        found = self.next
        if found is None or found.kind != "sign" or found.text not in signs:
            return None
        self.at += 1
        return found

    def fail(self, fault: Fault):
        found = self.next
        raise FormulaError(fault, found.place if found else self.end, found.text if found else "")

    def sum(self) -> Node:
        return self._pairs(WEAK, self.product)

    def product(self) -> Node:
        return self._pairs(STRONG, self.signed)

    def _pairs(self, signs: str, part: Callable[[], Node]) -> Node:
        left = part()
        while sign := self.take(signs):
            left = Pair(sign.text, left, part(), sign.place)
        return left

    def signed(self) -> Node:
        negative = False
        while self.take("-"):
            negative = not negative
        return Negative(self.atom()) if negative else self.atom()

    def atom(self) -> Node:
        if self.take("("):
            return self.inside(self.sum)
        found = self.next
        if found is None or found.kind == "sign":
            self.fail(Fault.VALUE)
        self.at += 1
        if found.kind == "number":
            return Number(Decimal(found.text))
        if not self.take("("):
            return Name(found.text, found.place)
        if found.text not in FUNCTIONS:
            raise FormulaError(Fault.CALL, found.place, found.text)
        values = self.inside(self.values)
        if (len(values) != 1) if found.text == "abs" else (len(values) < 2):
            raise FormulaError(Fault.COUNT, found.place, found.text)
        return Call(found.text, values, found.place)

    def values(self) -> tuple[Node, ...]:
        found = [self.sum()]
        while self.take(","):
            found.append(self.sum())
        return tuple(found)

    def inside(self, read: Callable):
        """What `read` finds up to the closing bracket."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(Fault.DEEP)
        found = read()
        if not self.take(")"):
            self.fail(Fault.CLOSE)
        self.depth -= 1
        return found
