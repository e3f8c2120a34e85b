"""How healthy Norvane's process is, by line: the figures it was written to tell."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy
import pytest
from scipy.stats import binomtest

from gates.calculations.health import is_candidate, upper_bound
from gates.models import Citation, CriterionCount, HeldReview
from gates.queries import health
from ipd.models import Product, ProductLine
from teams.actions.alerts import raise_for
from teams.actions.months import read_open
from teams.models import Person
from teams.queries import warnings
from teams.subjects import marks

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
LINES = ("OPT", "RAN", "IND")


@pytest.fixture
def read():
    return health.by_kind(Person.objects.get(code="E12"), day=DAY)


def percent(share) -> int:
    return int((100 * Decimal(share.ratio)).quantize(Decimal(1), ROUND_HALF_UP))


def by_line(read, figure) -> list:
    ids = dict(ProductLine.objects.values_list("code", "pk"))
    return [figure(read.of(ids[line])) for line in LINES]


def test_days_from_asked_to_told(read):
    assert by_line(read, lambda it: (it.median, it.p90)) == [(14, 38), (41, 97), (9, 19)]


def test_hours_of_a_review(read):
    assert by_line(read, lambda it: it.hours_each) == [96, 188, 41]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("deferred", [6, 21, 3]),
        ("agreement", [71, 58, 64]),
        ("waivers", [4, 13, 2]),
        ("reopenings", [5, 3, 4]),
    ],
)
def test_shares(read, share, expected):
    assert by_line(read, lambda it: percent(getattr(it, share))) == expected


def test_the_reviews_held_here_are_among_them(read):
    assert HeldReview.objects.exclude(review=None).count() == 76
    assert read.of().reviews == 62 + 38 + 28
    assert sum(by_line(read, lambda it: it.reviews)) == read.of().reviews


@pytest.mark.parametrize("line", LINES)
def test_percentiles_are_numpy_s(read, line):
    rows = HeldReview.objects.filter(line__code=line, held_on__range=(read.first, read.last))
    days = [row.days for row in rows]

    found = read.of(ProductLine.objects.get(code=line).pk)

    assert found.median == pytest.approx(numpy.percentile(days, 50))
    assert found.p90 == pytest.approx(numpy.percentile(days, 90))


def counts():
    return {
        row.code: (row.hits, row.assessed) for row in CriterionCount.objects.filter(elsewhere=True)
    }


def test_criteria_that_never_changed_a_decision():
    here = {row.code for row in CriterionCount.objects.filter(elsewhere=False)}
    found = {code: n for code, (hits, n) in counts().items() if is_candidate(hits, n)}

    assert found == {"CH-13": 34, "CD-07": 31, "LD-08": 22}
    assert not here & set(found)
    bounds = [round(100 * upper_bound(0, found[code]), 1) for code in ("CH-13", "CD-07", "LD-08")]
    assert bounds == [8.4, 9.2, 12.7]


@pytest.mark.parametrize(("code", "expected"), [("AD-04", (11, 29)), ("PD-11", (9, 27))])
def test_counts_from_before(code, expected):
    assert counts()[code] == expected


@pytest.mark.parametrize("hits", [0, 1, 5, 11])
@pytest.mark.parametrize("n", [20, 34, 200])
def test_bounds_are_scipy_s(hits, n):
    interval = binomtest(hits, n, alternative="less").proportion_ci(0.95, "exact")

    assert upper_bound(hits, n) == pytest.approx(interval.high, abs=1e-9)


def test_every_condition_and_every_stop_names_what_it_rested_on():
    assert Citation.objects.exclude(condition=None).values("condition").distinct().count() == 41
    stopped = Citation.objects.filter(condition=None).values("criterion__review").distinct()
    assert stopped.count() == 7


def test_early_warning_of_norvane():
    read_open()
    raise_for()

    page = warnings.page(Person.objects.get(code="E12"))

    told = {row.subject.code: {one.kind.value: one.tone for one in row.told} for row in page.rows}
    assert next(iter(told)) == "P01"
    assert told["P01"] == dict.fromkeys(["instability", "deadlines", "complaints"], "off")
    assert told["P06"]["instability"] == "risk"
    assert told["P11"]["deadlines"] == "risk"
    assert "P10" not in told


def test_decisions_are_marked_on_the_time_axis_of_borealis():
    product = Product.objects.get(code="P01")

    found = marks([product.pk], date(2025, 11, 1), DAY)[product.pk]

    assert [str(mark.day) for mark in found] == [
        *("2025-12-08", "2026-04-20", "2026-07-13", "2026-07-30", "2026-10-05")
    ]
