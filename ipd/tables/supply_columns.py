"""Columns of supply: figures with few decimals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.tables.columns import Column, Unreadable


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
