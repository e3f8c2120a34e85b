"""Formulas of KPIs as trees: what a formula is made of, its value, its sides, its money."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FUNCTIONS: dict[str, Callable] = {"min": min, "max": max, "abs": abs}


class Fault(StrEnum):
    """What is wrong with a formula; the words for people stand where they are shown."""

    EMPTY = "There is nothing to compute."
    LONG = "The formula is too long."
    DEEP = "There are too many brackets in each other."
    LARGE = "The formula has too many parts."
    LETTER = "This cannot stand in a formula."
    VALUE = "A number, a measure or a bracket is missing here."
    CLOSE = "A closing bracket is missing here."
    REST = "Something is missing between this and what stands before it."
    CALL = "Only min, max and abs take brackets."
    COUNT = "The function takes another number of values."
    UNKNOWN = "There is no measure of this name."
    MIXED = "Amounts of money and plain numbers do not add up or compare."


class FormulaError(ValueError):
    """A formula that cannot be read: what is wrong, where (from 1), and the text that stands there.

    >>> str(FormulaError(Fault.VALUE, 6, "*"))
    'A number, a measure or a bracket is missing here. (6: *)'
    """

    def __init__(self, fault: Fault, place: int, text: str = ""):
        super().__init__(f"{fault} ({place}: {text})")
        self.fault, self.place, self.text = fault, place, text


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Name:
    name: str
    place: int


@dataclass(frozen=True)
class Negative:
    of: "Node"


@dataclass(frozen=True)
class Pair:
    sign: str
    left: "Node"
    right: "Node"
    place: int


@dataclass(frozen=True)
class Call:
    function: str
    values: tuple["Node", ...]
    place: int


Node = Number | Name | Negative | Pair | Call


def each(node: Node) -> Iterator[Node]:
    """A part of a formula and all that it is made of."""
    yield node
    for part in _parts(node):
        yield from each(part)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Negative(of):
            return (of,)
        case Pair(_, left, right):
            return left, right
        case Call(_, values):
            return values
    return ()


def value(node: Node, given: Mapping[str, Decimal]) -> Decimal:
    """What it is worth; raises ZeroDivisionError."""
    match node:
        case Number(number):
            return number
        case Name(name):
            return given[name]
        case Negative(of):
            return -value(of, given)
        case Call(function, values):
            found = [value(part, given) for part in values]
            return FUNCTIONS[function](*found)
        case Pair(sign, first, second):
            left, right = value(first, given), value(second, given)
            if sign == "/":
                if not right:
                    raise ZeroDivisionError
                return left / right
            return left * right if sign == "*" else left + right if sign == "+" else left - right
    raise TypeError(node)


def sides(node: Node) -> tuple[Node, Node] | None:
    """What is divided by what in the end; None where something else is done last."""
    match node:
        case Pair("/", left, right):
            return left, right
        case Negative(of) if found := sides(of):
            return Negative(found[0]), found[1]
        case Pair("*", factor, of, place) if _is_plain(factor) and (found := sides(of)):
            return Pair("*", factor, found[0], place), found[1]
        case Pair("*", of, factor, place) if _is_plain(factor) and (found := sides(of)):
            return Pair("*", found[0], factor, place), found[1]
    return None


def _is_plain(node: Node) -> bool:
    """Whether it is the same for everybody: numbers alone."""
    return not any(isinstance(part, Name) for part in each(node))


def money(node: Node, amounts: Mapping[str, bool]) -> int | None:
    """How often money stands in it; None for zero, which is as much an amount as a number."""
    match node:
        case Number(number):
            return 0 if number else None
        case Name(name, place):
            if name not in amounts:
                raise FormulaError(Fault.UNKNOWN, place, name)
            return int(amounts[name])
        case Negative(of):
            return money(of, amounts)
        case Pair("*" | "/" as sign, left, right):
            first, second = money(left, amounts), money(right, amounts)
            if first is None or second is None:
                return None
            return first + second if sign == "*" else first - second
        case Pair(sign, left, right, place):
            return _same((left, right), amounts, place, sign)
        case Call(function, values, place):
            return _same(values, amounts, place, function)
    raise TypeError(node)


def _same(nodes, amounts: Mapping[str, bool], place: int, text: str) -> int | None:
    found = {power for node in nodes if (power := money(node, amounts)) is not None}
    if len(found) > 1:
        raise FormulaError(Fault.MIXED, place, text)
    return found.pop() if found else None
