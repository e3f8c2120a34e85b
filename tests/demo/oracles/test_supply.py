"""Norvane's supply tells the numbers it was written to tell, each from its rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, F, Q

from ipd.calculations.supply import exposure
from ipd.kernel.measures import MEASURES
from ipd.models import (
    Part,
    Product,
    ProductContribution,
    Programme,
    ReplacementItem,
    Supplier,
    SupplierScore,
)
from ipd.models.where_used import products_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
MONTH = date(2026, 10, 1)


def weekly(part):
    """Contribution of all products that need the part, in k€."""
    products = products_of([part.pk])[part.pk]
    rows = ProductContribution.objects.filter(product__in=products)
    codes = {row.product.code for row in rows}
    return codes, sum(row.weekly for row in rows) / 1000


# Component, products that contribute, TTR, TTS, weekly contribution and exposure in k€.
COMPONENTS = [
    ("OE-400Z", {"P01", "P03"}, 34, 6, 155, 4340),
    ("RF-PA-35", {"P05"}, 22, 9, 70, 910),
    ("MCU-STX7", {"P10", "P11"}, 18, 14, 40, 160),
    ("FPGA-K9", {"P01", "P03"}, 10, 12, 155, 0),
    ("DSP-C7", {"P01"}, 20, 22, 95, 0),
    ("PWR-60", {"P09"}, 8, 9, 48, 0),
    ("PHY-2G5", {"P10"}, 9, 11, 22, 0),
    ("ENC-12", {"P05", "P06"}, 5, 6, 110, 0),
    ("TX-5", {"P01", "P03", "P05"}, 28, 30, 225, 0),
]


@pytest.mark.parametrize(("code", "products", "ttr", "tts", "contribution", "exposed"), COMPONENTS)
def test_a_component_s_exposure(code, products, ttr, tts, contribution, exposed):
    part = Part.objects.get(code=code)
    assert (part.ttr_weeks, part.tts_weeks) == (ttr, tts)
    assert part.gap_weeks == max(0, ttr - tts)
    assert weekly(part) == (products, contribution)
    assert exposure(part.ttr_weeks, part.tts_weeks, Decimal(contribution)) == exposed


def test_the_capacitors_last_whatever_they_carry():
    part = Part.objects.get(code="CAP-HV")
    assert (part.ttr_weeks, part.tts_weeks, part.gap_weeks) == (4, 8, 0)
    assert part.approved_sources == 3


def test_only_three_parts_are_red():
    red = Part.objects.exposed().values_list("code", flat=True)
    assert set(red) == {"OE-400Z", "RF-PA-35", "MCU-STX7"}


def test_status_and_lead():
    rows = dict(Part.objects.values_list("code", "status"))
    assert (rows["MCU-STX7"], rows["DSP-C7"], rows["TX-5"]) == ("ltb", "nrnd", "restricted")
    leads = dict(Part.objects.values_list("code", "lead_weeks"))
    assert [leads[c[0]] for c in COMPONENTS] == [30, 22, 18, 14, 26, 10, 12, 7, 24]


def test_the_engine_s_supplier_falls():
    lumora = Supplier.objects.get(code="LUMORA")
    months = lumora.scores.order_by("month").values_list("delivery", flat=True)
    assert (len(months), months[0], months[11]) == (12, 91, 68)
    engine = Part.objects.get(code="OE-400Z")
    assert (engine.claimed_ttr, engine.assessed_ttr) == (16, 34)
    second = engine.sources.get(state="qualifying")
    assert second.percent == 45
    assert SupplierScore.objects.count() == 12 * Supplier.objects.count() == 144


def reading(key, code):
    product = Product.objects.get(code=code)
    return MEASURES[key].compute([product.pk], DAY, DAY).get(product.pk)


@pytest.mark.parametrize(("code", "percent"), [("P01", 24), ("P05", 19), ("P10", 11), ("P09", 9)])
def test_single_source_shares(code, percent):
    assert round(100 * reading("single_source_share", code).ratio) == percent


def test_the_coming_plan_decision_has_one_single_source_without_a_plan():
    found = reading("single_source_planned", "P04")
    assert (found.numerator, found.denominator) == (3, 4)
    assert "TX-5" in found.detail
    assert reading("make_buy_decided", "P04").ratio == 1
    assert 100 * reading("parts_approved", "P04").ratio == 90


def test_every_red_exposure_has_an_owner():
    for code in ("P01", "P05", "P10", "P11"):
        assert reading("red_exposures_planned", code).ratio == 1
    assert reading("supply_exposure", "P01").numerator == 28 * 95_000
    assert reading("supply_exposure", "P03").numerator == 28 * 60_000


def test_the_last_time_buy():
    assert reading("last_time_buys_sized", "P11").ratio == 1
    assert reading("last_time_buys_sized", "P10") is None


def test_capacity():
    assert round(100 * reading("capacity_peak_utilisation", "P06").ratio, 1) == Decimal("95.8")
    assert round(100 * reading("capacity_peak_utilisation", "P09").ratio) == 92
    assert 100 * reading("capacity_peak_utilisation", "P04").ratio <= 85


def test_the_replacement_programme():
    programme = Programme.objects.get(code="RENEW-26")
    items, boards = programme.items.all(), programme.boards.all()
    assert (items.count(), boards.count()) == (46, 14)
    assert set(items.values_list("product__code", flat=True)) == {"P02", "P06", "P11"}
    assert items.filter(planned_month__lte=MONTH).count() == 27
    assert items.filter(done_month__lte=MONTH).count() == 21
    assert boards.filter(planned_month__lte=MONTH).count() == 6
    assert boards.filter(done_month__lte=MONTH).count() == 5
    reasons = items.order_by().values_list("reason").annotate(Count("pk"))
    assert dict(reasons) == {"obsolete": 24, "restricted": 9, "cost": 13}
    late = items.filter(deadline_on__lt=DAY, done_month=None)
    assert late.count() == 2


def test_every_board_and_part_of_the_programme_is_in_its_product():
    wanted = ReplacementItem.objects.exclude(part__code="MCU-STX7")
    found = products_of(wanted.values_list("part", flat=True))
    assert all(found[item.part_id] == {item.product_id} for item in wanted)


def test_where_used_goes_through_assemblies():
    engine = Part.objects.get(code="OE-400Z")
    assert not engine.products.exists()
    assert not engine.used_in.filter(assembly__products__isnull=False).exists()
    sums = Part.objects.aggregate(
        parts=Count("pk", filter=Q(kind="part")), one=Count("pk", filter=Q(approved_sources=1))
    )
    assert sums["parts"] >= 95
    assert Part.objects.filter(tts_weeks__lt=F("ttr_weeks")).count() == 3
