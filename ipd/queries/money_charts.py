"""Figures of a product's money in words, and its S-curve."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ipd.kernel.charts import Mark, Series, lines
from ipd.kernel.money import money
from ipd.models.rates import company_currency
from ipd.queries.money_page import Standing

MILLION = 1_000_000


def amount(value: Decimal | None) -> str:
    """To the unit, for a reader who has the grant; the panel names the company's currency."""
    whole = None if value is None else value.quantize(Decimal(1))
    return money(whole, "", granted=True).strip()


def ratio(value: Decimal | None) -> str:
    return "–" if value is None else number_format(value.quantize(Decimal("0.001")), 3)


@dataclass(frozen=True)
class Figure:
    """One figure with its name, and a tone where it says something."""

    label: str
    text: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figures:
    money: list[Figure]
    value: list[Figure]
    estimates: list[Figure]


def tone_of(index: Decimal | None) -> str:
    """The tone of a performance index: from 1 on track, from 0.9 at risk.

    >>> tone_of(Decimal("0.95")), tone_of(None)
    ('risk', 'none')
    """
    if index is None:
        return "none"
    return "on" if index >= 1 else "risk" if index >= Decimal("0.9") else "off"


def figures(standing: Standing) -> Figures:
    """The summary in three rows: the money, its earned value, where it leads."""
    sums, value = standing.sums, standing.value
    exhausted = _("budget exhausted")
    return Figures(
        money=[
            Figure(_("First budget"), amount(standing.first_budget)),
            Figure(_("Current budget"), amount(sums.budget)),
            Figure(_("Actual cost"), amount(sums.actual)),
            Figure(_("Open orders"), amount(sums.committed)),
            Figure(
                _("Available"),
                amount(sums.available),
                "off" if sums.available < 0 else "",
                _("more is gone than was given") if sums.available < 0 else "",
            ),
            *([Figure(_("Frozen"), amount(-sums.frozen), "none")] if sums.frozen else []),
        ],
        value=[
            Figure(_("Budget at completion"), amount(value.bac)),
            Figure(_("Planned value"), amount(value.pv)),
            Figure(_("Earned value"), amount(value.ev)),
            Figure(_("Actual cost"), amount(value.ac)),
            Figure(_("Cost performance"), ratio(value.cpi), tone_of(value.cpi)),
            Figure(_("Schedule performance"), ratio(value.spi), tone_of(value.spi)),
        ],
        estimates=[
            Figure(_("If the rest costs as so far"), amount(value.eac), note="BAC ÷ CPI"),
            Figure(
                _("If it does not happen again"), amount(value.eac_atypical), note="AC + (BAC − EV)"
            ),
            Figure(
                _("If cost and delay go on"),
                amount(value.eac_pessimistic),
                note="AC + (BAC − EV) ÷ (CPI · SPI)",
            ),
            Figure(
                _("Variance at completion"),
                amount(value.vac),
                "off" if value.vac is not None and value.vac < 0 else "",
            ),
            Figure(_("Estimate to complete"), amount(value.etc)),
            Figure(
                _("Performance the rest needs"),
                exhausted if value.is_exhausted else ratio(value.tcpi),
                "off" if value.is_exhausted else "",
            ),
        ],
    )


def curve(standing: Standing) -> SafeString | str:
    """Planned, earned and actual over the months, in millions; nothing without a month."""
    if not standing.curve:
        return ""

    def points(name):
        return [
            (point.day, None if value is None else float(round(value / MILLION, 3)))
            for point in standing.curve
            for value in [getattr(point, name)]
        ]

    return lines(
        [
            Series(_("Planned"), points("planned"), dashed=True),
            Series(_("Earned"), points("earned")),
            Series(_("Actual"), points("actual")),
        ],
        title=_("Planned, earned and actual, in millions of %(currency)s")
        % {"currency": company_currency()},
        about=_("Cumulative at the end of each month; earned and actual up to %(day)s.")
        % {"day": standing.until},
        place=_("End of month"),
        marks=[Mark(standing.until, _("books closed"))],
        show=lambda value: number_format(round(value, 2), use_l10n=True),
        height=240,
    )
