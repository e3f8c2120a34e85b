"""Words that stand for codes while a play runs, and orders drawn from its seed.

What a page holds must not tell more than what it shows: no codes of the file, nor its order.
"""

import hashlib
from collections.abc import Iterable


def token(seed: int, *words: str) -> str:
    """A short word for a thing of the scenario, the same throughout a play.

    >>> token(1, "A1") == token(1, "A1"), token(1, "A1") == token(2, "A1")
    (True, False)
    """
    return hashlib.sha256(f"{seed}/{'/'.join(words)}".encode()).hexdigest()[:12]


def shuffled[Row: dict](seed: int, where: str, rows: Iterable[Row]) -> list[Row]:
    """The rows, which have codes, in an order drawn from the seed.

    >>> rows = [{"code": code} for code in "abc"]
    >>> shuffled(1, "D1", rows) == shuffled(1, "D1", reversed(rows))
    True
    """
    return sorted(rows, key=lambda row: token(seed, where, row["code"]))


def meant(seed: int, where: str, rows: Iterable[dict], word: str) -> str | None:
    """The code of the row that a token stands for; None for a word that stands for none."""
    return next((row["code"] for row in rows if token(seed, where, row["code"]) == word), None)
