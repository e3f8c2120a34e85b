"""When a development plan may be signed, what a signature is of, and when a check is due."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

GOALS = (2, 3)  # at least and at most
QUARTER = timedelta(days=91)


def digest(levels: Iterable[Mapping], goals: Iterable[Mapping]) -> str:
    """SHA-256 over everything a plan says, in a fixed order of its words."""
    said = {"levels": list(levels), "goals": list(goals)}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def check_due(agreed_on: date, checked_on: date | None) -> date:
    """A quarter after the last check, or after the plan was agreed.

    >>> check_due(date(2026, 8, 3), None)
    datetime.date(2026, 11, 2)
    >>> check_due(date(2026, 8, 3), date(2026, 11, 5))
    datetime.date(2027, 2, 4)
    """
    return max(agreed_on, checked_on or agreed_on) + QUARTER
