"""One way to show what a measure read: by its unit, and money only with the grant."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from ipd.kernel.figures import shown, shown_figure
from ipd.kernel.measures import Measure, Reading, Status, Unit

DAY = date(2027, 2, 11)


def measure(unit) -> Measure:
    return Measure("any", "Any", unit, higher_is_better=True, compute=lambda *_: {})


@pytest.mark.parametrize(
    ("unit", "reading", "words"),
    [
        (Unit.PERCENT, Reading(229, 246, 246), "93.1 %"),
        (Unit.PERCENT, Reading(1, 1), "100.0 %"),
        (Unit.RATIO, Reading(Decimal("1738000"), Decimal("1975000")), "0.88"),
        (Unit.COUNT, Reading(12345), "12,345"),
        (Unit.COUNT, Reading(0), "0"),
        (Unit.DAYS, Reading(3), "+3 working days"),
        (Unit.DAYS, Reading(-1), "-1 working day"),
        (Unit.DAYS, Reading(0), "0 working days"),
        (Unit.DATE, Reading(DAY.toordinal()), "2027-02-11"),
    ],
)
def test_a_figure_is_shown_in_its_unit(unit, reading, words):
    assert shown(measure(unit), reading, granted=False) == words


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit != Unit.MONEY])
@pytest.mark.parametrize(
    "reading", [None, Reading(0, 0, 0), Reading(1, 1, status=Status.MISSING)], ids=str
)
def test_what_was_not_measured_is_a_dash_and_never_zero(unit, reading):
    assert shown(measure(unit), reading, granted=True) == "–"


def test_money_is_shown_with_the_grant_only():
    npv = measure(Unit.MONEY)

    assert shown(npv, Reading(Decimal("3284000.40")), granted=True) == "3,284,000 EUR"
    assert shown(npv, Reading(Decimal("3284000.40")), granted=False) == "restricted"
    assert shown(npv, None, granted=True) == "–"
    assert shown(npv, None, granted=False) == "restricted"


def test_money_is_in_the_company_s_currency(settings):
    settings.CURRENCY = "CHF"

    assert shown_figure(Decimal(5), Unit.MONEY, granted=True) == "5 CHF"


def test_the_tag_says_the_same():
    page = Template("{% load house %}{% figure measure reading granted=granted %}")
    context = {"measure": measure(Unit.MONEY), "reading": Reading(Decimal(1_250_000))}

    assert page.render(Context({**context, "granted": True})) == "1,250,000 EUR"
    assert page.render(Context({**context, "granted": False})) == "restricted"
    assert page.render(Context(context)) == "restricted"
