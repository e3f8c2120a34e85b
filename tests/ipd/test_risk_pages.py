"""Pages of the risk register: lists, rows edited in place, money only with the grant."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from ipd.actions import risks
from ipd.models import Risk
from ipd.queries import risks as queries
from tests.factories.money import RateFactory
from tests.factories.risks import DriverFactory, RiskFactory, estimated_plan
from tests.ipd.counting import HTMX
from tests.ipd.risking import sent

pytestmark = pytest.mark.django_db


# Pages -------------------------------------------------------------------------------------------


def test_the_list_shows_the_largest_exposure_first(product, outsider, as_person):
    RiskFactory(product=product, title="Small", probability_percent=5)
    RiskFactory(product=product, title="Large", probability_percent=90)
    RiskFactory(product=product, title="Gone", state="closed")
    client = as_person(outsider)

    page = client.get(reverse("ipd:risks", args=[product.pk]))

    assert [one["risk"].title for one in page.context["rows"]] == ["Large", "Small"]
    assertNotContains(page, "Enter a risk")
    everything = client.get(reverse("ipd:risks", args=[product.pk]), {"state": "all"})
    assert len(everything.context["rows"]) == 3


def test_money_is_shown_only_with_the_grant(risk, product, lpdt, core_member, as_person):
    for url in (reverse("ipd:risks", args=[product.pk]), risk.get_absolute_url()):
        assertContains(as_person(lpdt).get(url), "EUR")
        page = as_person(core_member).get(url)
        assertNotContains(page, "90,000")
        assertNotContains(page, "600,000")
    assertContains(as_person(core_member).get(risk.get_absolute_url()), "restricted")


def test_what_is_left_out_of_the_sum_is_said(product, lpdt, core_member, as_person):
    three = dict.fromkeys(("cost_low", "cost_likely", "cost_high"), 77_000)
    RiskFactory(product=product, probability_percent=100, currency="JPY", **three)
    url = reverse("ipd:risks", args=[product.pk])
    page = as_person(lpdt).get(url)
    assertContains(page, "1 risk in JPY is left out")
    assertNotContains(page, "risk reserve")
    assertNotContains(as_person(core_member).get(url), "JPY")


def test_a_currency_is_chosen_among_those_with_a_rate(risk, lpdt, as_person):
    RateFactory(currency="SEK")
    url = reverse("ipd:risk-change", args=[risk.pk])
    three = {"cost_low": 1, "cost_likely": 2, "cost_high": 3}
    wrong = as_person(lpdt).post(url, sent(risk, **three, currency="XXX"))
    assertContains(wrong, "XXX is not one of the available choices", status_code=422)
    as_person(lpdt).post(url, sent(risk, **three, currency="SEK"))
    risk.refresh_from_db()
    assert risk.currency == "SEK"


def test_without_the_grant_costs_are_not_read(risk, product, outsider, as_person, no_lazy_fetch):
    assert as_person(outsider).get(reverse("ipd:risks", args=[product.pk])).status_code == 200


def test_without_the_grant_costs_are_not_touched(risk, core_member, as_person):
    form = sent(risk, cost_low=1, cost_likely=2, cost_high=3, title="Renamed")
    as_person(core_member).post(reverse("ipd:risk-change", args=[risk.pk]), form)
    risk.refresh_from_db()
    assert (risk.title, risk.cost_high) == ("Renamed", 600_000)


def test_entering_by_the_form(product, lpdt, core_member, outsider, as_person):
    url = reverse("ipd:risk-new", args=[product.pk])
    assert as_person(outsider).get(url).status_code == 403
    assert as_person(outsider).post(url, sent()).status_code == 403
    assertContains(as_person(core_member).get(url), "it may happen that")

    form = sent(currency="EUR", owner=core_member.pk)
    answer = as_person(lpdt).post(url, form)

    made = Risk.objects.get()
    assertRedirects(answer, made.get_absolute_url())
    assert (made.code, made.owner, made.exposure_order) == ("R-01", core_member, -1800)
    again = as_person(lpdt).post(url, form)
    assertRedirects(again, made.get_absolute_url())
    assert Risk.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_likely": 2},
        {"probability_percent": 120},
        {"days_high": 9999},
        {"cost_low": 5, "currency": "EUR"},
        {"cost_low": 5, "cost_likely": 1, "cost_high": 9, "currency": "EUR"},
    ],
)
def test_a_form_with_errors_is_shown_again(wrong, risk, lpdt, as_person):
    url = reverse("ipd:risk-change", args=[risk.pk])
    answer = as_person(lpdt).post(url, sent(risk, **wrong))
    assert answer.status_code == 422
    risk.refresh_from_db()
    assert risk.version == 1


def test_a_confidential_product_s_risks_are_not_there(confidential_product, lpdt, as_person):
    risk = RiskFactory(product=confidential_product)
    client = as_person(lpdt)
    assert client.get(risk.get_absolute_url()).status_code == 404
    assert client.get(reverse("ipd:risks", args=[confidential_product.pk])).status_code == 404
    assertNotContains(client.get(reverse("ipd:risk-list")), risk.title)


def test_a_row_is_edited_in_place(risk, lpdt, outsider, as_person):
    client, url = as_person(lpdt, headers=HTMX), reverse("ipd:risk-row", args=[risk.pk])
    assertContains(client.get(url, {"edit": 1}), "<form")
    assertNotContains(as_person(outsider, headers=HTMX).get(url, {"edit": 1}), "<form")
    assertRedirects(as_person(lpdt).get(url), risk.get_absolute_url())

    row = client.post(url, sent(risk, probability_percent=70), follow=True)

    assertContains(row, "70 %")
    assert risk.reviews.get().probability_percent == 70
    risk.refresh_from_db()
    assert risk.cost_high == 600_000
    wrong = client.post(url, sent(risk, days_low=99))
    assert wrong.status_code == 422
    assert as_person(outsider).post(url, sent(risk)).status_code == 403


def test_drivers_by_their_form(risk, product, lpdt, as_person):
    estimated_plan(product)
    url, client = reverse("ipd:risk-drivers", args=[risk.pk]), as_person(lpdt)
    three = {"low": "1", "likely": "1.5", "high": "2"}
    client.post(url, {"activity": "A1", **three})
    assert risk.drivers.get().activity == "A1"
    assert client.post(url, {"activity": "A9", **three}).status_code == 422
    assertContains(client.get(risk.get_absolute_url()), "Take away")
    client.post(url, {"release": "A1"})
    assert not risk.drivers.exists()


def test_the_company_s_list_is_filtered(risk, product, core_member, outsider, as_person):
    RiskFactory(product=product, title="Nobody answers", owner=None, category="market")
    client, url = as_person(core_member), reverse("ipd:risk-list")

    def titles(**asked):
        return {one["risk"].title for one in client.get(url, asked).context["rows"]}

    assert titles() == {risk.title, "Nobody answers"}
    assert titles(whose="mine") == {risk.title}
    assert titles(whose="none") == titles(category="market") == {"Nobody answers"}
    assert titles(line=product.line.code, q=risk.title) == {risk.title}
    assert titles(state="closed") == set()
    assertNotContains(client.get(url), "EUR")


def test_the_list_goes_on_page_by_page(product, outsider, as_person, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    RiskFactory.create_batch(5, product=product)
    client, seen, after = as_person(outsider), [], ""
    for _page in range(3):
        page = client.get(reverse("ipd:risk-list"), {"after": after})
        seen += [one["risk"].pk for one in page.context["rows"]]
        after = page.context["page"].after
    assert len(set(seen)) == 5
    assert after == ""


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_whatever_they_show(
    count, product, lpdt, as_person, no_lazy_fetch, django_assert_max_num_queries
):
    estimated_plan(product)
    for _each in range(count):
        risk = RiskFactory(product=product, cost_low=1, cost_likely=2, cost_high=3)
        DriverFactory(risk=risk)
        risks.note_review(risk, by=lpdt)
    client = as_person(lpdt)
    for url in (
        reverse("ipd:risks", args=[product.pk]),
        reverse("ipd:risk-list"),
        risk.get_absolute_url(),
    ):
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
    client = as_person(lpdt, headers=HTMX)
    with django_assert_max_num_queries(4):
        client.get(reverse("ipd:risk-row", args=[risk.pk]), {"edit": 1})
