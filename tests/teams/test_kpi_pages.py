"""The catalogue's pages: everybody reads, the board's secretary defines, nothing is lost."""

from datetime import date

import pytest
from django.urls import reverse

from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.models import Kpi, KpiTarget, KpiWeight
from tests.factories.company import seated
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory, KpiWeightFactory
from tests.factories.people import FunctionFactory
from tests.factories.products import BodyFactory
from tests.ipd.counting import PAGE, grown

CARD = {
    "code": "fix_time",
    "name": "Time to fix",
    "formula": "Fixed in time ÷ due",
    "expression": "100 * gate_first_pass / gate_on_time",
    "unit": "%",
    "unit_label": "",
    "places": "1",
    "direction": "up",
    "cadence": "monthly",
    "together": "ratio",
    "dimension": "quality",
    "source": "gates",
    "owner": "",
    "least_n": "5",
    "counts_in_pay": "on",
    "valid_from": "2026-01-01",
    "order": "10",
}


@pytest.fixture
def editor(house):
    """The secretary of the company's board."""
    return seated(BodyFactory(line=None, kind="IRB").team, "SECRETARY", "PM")


@pytest.fixture
def client(editor, as_person):
    return as_person(editor)


def url(name, *args):
    return reverse(f"teams:{name}", args=args)


def test_a_kpi_is_defined_in_the_browser(client, editor):
    made = client.post(url("kpi-new"), CARD)
    kpi = Kpi.objects.get()
    assert (made.status_code, made["Location"]) == (302, kpi.get_absolute_url())
    assert (kpi.code, kpi.version) == ("FIX_TIME", 1)
    page = client.get(kpi.get_absolute_url()).text
    assert "Gates passed at the first attempt" in page
    assert "It has no target" in page
    assert "defined it" in page


def test_a_bad_formula_is_shown_with_its_place_and_nothing_is_lost(client):
    page = client.post(url("kpi-new"), CARD | {"expression": "100 * gate_first_pas / 2"})
    assert page.status_code == 422
    assert "There is no measure of this name. Look at place 7: “gate_first_pas”." in page.text
    assert "Did you mean gate_first_pass" in page.text
    assert "<mark>gate_first_pas</mark>" in page.text
    assert "Time to fix" in page.text
    assert not Kpi.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expression": "gate_on_time", "unit": "money"}, "is read in the unit %"),
        ({"expression": "1 - gate_on_time"}, "would be an average"),
        ({"expression": "cost_variance / 2", "unit": "count"}, "its unit is money"),
        ({"code": "1x"}, "a letter first"),
        ({"places": "9"}, "At most four"),
        ({"unit": "furlong"}, "furlong is not one"),
    ],
)
def test_what_does_not_fit_is_named(client, change, said):
    page = client.post(url("kpi-new"), CARD | change)
    assert page.status_code == 422
    assert said in page.text


def test_the_formula_is_checked_while_it_is_typed(client):
    asked = {"expression": "min(cpi, spi", "unit": "ratio", "together": "least"}
    part = client.get(url("kpi-formula"), asked, headers={"HX-Request": "true"})
    assert "A closing bracket is missing here. Look at place 13." in part.text
    assert "<html" not in part.text
    good = client.get(url("kpi-formula"), asked | {"expression": "min(cpi, spi)"})
    assert "Cost performance (CPI)" in good.text


