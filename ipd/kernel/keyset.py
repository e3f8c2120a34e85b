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
from django.db.models import Q, QuerySet


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


def following(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows whose keys come after `values`, all keys rising."""
    condition = Q()
    for key, value in reversed(list(zip(keys, values, strict=True))):
        beyond = Q(**{f"{key}__gt": value})
        condition = beyond | (Q(**{key: value}) & condition) if condition else beyond
    return condition


def part(rows: QuerySet, keys: Sequence[str], *, after: str = "", size: int = 50) -> Slice:
    """`size` rows of a queryset in the order of its keys, from behind the cursor `after`.

    A cursor that fits no such list starts it from the beginning.
    """
    rows = rows.order_by(*keys)
    values = decode(after) if after else None
    if values and len(values) == len(keys):
        try:
            rows = rows.filter(following(keys, values))
        except (ValueError, TypeError, ValidationError):
            values = None
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Slice(found, "")
    last = found[size - 1]
    return Slice(found[:size], encode([_value(last, key) for key in keys]))


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
