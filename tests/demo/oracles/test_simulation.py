"""The demonstration's risks and simulations tell the numbers they were written to tell."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ipd.demo.simulations import simulate_all
from ipd.kernel.measures import MEASURES
from ipd.models import Product, Risk, RiskReview, Simulation
from teams.models import Person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture
def borealis():
    return Simulation.objects.of_plans().get(plan__product__code="P01")


def figure(key: str, code: str = "P01"):
    product = Product.objects.get(code=code)
    reading = MEASURES[key].compute([product.pk], DAY, DAY)[product.pk]
    return MEASURES[key].figure(reading)


def test_the_range_of_borealis(borealis):
    assert (borealis.runs, borealis.seed) == (5000, 20261122)
    assert borealis.planned_on == date(2027, 3, 12)
    assert borealis.p50_on == date(2027, 3, 25)
    assert borealis.p80_on == date(2027, 4, 8)
    assert borealis.contract_on == date(2027, 2, 26)
    assert borealis.probability == pytest.approx(0.017, abs=0.005)


def test_the_lesson_of_borealis(borealis):
    rows = {row.code: row for row in borealis.activities.all()}
    assert rows["A6"].criticality == pytest.approx(0.70, abs=0.02)
    assert rows["A6"].ssi == pytest.approx(0.52, abs=0.03)
    assert rows["A9"].ssi == pytest.approx(0.34, abs=0.03)
    assert borealis.lesson["through"] == "A6"


def test_the_measures_of_borealis():
    assert figure("plan_p50") == date(2027, 3, 25).toordinal()
    assert figure("plan_p80") == date(2027, 4, 8).toordinal()
    assert float(figure("contract_probability")) == pytest.approx(1.7, abs=0.5)
    assert figure("contract_p50_margin") == -19
    assert figure("p80_gap") == 29
    assert figure("plan_contingency") == 19


def test_the_page_says_so(borealis):
    client = Client()
    client.force_login(Person.objects.get(code="L01"), backend=settings.AUTHENTICATION_BACKENDS[0])
    page = client.get(reverse("ipd:simulations", args=[borealis.plan.product_id]))
    text = page.content.decode()
    for said in ("2027-03-25", "2027-04-08", "5,000 runs, seed 20261122", "unlikely"):
        assert said in text or said.replace("5,000", "5000") in text


def test_every_plan_with_estimates_is_simulated_once():
    before = Simulation.objects.count()
    assert len(simulate_all()) == before
    assert Simulation.objects.count() == before


def test_the_register():
    products = set(Risk.objects.values_list("product__code", flat=True))
    assert products == {"P01", "P03", "P04", "P05", "P08", "P09", "P10"}
    assert RiskReview.objects.count() == Risk.objects.count()
    top = Risk.objects.open().filter(product__code="P01").order_by("exposure_order").first()
    assert top.title.startswith("Optical engine")
    reading = MEASURES["risks_owned"].compute([top.product_id], DAY, DAY)[top.product_id]
    assert (reading.numerator, reading.denominator) == (5, 6)
