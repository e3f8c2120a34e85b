"""The risk register: estimates are kept, money stays hidden, drivers and states have rules."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ipd.actions import risks
from ipd.calculations.risk_reserve import RUNS
from ipd.kernel.access import Refused, Stale
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import Notice, Touch
from ipd.models import Risk, RiskDriver, RiskReview
from ipd.queries import risks as queries
from tests.factories.company import build, process
from tests.factories.money import RateFactory
from tests.factories.risks import RiskFactory, estimated_plan
from tests.ipd.risking import fields
from tests.races import at_once

pytestmark = pytest.mark.django_db


# Entering and changing ---------------------------------------------------------------------------


def test_entering_numbers_ranks_notes_and_tells(product, lpdt, core_member):
    first = risks.enter(product, by=lpdt, owner=core_member, **fields())
    second = risks.enter(product, by=lpdt, **fields(title="Another"))

    assert [first.code, second.code] == ["R-01", "R-02"]
    assert (first.exposure_order, first.exposure_days) == (-1800, 6.0)
    assert first.reviews.get().probability_percent == 40
    assert Notice.objects.get(person=core_member).link == first.get_absolute_url()
    assert Touch.objects.filter(product_id=product.pk).exists()


def test_a_new_estimate_goes_into_the_history(risk, lpdt):
    changed = risks.change(
        risk, by=lpdt, seen_version=1, probability_percent=60, note="The supplier called."
    )

    assert (changed.version, changed.exposure_days) == (2, 9.0)
    review = changed.reviews.get()
    assert (review.by, review.probability_percent, review.note) == (
        lpdt,
        60,
        "The supplier called.",
    )


def test_what_is_no_estimate_is_no_history(risk, lpdt):
    risks.change(risk, by=lpdt, seen_version=1, response_text="Ask twice.")
    assert not risk.reviews.exists()


def test_a_stale_page_is_told(risk, lpdt):
    risks.change(risk, by=lpdt, seen_version=1, probability_percent=60)
    with pytest.raises(Stale, match="60 %"):
        risks.change(risk, by=lpdt, seen_version=1, probability_percent=10)


def test_a_state_changes_with_a_word_why(risk, lpdt):
    with pytest.raises(Refused, match="why"):
        risks.change(risk, by=lpdt, seen_version=1, state="occurred")
    assert risks.change(risk, by=lpdt, seen_version=1, state="closed", note="Gone.").version == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days_low": 11}, "days rise"),
        ({"probability_percent": 101}, "between 0 and 100"),
        ({"cost_low": None}, "all three costs"),
        ({"cost_low": Decimal(700_000)}, "costs rise"),
    ],
)
def test_nonsense_is_refused(risk, lpdt, wrong, said):
    with pytest.raises(Refused, match=said):
        risks.change(risk, by=lpdt, seen_version=1, **wrong)


def test_the_database_keeps_ranks_and_history(risk, lpdt):
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).update(exposure_order=0)
    review = risks.note_review(risk, by=lpdt)
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskReview.objects.filter(pk=review.pk).update(note="Never.")


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_get_two_numbers():
    process()
    house = build()

    entered, _refused = at_once(
        partial(risks.enter, house.product, by=house.lpdt, **fields(title=title))
        for title in ("One", "Two")
    )

    assert sorted(risk.code for risk in entered) == ["R-01", "R-02"]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_second_is_told():
    process()
    house = build()
    risk = RiskFactory(product=house.product)

    changes = [
        partial(risks.change, risk, by=house.lpdt, seen_version=1, probability_percent=percent)
        for percent in (50, 70)
    ]
    done, told = at_once(changes, refusals=Stale)

    assert (len(done), len(told)) == (1, 1)


# Drivers -----------------------------------------------------------------------------------------


def test_a_risk_drives_work_of_the_plan(risk, product):
    estimated_plan(product)
    three = {"low": Decimal(1), "likely": Decimal("1.5"), "high": Decimal(2)}
    risks.drive(risk, activity="A1", **three)
    risks.drive(risk, activity="A1", **three | {"high": Decimal(3)})
    assert risk.drivers.get().high == 3
    with pytest.raises(Refused, match="no work"):
        risks.drive(risk, activity="A9", **three)
    with pytest.raises(Refused, match="rise"):
        risks.drive(risk, activity="A1", **three | {"low": Decimal(9)})
    risks.release(risk, activity="A1")
    assert not RiskDriver.objects.exists()


# Figures -----------------------------------------------------------------------------------------


def test_the_matrix_counts_open_risks_by_band(product):
    RiskFactory(product=product, code="X", probability_percent=71, days_likely=41, days_high=50)
    RiskFactory(product=product, code="Y", probability_percent=10, days_likely=5)
    RiskFactory(product=product, code="Z", state="closed")
    rows = queries.matrix(product)
    found = {
        (row.highest, place): [risk.code for risk in cell.risks]
        for row in rows
        for place, cell in enumerate(row.cells)
        if cell.risks
    }
    assert found == {(100, 4): ["X"], (10, 0): ["Y"]}


def test_the_reserve_of_one_sure_risk_is_its_own_triangle(product):
    """A triangle (0, 0, 100) has its P80 at 100·(1 − √0.2) and its mean at a third.

    Within four standard errors: of a quantile √(p·(1 − p) ÷ n) ÷ density, of the mean
    100 ÷ √18 ÷ √n.
    """
    triangle = {"cost_low": 0, "cost_likely": 0, "cost_high": 100_000}
    RiskFactory(product=product, code="R-01", probability_percent=100, **triangle)
    total = queries.total(product)
    of_p80 = 100_000 * (0.8 * 0.2 / RUNS) ** 0.5 / (2 * 0.2**0.5)
    of_mean = 100_000 / 18**0.5 / RUNS**0.5
    assert total.reserve.p80 == pytest.approx(55_279, abs=4 * of_p80)
    assert total.reserve.mean == pytest.approx(33_333, abs=4 * of_mean)


def sure(product, cost, currency, **more):
    """A risk that happens and costs just this."""
    three = dict.fromkeys(("cost_low", "cost_likely", "cost_high"), cost)
    return RiskFactory(product=product, probability_percent=100, currency=currency, **three, **more)


def test_money_of_risks_is_added_up_in_the_company_s_currency_at_today_s_rate(product):
    RateFactory(currency="SEK", units=Decimal(10), valid_from=date(2024, 1, 1))
    RateFactory(currency="SEK", units=Decimal("12.5"), valid_from=date(2026, 6, 1))
    RateFactory(currency="SEK", units=Decimal(99), valid_from=date(2099, 1, 1))
    sure(product, 100_000, "EUR")
    sure(product, 1_250_000, "SEK")
    sure(product, 7_000_000, "SEK", state="closed")

    total = queries.total(product)

    assert (total.currency, total.reserve.n, total.missing) == ("EUR", 2, {})
    assert total.reserve.mean == pytest.approx(200_000)
    assert total.reserve.most == pytest.approx(200_000)


def test_risks_in_a_currency_without_a_rate_are_left_out_and_counted(product):
    RateFactory(currency="JPY", valid_from=date(2099, 1, 1))
    sure(product, 100_000, "EUR")
    sure(product, 5, "JPY")
    sure(product, 5, "JPY")
    total = queries.total(product)
    assert (total.reserve.n, total.missing) == (1, {"JPY": 2})
    assert total.reserve.p80 == pytest.approx(100_000)


def test_risks_without_money_have_no_total(product):
    RiskFactory(product=product)
    assert queries.total(product) is None


def test_risks_with_an_owner_and_a_response_are_owned(product):
    RiskFactory(product=product, response="reduce")
    RiskFactory(product=product, response="")
    RiskFactory(product=product, owner=None, response="reduce")
    RiskFactory(product=product, state="closed")
    reading = MEASURES["risks_owned"].compute([product.pk], None, None)[product.pk]
    assert (reading.numerator, reading.denominator) == (1, 3)
