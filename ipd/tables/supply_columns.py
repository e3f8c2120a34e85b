"""Columns of supply: months, figures with few decimals, choices that may stay open."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.tables.columns import FIRST_YEAR, LAST_YEAR, Choice, Column, Unreadable

DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, kw_only=True)
class Month(Column):
    """A month as its first day; an import's shift moves it by as many whole months."""

    def read(self, text, shift):
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
        if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise Unreadable(self.accepts)
        months = int(found[1]) * 12 + int(found[2]) - 1 + round(shift.days / DAYS_A_MONTH)
        return date(months // 12, months % 12 + 1, 1)

    @property
    def accepts(self):
        return _("a month as 2026-11")

    def show(self, value):
        return "" if value is None else f"{value:%Y-%m}"


@dataclass(frozen=True, kw_only=True)
class Figure(Column):
    """A figure that is not negative, with at most `places` decimals."""

    places: int = 1
    highest: int = 9999

    def read(self, text, shift):
        pattern = rf"[0-9]{{1,12}}(\.[0-9]{{1,{self.places}}})?"
        if not re.fullmatch(pattern, text) or Decimal(text) > self.highest:
            raise Unreadable(self.accepts)
        return Decimal(text)

    @property
    def accepts(self):
        told = {"highest": self.highest, "places": self.places}
        return _("a figure from 0 to %(highest)s with at most %(places)s decimals") % told

    def show(self, value):
        return "" if value is None else f"{value.normalize():f}"


@dataclass(frozen=True, kw_only=True)
class OpenChoice(Choice):
    """A choice that may not have been made yet."""

    required: bool = False
    blank = ""
