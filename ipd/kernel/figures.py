"""Figures: one way to show what a measure read, by its unit."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel.measures import Measure, Reading, Unit
from ipd.kernel.money import money

NOTHING = "–"


def shown(measure: Measure, reading: Reading | None, *, granted: bool) -> str:
    """The reading for a person: "93.1 %", "+3 working days", "2027-02-11"; a dash without one.

    granted  whether this reader may see money; without it an amount is "restricted".
    """
    return shown_figure(measure.figure(reading), measure.unit, granted=granted)


def shown_figure(figure: Decimal | None, unit: str, *, granted: bool) -> str:
    """A figure that is in the unit already, as a threshold or a frozen one.

    >>> shown_figure(Decimal("93.14"), "%", granted=False)
    '93.1 %'
    >>> shown_figure(Decimal(-3), "days", granted=False)
    '-3 working days'
    >>> shown_figure(Decimal(739928), "date", granted=False)
    '2026-11-08'
    >>> shown_figure(None, "count", granted=False)
    '–'
    """
    if unit == Unit.MONEY:
        return money(None if figure is None else _to(figure, 0), settings.CURRENCY, granted=granted)
    if figure is None:
        return NOTHING
    if unit == Unit.DATE:
        return date.fromordinal(int(figure)).isoformat()
    if unit == Unit.DAYS:
        days = int(_to(figure, 0))
        words = ngettext("%(days)s working day", "%(days)s working days", abs(days))
        return words % {"days": f"{days:+d}" if days else "0"}
    if unit == Unit.PERCENT:
        return _("%(figure)s %%") % {"figure": _number(figure, 1)}
    return _number(figure, 2 if unit == Unit.RATIO else 0)


def _to(figure: Decimal, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _number(figure: Decimal, places: int) -> str:
    return number_format(_to(figure, places), places, use_l10n=True, force_grouping=True)
