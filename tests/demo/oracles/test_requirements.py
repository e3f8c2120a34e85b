"""The requirements of the demonstration company tell the numbers they were written to tell."""

from datetime import date, timedelta

import pytest
from django.db.models import Count, Q

from ipd.kernel.measures import MEASURES
from ipd.models import Product, Requirement
from ipd.models.requirement_words import RequirementStatus as S

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
# RR, IR, SR and AR of each product.
COUNTS = {
    "P01": (310, 142, 418, 1205),
    "P03": (180, 96, 291, 842),
    "P04": (150, 84, 246, 120),
    "P05": (205, 101, 330, 910),
    "P08": (88, 40, 35, 0),
    "P09": (96, 58, 160, 402),
    "P10": (70, 44, 118, 260),
}
TRACE = {"P01": 90, "P03": 98, "P04": 93, "P05": 94, "P08": 55, "P09": 99, "P10": 99}
CHANGED = {"P01": 11, "P03": 2, "P04": 0, "P05": 5, "P09": 1, "P10": 1}


def figures(key, first=DAY - timedelta(days=90), last=DAY):
    """The measure of every product, rounded, by the product's code."""
    found = MEASURES[key].compute(list(Product.objects.values_list("pk", flat=True)), first, last)
    codes = dict(Product.objects.values_list("pk", "code"))
    return {
        codes[pk]: round(MEASURES[key].figure(reading))
        for pk, reading in found.items()
        if reading.ratio is not None
    }


@pytest.mark.parametrize("code", COUNTS)
def test_each_product_has_its_requirements(code):
    rows = Requirement.objects.filter(product__code=code).order_by().values_list("level")
    found = dict(rows.annotate(Count("pk")))
    assert tuple(found.get(level, 0) for level in ("RR", "IR", "SR", "AR")) == COUNTS[code]


def test_the_traces_cover_what_they_should():
    assert figures("trace_coverage") == TRACE


def test_requirements_changed_after_their_baseline_as_told():
    assert figures("requirement_change_rate") == CHANGED
    quarter = figures("requirement_change_rate", date(2026, 8, 1), date(2026, 10, 31))
    assert quarter == CHANGED


def test_the_radio_line_has_37_raw_requirements_older_than_30_days():
    waiting = Requirement.objects.filter(level="RR", status__in=(S.NEW, S.ANALYSING))
    old = Q(raised_on__lt=DAY - timedelta(days=30))
    found = waiting.order_by().values_list("line__code").annotate(n=Count("pk", filter=old))
    assert dict(found) == {"OPT": 0, "RAN": 37, "IND": 0}


def test_the_radio_line_answers_four_times_slower_than_the_industrial_one():
    year = DAY - timedelta(days=3 * 365)
    days = figures("requirement_response_days", year)
    assert days["P05"] > 2 * days["P09"]


def test_whoever_looks_finds_what_is_missing():
    rows = Requirement.objects.filter(product__code="P01").alive()
    assert rows.filter(level="AR", upward=False).exists()  # gold plating
    assert rows.filter(level="SR", is_tested=False).exists()
    ownerless = Requirement.objects.filter(product__code="P08", owner=None).exclude(level="RR")
    assert ownerless.alive().exists()
    assert figures("scope_dropped")["P01"] == 8
