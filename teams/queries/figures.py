"""A KPI's figure for people: with its unit and places, as far as they may see it, and its tone."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ipd.kernel.figures import NOTHING
from ipd.kernel.measures import Unit
from ipd.kernel.money import money
from teams.calculations import scoring
from teams.calculations.scoring import Scale
from teams.models import Kpi

ON, RISK, OFF, NONE = "on", "risk", "off", "none"


def shown(kpi: Kpi, figure: Decimal | None, *, granted: bool) -> str:
    """A figure in the KPI's unit: "93.1 %", "0.45 /KLOC", "18 months"; a dash without one.

    granted  whether this reader may see the money of whoever the figure is about; without it
             an amount is "restricted".
    """
    if kpi.unit == Unit.MONEY:
        amount = None if figure is None else rounded(figure, kpi.places)
        return money(amount, settings.CURRENCY, granted=granted)
    if figure is None:
        return NOTHING
    if kpi.unit == Unit.DATE:
        return date.fromordinal(int(figure)).isoformat()
    number = number_format(rounded(figure, kpi.places), kpi.places, force_grouping=True)
    unit = unit_of(kpi)
    return f"{number} {unit}" if unit else number


def unit_of(kpi: Kpi) -> str:
    """What stands behind the figure: its own label, or what its kind of figure is called."""
    if kpi.unit_label:
        return kpi.unit_label
    return {
        Unit.PERCENT: "%",
        Unit.DAYS: _("working days"),
        Unit.MONEY: settings.CURRENCY,
    }.get(kpi.unit, "")


def parts_shown(kpi: Kpi, numerator: Decimal, denominator: Decimal, *, granted: bool) -> str:
    """What was divided by what: "22 ÷ 25". Amounts behind a ratio are money as well."""
    if (kpi.has_amounts or kpi.is_money) and not granted:
        return _("restricted")
    return f"{_plain(numerator)} ÷ {_plain(denominator)}"


def rounded(figure: Decimal, places: int) -> Decimal:
    """Half up, and zero without a sign.

    >>> rounded(Decimal("-0.04"), 1), rounded(Decimal("2.35"), 1)
    (Decimal('0.0'), Decimal('2.4'))
    """
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def tone(figure: Decimal | None, scale: Scale | None) -> str:
    """On the target or better, short of it, or at the floor and beyond; "none" without either."""
    if figure is None or scale is None:
        return NONE
    reached = scoring.score(figure, scale)
    if reached >= scoring.FULL:
        return ON
    return RISK if reached else OFF


def _plain(number: Decimal) -> str:
    """With as many places as it has, thousands grouped."""
    number = Decimal(number).normalize()
    places = max(0, -number.as_tuple().exponent)
    return number_format(rounded(number, places), places, force_grouping=True)
