"""Formulas that prove the answer of a question: numbers and a few functions, and nothing else."""

import ast
import math
import operator
from collections.abc import Callable

LONGEST, LARGEST_POWER = 300, 50
FUNCTIONS: dict[str, Callable] = {
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
    "ceil": math.ceil,
    "min": min,
    "max": max,
    "sum": sum,
    "round": round,
}
PAIRS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class NotAFormula(ValueError):
    """Something stands in it that is no number, sign or function of a formula."""


def value(formula: str) -> float:
    """What the formula gives; `NotAFormula` for anything that cannot be reckoned.

    >>> value("ceil(7 / 2) + 2 ** 3"), value("2 if max(30, 25) <= 50 else 1")
    (12.0, 2.0)
    >>> value("open('x')")
    Traceback (most recent call last):
    ...
    teams.calculations.academy.proofs.NotAFormula: open
    """
    if len(formula) > LONGEST:
        raise NotAFormula(formula[:20])
    try:
        found = float(_value(ast.parse(formula.strip(), mode="eval").body))
    except (SyntaxError, TypeError, ArithmeticError, ValueError, RecursionError) as error:
        raise error if isinstance(error, NotAFormula) else NotAFormula(formula) from error
    if not math.isfinite(found):
        raise NotAFormula(formula)
    return found


def _value(node: ast.expr):
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_value(part)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in PAIRS:
            return PAIRS[type(sign)](_value(left), _value(right))
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in PAIRS:
            return PAIRS[type(sign)](_value(left), _value(right))
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_value(part) for part in parts)
        case ast.IfExp(test=test, body=yes, orelse=no):
            return _value(yes) if _value(test) else _value(no)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [_value(part) for part in parts]
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(part) for part in parts))
    raise NotAFormula(ast.unparse(node).partition("(")[0])


def _power(base: float, exponent: float) -> float:
    """A power of reasonable size, so that nobody has a machine reckon for hours."""
    if abs(exponent) > LARGEST_POWER or abs(base) > 1e6:
        raise NotAFormula(f"{base} ** {exponent}")
    return float(base) ** exponent
