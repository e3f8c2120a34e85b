"""The demonstration's KPIs: the catalogue of the trade, and what is computed of Norvane's facts."""

from collections import Counter
from datetime import date
from decimal import Decimal as D

import pytest

from teams.calculations.scoring import score
from teams.models import Kpi, KpiTarget, Team
from teams.queries import computed, figures, targets
from teams.subjects import subjects

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def read(code: str) -> dict[str, D]:
    """A KPI's figures by product, rounded as they are shown."""
    kpi = Kpi.objects.get(code=code)
    by_id = {one.measured: one.code for one in subjects().measured().values()}
    return {
        by_id[pk]: figures.rounded((100 if kpi.unit == "%" else 1) * reading.ratio, kpi.places)
        for pk, reading in computed.read(kpi, by_id, DAY).items()
        if reading.ratio is not None
    }


def of(code: str, *products: str) -> list[str]:
    found = read(code)
    return [str(found[product]) for product in products]


def test_the_catalogue_is_whole():
    assert Kpi.objects.count() == 52
    assert set(KpiTarget.objects.values_list("kpi__code", flat=True)) == set(
        Kpi.objects.values_list("code", flat=True)
    )
    never_paid = set(Kpi.objects.filter(counts_in_pay=False).values_list("code", flat=True))
    assert never_paid >= {"BUS", "KNOW", "ENG"}


def test_original_against_current_contract():
    assert of("SCH_DEV", "P01", "P06", "P09") == ["28.9", "1.2", "2.4"]
    assert of("SCH_DEV_CUR", "P01") == ["3.6"]
    assert of("RND_DEV", "P01", "P05", "P03", "P10") == ["21.7", "-1.9", "-3.2", "-3.4"]
    assert of("RND_DEV_CUR", "P01") == ["8.1"]
    assert of("EAC_DEV", "P01", "P05", "P10") == ["48.7", "15.2", "-6.7"]
    assert of("EAC_DEV_CUR", "P01") == ["27.9"]


def test_green_spending_hides_late_work():
    assert of("CPI", "P01", "P05", "P10") == ["0.782", "0.868", "1.071"]
    assert of("SPI", "P05") == ["0.852"]
    assert of("CV", "P05") == ["-700000"]
    assert of("SV", "P05") == ["-800000"]


def test_lenient_and_strict_first_pass():
    assert of("GATE_FPY", "P01", "P05", "P10") == ["50.0", "100.0", "100.0"]
    assert of("GATE_FPY_STRICT", "P05") == ["25.0"]


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [("FPY_DCP", 7, 8), ("FPY_TR", 15, 17), ("GATE_FPY", 22, 25), ("GATE_FPY_STRICT", 12, 25)],
)
def test_first_pass_of_the_company(code, above, below):
    """With the product that was cancelled within the twelve months."""
    teams = Team.objects.values_list("pk", flat=True)
    products = [one.measured for one in subjects().of(teams).values()]
    found = computed.read(Kpi.objects.get(code=code), products, DAY).values()
    sums = (sum(one.numerator for one in found), sum(one.denominator for one in found))
    assert sums == (above, below)


def test_requirements_gates_and_releases():
    assert of("TRACE", "P01", "P04") == ["90.0", "93.1"]
    assert of("REQ_CHG", "P01") == ["11.0"]
    assert of("READY", "P04") == ["82"]
    assert of("SSRC", "P01", "P05", "P10", "P09") == ["24.0", "19.0", "11.1", "9.1"]
    assert of("P80_GAP", "P01") == ["29"]
    # Charter 2024-01-18 to 2026-06-08, and 2024-05-16 to 2026-10-19.
    assert read("TTM") == {"P06": 872, "P09": 886}


def test_waste_is_what_was_spent_after_the_contract_of_what_was_cancelled():
    teams = Team.objects.values_list("pk", flat=True)
    products = [one.measured for one in subjects().of(teams).values()]
    found = computed.read(Kpi.objects.get(code="WASTE"), products, DAY).values()
    sunk, spent = (
        sum(getattr(one, name) for one in found) for name in ("numerator", "denominator")
    )
    assert (sunk, spent) == (D(2_300_000), D(26_100_000))
    assert str(round(100 * sunk / spent, 1)) == "8.8"


def test_targets_give_the_points_of_the_worked_example():
    aims = targets.on(DAY)
    example = {
        "SCH_DEV": (D(12), "53.33"),
        "GATE_FPY": (D(100), "120.00"),
        "CSAT": (D(82), "80.00"),
        "EAC_DEV": (D("15.2"), "32.00"),
        "TC_ATT": (D(97), "70.00"),
        "DEF_DEN": (D("0.70"), "83.33"),
    }
    for code, (figure, points) in example.items():
        scale = aims.scale(Kpi.objects.get(code=code).pk, "DEVELOP")
        assert str(round(score(figure, scale), 2)) == points


def test_weights_make_a_hundred_in_every_phase_that_is_scored():
    aims = targets.on(DAY)
    sums = Counter()
    for (phase, _dimension), percent in aims.weights.items():
        sums[phase] += percent
    assert set(sums.values()) == {100}
    assert set(sums) == {"CONCEPT", "PLAN", "DEVELOP", "QUALIFY", "LAUNCH", "LIFECYCLE"}
