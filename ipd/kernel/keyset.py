"""Paging by position: the next page starts after the last row seen, however long the list.

A list is ordered by keys that are never null and end in one that is unique. The cursor is
the last row's keys; it stands in the address, so a page can be shared and reloaded, and
costs the same at the first row and at the millionth.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Lookup, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan


@dataclass(frozen=True)
class Slice:
    """Some rows of a list; `after` is the cursor of what follows, empty at the end."""

    rows: list
    after: str


def encode(values: Sequence[Any]) -> str:
    """Keys as a short text for an address.

    >>> decode(encode(["BRAVO", date(2026, 12, 3), 7]))
    ['BRAVO', '2026-12-03', 7]
    """
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> list | None:
    """The keys of a cursor; None when it is none of ours.

    >>> decode("nonsense!") is None
    True
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        return None
    plain = isinstance(values, list) and all(isinstance(v, str | int) for v in values)
    plain = plain and "\0" not in "".join(v for v in values if isinstance(v, str))
    return values if plain else None


class _Row(Func):
    """Columns, or values, compared as a whole: one range of an index, however deep the page."""

    function = "ROW"
    output_field = BooleanField()


def following(rows: QuerySet, keys: Sequence[str], values: Sequence[Any]) -> Lookup:
    """Rows whose keys come after `values`; all keys rise, or all fall (`-key`).

    Raises ValueError, TypeError or ValidationError for values that no such key has.
    """
    names = [key.removeprefix("-") for key in keys]
    plain = [Value(_field(rows, n).to_python(v)) for n, v in zip(names, values, strict=True)]
    beyond = LessThan if keys[0].startswith("-") else GreaterThan
    return beyond(_Row(*(F(name) for name in names)), _Row(*plain))


def _field(rows: QuerySet, name: str) -> Field:
    if name in rows.query.annotations:
        return rows.query.annotations[name].output_field
    model, field = rows.model, None
    for part_of_name in name.split("__"):
        meta = model._meta
        field = meta.pk if part_of_name == "pk" else meta.get_field(part_of_name)
        model = field.related_model
    return field


def beyond(rows: QuerySet, keys: Sequence[str], after: str) -> QuerySet:
    """The rows behind the cursor; all of them when it fits no list with these keys."""
    values = decode(after) if after else None
    if not values or len(values) != len(keys):
        return rows
    try:
        return rows.filter(following(rows, keys, values))
    except (ValueError, TypeError, ValidationError):
        return rows


def part(rows: QuerySet, keys: Sequence[str], *, after: str = "", size: int = 50) -> Slice:
    """`size` rows of a queryset in the order of its keys, from behind the cursor `after`.

    A cursor that fits no such list starts it from the beginning.
    """
    found = list(beyond(rows, keys, after).order_by(*keys)[: size + 1])
    if len(found) <= size:
        return Slice(found, "")
    last = found[size - 1]
    return Slice(found[:size], encode([_value(last, key.removeprefix("-")) for key in keys]))


def _value(row: Any, key: str) -> Any:
    for name in key.split("__"):
        row = getattr(row, name)
    return row


def falling(rows: QuerySet, *, after: str = "", size: int = 50) -> Slice:
    """`size` rows with the newest first, by their number alone."""
    if after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    return Slice(found[:size], str(found[size - 1].pk) if len(found) > size else "")
