"""Columns: what a cell may hold, how it is read, and what to say when it cannot be."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

TRUE, FALSE = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ISO_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(-01)?")
FIRST_YEAR, LAST_YEAR = 1970, 2199
DAYS_OF_A_MONTH = 30.4375


class Unreadable(ValueError):
    """The cell cannot be read; the message says what would be accepted."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    path      where the value stands, from the table's model: "name", "function__code"
    unique    no two rows may hold the same (letters' case does not count)
    """

    name: str
    help: str = ""
    required: bool = True
    path: str = ""
    unique: bool = False
    blank = None

    def read(self, text: str, shift: timedelta):
        raise NotImplementedError

    @property
    def accepts(self) -> str:
        raise NotImplementedError

    @property
    def field(self) -> str:
        """The model's field of that value."""
        return (self.path or self.name).split("__")[0]

    def show(self, value) -> str:
        """The value as a file would write it."""
        return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    longest: int = 5000
    blank = ""

    def read(self, text, shift):
        if len(text) > self.longest:
            raise Unreadable(self.accepts)
        if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
            raise Unreadable(_("text without control characters"))
        return unicodedata.normalize("NFC", text)

    @property
    def accepts(self):
        return _("text of at most %(longest)s characters") % {"longest": self.longest}


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    longest: int = 254

    def read(self, text, shift):
        try:
            validate_email(text)
        except ValidationError as error:
            raise Unreadable(self.accepts) from error
        return super().read(text, shift)

    @property
    def accepts(self):
        return _("an e-mail address, as name@company.example")


@dataclass(frozen=True, kw_only=True)
class Link(Text):
    longest: int = 500

    def read(self, text, shift):
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError as error:
            raise Unreadable(self.accepts) from error
        return super().read(text, shift)

    @property
    def accepts(self):
        return _("an address that begins with https:// or http://")


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    choices: tuple[str, ...]

    def read(self, text, shift):
        value = text.lower().replace(" ", "_")
        if value not in self.choices:
            raise Unreadable(self.accepts)
        return value

    @property
    def accepts(self):
        return _("one of %(choices)s") % {"choices": ", ".join(self.choices)}


@dataclass(frozen=True, kw_only=True)
class OpenChoice(Choice):
    """A choice that may not have been made yet."""

    required: bool = False
    blank = ""


@dataclass(frozen=True, kw_only=True)
class YesNo(Column):
    blank = False

    def read(self, text, shift):
        if text.lower() not in TRUE | FALSE:
            raise Unreadable(self.accepts)
        return text.lower() in TRUE

    @property
    def accepts(self):
        return _("yes or no")

    def show(self, value):
        return "yes" if value else "no"


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    """A date, moved by the import's shift (whole weeks; none for a company's own files)."""

    def read(self, text, shift):
        try:
            if not ISO_DAY.fullmatch(text):
                raise Unreadable(self.accepts)
            day = date.fromisoformat(text)
            moved = day + shift
        except (ValueError, OverflowError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(_("a day that exists, as 2026-11-22")) from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Unreadable(
                _("a day from %(first)s to %(last)s") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return moved

    @property
    def accepts(self):
        return _("a date as year-month-day, as 2026-11-22")


@dataclass(frozen=True, kw_only=True)
class Month(Column):
    """A month as its first day; an import's shift moves it by whole months, the nearest."""

    def read(self, text, shift):
        if not ISO_MONTH.fullmatch(text):
            raise Unreadable(self.accepts)
        year, month = int(text[:4]), int(text[5:7])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise Unreadable(self.accepts)
        moved = year * 12 + month - 1 + round(shift.days / DAYS_OF_A_MONTH)
        return date(moved // 12, moved % 12 + 1, 1)

    @property
    def accepts(self):
        return _("a month as year-month, as 2026-11")

    def show(self, value):
        return f"{value:%Y-%m}" if value else ""


@dataclass(frozen=True, kw_only=True)
class Whole(Column):
    lowest: int = 0
    highest: int = 32767

    def read(self, text, shift):
        if not re.fullmatch(r"-?[0-9]{1,9}", text) or not (
            self.lowest <= int(text) <= self.highest
        ):
            raise Unreadable(self.accepts)
        return int(text)

    @property
    def accepts(self):
        return _("a whole number from %(lowest)s to %(highest)s") % {
            "lowest": self.lowest,
            "highest": self.highest,
        }


@dataclass(frozen=True, kw_only=True)
class Amount(Column):
    def read(self, text, shift):
        if not re.fullmatch(r"-?[0-9]{1,14}(\.[0-9]{1,2})?", text):
            raise Unreadable(self.accepts)
        try:
            return Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation as error:
            raise Unreadable(self.accepts) from error

    @property
    def accepts(self):
        return _("an amount with a point before the cents and no thousands' separators, as 1250.50")


@dataclass(frozen=True, kw_only=True)
class Reference(Column):
    """The code of a row in another table, brought in before or along with this one."""

    to: str

    def read(self, text, shift):
        if len(text) > 60:
            raise Unreadable(self.accepts)
        return unicodedata.normalize("NFC", text)

    @property
    def accepts(self):
        return _("the code of a row of %(table)s") % {"table": self.to}


def code(longest: int = 30) -> Text:
    """The first column of a table whose rows others refer to."""
    return Text(name="code", longest=longest, help=CODE)


CODE = lazy("The short name that other tables refer to; it never changes.")
