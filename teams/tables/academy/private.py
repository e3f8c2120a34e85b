"""Columns whose values few may read: the report of an import says only that there is one."""

from dataclasses import dataclass

from django.utils.translation import gettext

from ipd.kernel.tables.columns import Amount, Column, Text, Unreadable, Whole


class Untold:
    """Beside a kind of column: an administrator who imports is not told what is stored."""

    def show(self, value) -> str:
        return "" if value in (None, "", [], ()) else "…"


@dataclass(frozen=True, kw_only=True)
class Private(Untold, Text):
    """Words."""

    longest: int = 20_000


@dataclass(frozen=True, kw_only=True)
class Mark(Untold, Whole):
    """One of five levels."""

    lowest: int = 1
    highest: int = 5


@dataclass(frozen=True, kw_only=True)
class Score(Untold, Amount):
    """Percent, or the least of several levels."""

    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Words(Untold, Column):
    """Several, apart by semicolons."""

    required: bool = False
    blank = ()

    def read(self, text, shift):
        words = tuple(word.strip() for word in text.split(";"))
        if any(len(word) > 40 for word in words):
            raise Unreadable(self.accepts)
        return tuple(word for word in words if word)

    @property
    def accepts(self):
        return gettext("codes, apart by semicolons")
