"""An answer as a browser sends it, read back to the places that the file gave its options."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from teams.calculations.academy.answers import Answer, Question, read_number


def read(data: QueryDict, name: str, question: Question, order: Sequence[int]) -> Answer:
    """What was answered; None where nothing was. A ValidationError says what cannot be read.

    Fields: `name` holds shown places (or a typed number), `name-0`, `name-1` … the places that
    shown steps were given.
    """
    match question.kind:
        case "number":
            return _number(data.get(name, ""))
        case "order":
            return _ranked([data.get(f"{name}-{place}", "") for place in range(len(order))], order)
        case "multiple":
            return sorted({_place(value, order) for value in data.getlist(name)}) or None
        case _:
            value = data.get(name, "")
            return _place(value, order) if value else None


def _place(value: str, order: Sequence[int]) -> int:
    if not value.isdigit() or int(value) >= len(order):
        raise ValidationError(_("That is not one of the options."))
    return order[int(value)]


def _number(text: str) -> str | None:
    if not text.strip():
        return None
    number = read_number(text)
    if number is None:
        raise ValidationError(_("Give a number, as 1234.5."))
    return str(Decimal(number))


def _ranked(values: Sequence[str], order: Sequence[int]) -> list[int] | None:
    if not any(values):
        return None
    if sorted(values) != sorted(str(rank) for rank in range(1, len(order) + 1)):
        raise ValidationError(_("Give each step a place of its own."))
    return [order[place] for place in sorted(range(len(order)), key=lambda at: int(values[at]))]