def test_what_is_typed_is_escaped(client):
    page = client.get(url("kpi-formula"), {"expression": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text


def test_a_card_changes_with_a_reason_and_shows_it(client, editor):
    kpi = KpiFactory(code="CSAT", name="Satisfaction", owner=FunctionFactory(code="MKT"))
    edit = url("kpi-edit", kpi.pk)
    page = client.get(edit)
    assert 'value="CSAT"' in page.text
    data = CARD | {
        "code": "CSAT",
        "expression": "",
        "version": "1",
        "owner": FunctionFactory(code="SVC").pk,
    }
    assert client.post(edit, data).status_code == 422  # no reason
    assert client.post(edit, data | {"reason": "Clearer words"}).status_code == 302
    kpi.refresh_from_db()
    assert (kpi.name, kpi.version) == ("Time to fix", 2)
    page = client.get(kpi.get_absolute_url()).text
    service = FunctionFactory(code="SVC").name
    for said in ("Clearer words", "Satisfaction", "changed the card", service):
        assert said in page
    stale = client.post(edit, data | {"reason": "Again", "name": "Another"})
    assert stale.status_code == 409
    assert "version 2 by now" in stale.text


def test_what_has_readings_keeps_its_unit(client):
    kpi = KpiReadingFactory(kpi__code="CSAT").kpi
    page = client.get(url("kpi-edit", kpi.pk)).text
    assert page.count("disabled") >= 3
    data = CARD | {"unit": "ratio", "version": "1", "reason": "Try", "expression": ""}
    assert client.post(url("kpi-edit", kpi.pk), data).status_code == 302
    kpi.refresh_from_db()
    assert (kpi.unit, kpi.code) == ("%", "CSAT")


def test_a_kpi_is_retired_and_comes_back(client):
    kpi = KpiFactory()
    retire = url("kpi-retirement", kpi.pk)
    assert client.post(retire, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(retire, {"version": 1, "reason": "Nobody reads it"}).status_code == 302
    assert kpi.code not in client.get(url("kpi-list")).text
    assert kpi.code in client.get(url("kpi-list"), {"state": "retired"}).text
    again = client.post(retire, {"version": 2, "reason": "Twice"})
    assert again.status_code == 409
    back = url("kpi-reinstatement", kpi.pk)
    assert client.post(back, {"version": 2, "reason": "Asked for"}).status_code == 302
    assert Kpi.objects.get(pk=kpi.pk).is_active


def test_a_target_is_set_shown_and_taken_out(client):
    kpi = KpiFactory(direction="near", dimension="cost")
    KpiWeightFactory(dimension="cost", percent=20)
    page = url("kpi-target", kpi.pk)
    assert client.get(page, {"phase": "PLAN"}).status_code == 200
    data = {"phase": "PLAN", "floor": "20", "target": "5", "stretch": "0", "version": "1"}
    data |= {"valid_from": str(today()), "is_due": "on"}
    assert client.post(page, data).status_code == 422
    assert client.post(page, data | {"centre": "0", "stretch": "9"}).status_code == 422
    assert client.post(page, data | {"centre": "0"}).status_code == 302
    shown = client.get(kpi.get_absolute_url()).text
    for said in ("20.0 %", "5.0 %", "in force", "distance from 0", "weighs 20 %"):
        assert said in shown
    target = KpiTarget.objects.get()
    gone = url("kpi-target-removal", target.pk)
    assert client.post(gone, {"version": 1}).status_code == 409
    assert client.post(gone, {"version": 2}).status_code == 302
    assert not KpiTarget.objects.exists()
    kinds = LedgerEntry.objects.filter(subject=f"kpi:{kpi.pk}").values_list("kind", flat=True)
    assert list(kinds) == ["kpi target set", "kpi target removed"]


def test_weights_make_a_hundred(client):
    page = url("kpi-weight", "PLAN")
    data = {"time": 30, "customer": 20, "cost": 20, "quality": 20, "capability": 5}
    data["valid_from"] = "2026-01-01"
    assert "make 100 in all, not 95" in client.post(page, data).text
    assert client.post(page, data | {"capability": 10}).status_code == 302
    assert KpiWeight.objects.count() == 5
    assert "100 %" in client.get(url("kpi-weights")).text
    assert client.get(url("kpi-weight", "NOWHERE")).status_code == 404


def test_others_read_and_do_not_write(house, as_person):
    kpi = KpiTargetFactory(kpi__code="CSAT").kpi
    for person in (house.outsider, house.secretary, house.lpdt, house.administrator):
        client = as_person(person)
        page = client.get(kpi.get_absolute_url())
        assert page.status_code == 200
        assert "Set a target" not in page.text
        assert client.get(url("kpi-new")).status_code == 403
        assert client.post(url("kpi-retirement", kpi.pk), {"version": 1}).status_code == 403


def test_targets_in_money_are_for_those_who_see_money(house, as_person):
    kpi = KpiFactory(unit="money", together="sum", places=0)
    KpiTargetFactory(kpi=kpi, floor=-777123, target=0, stretch=1)
    outside = as_person(house.outsider).get(kpi.get_absolute_url()).text
    assert "777" not in outside
    assert "restricted" in outside
    assert "-777,123 EUR" in as_person(house.lpdt).get(kpi.get_absolute_url()).text


def test_who_reads_it_counts_what_one_may_see(house, as_person):
    kpi = KpiFactory()
    KpiReadingFactory(kpi=kpi, team=house.product.team)
    KpiReadingFactory(kpi=kpi, team=house.product.team, month=date(2026, 9, 1))
    KpiReadingFactory(kpi=kpi, team=house.confidential_product.team, month=date(2026, 11, 1))
    page = as_person(house.outsider).get(kpi.get_absolute_url())
    assert page.context["month"] == date(2026, 10, 1)
    assert page.context["counts"] == {"measured": 1}


def test_the_list_is_narrowed(house, as_person):
    client = as_person(house.outsider)
    early = KpiTargetFactory(kpi__code="EARLY", kpi__expression="cpi", phase="CONCEPT").kpi
    late = KpiTargetFactory(kpi__code="LATE", kpi__dimension="cost", phase="LAUNCH").kpi
    always = KpiTargetFactory(kpi__code="ALWAYS").kpi
    KpiTargetFactory(kpi=always, phase="LAUNCH", is_due=False)

    def codes(**asked):
        return {row.kpi.code for row in client.get(url("kpi-list"), asked).context["rows"]}

    assert codes() == {"EARLY", "LATE", "ALWAYS"}
    assert codes(phase="LAUNCH") == {"LATE"}
    assert codes(phase="CONCEPT") == {early.code, always.code}
    assert codes(how="computed") == {"EARLY"}
    assert codes(dimension="cost") == {late.code}
    assert codes(q="alw") == {"ALWAYS"}
    assert codes(q="nothing such") == set()


def test_pages_cost_the_same_with_one_and_with_three(client, house):
    kpi = KpiTargetFactory(kpi__expression="cpi", kpi__dimension="cost").kpi

    days = iter(range(1, 28))

    def more(number):
        other = KpiFactory(dimension="cost", expression="spi")
        KpiTargetFactory(kpi=other, phase="PLAN")
        KpiTargetFactory(kpi=kpi, valid_from=date(2021, 1, next(days)))
        KpiReadingFactory(kpi=kpi)

    assert grown(client, url("kpi-list"), more) <= PAGE
    assert grown(client, kpi.get_absolute_url(), more) <= PAGE
    assert grown(client, url("kpi-weights"), more) <= PAGE
    assert grown(client, url("measure-list"), more) <= PAGE
    assert grown(client, url("kpi-edit", kpi.pk), more) <= PAGE


def test_a_kpi_is_found_by_its_code_and_name(client):
    kpi = KpiFactory(code="GATE_FPY", name="Gate first-pass yield")
    hits = client.get(reverse("kernel:search"), {"q": "gate_f"})
    assert kpi.get_absolute_url() in hits.text
    assert kpi.get_absolute_url() in client.get(reverse("kernel:search"), {"q": "pass yield"}).text
