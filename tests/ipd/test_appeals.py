"""A $APPEALS sheet weighs eight criteria and says where to look first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ipd.calculations.appeals import gaps, offer_index
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.models import AppealsSheet
from ipd.models.requirement_words import BuyingCriterion
from ipd.queries import appeals as queries
from tests.factories.trade_offs import EVEN, sheet
from tests.ipd.counting import PAGE, grown

CRITERIA = BuyingCriterion.values
scores = st.fixed_dictionaries({name: st.integers(1, 10) for name in CRITERIA})


@given(own=scores, others=st.lists(scores, min_size=1, max_size=3))
def test_attention_is_never_negative_and_zero_where_the_own_offer_leads(own, others):
    found = gaps(EVEN, own, {str(number): other for number, other in enumerate(others)})
    assert [gap.attention for gap in found] == sorted((g.attention for g in found), reverse=True)
    for gap in found:
        best = max(other[gap.criterion] for other in others)
        assert gap.best == best
        assert (gap.attention > 0) == (best > own[gap.criterion])


@given(own=scores)
def test_an_index_lies_between_its_scores(own):
    index = offer_index(EVEN, own)
    assert min(own.values()) <= index <= max(own.values())


def test_a_sheet_is_read_with_its_figures(house):
    read = queries.read(sheet(house.product, by=house.lpdt))
    assert [(offer.is_own, offer.index) for offer in read.offers] == [(True, 5), (False, 7)]
    assert {gap.attention for gap in read.gaps} == {Decimal("0.25")}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"weights": EVEN | {"price": Decimal("0.2")}}, "sum to 1"),
        ({"own": {"price": 5}}, "all eight"),
        ({"on": date(2099, 1, 1)}, "does not lie ahead"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_whole(house, fields, why):
    with pytest.raises(Refused, match=why):
        sheet(house.product, by=house.lpdt, **fields)
    assert not AppealsSheet.objects.exists()


def test_a_segment_has_one_sheet_a_day(house):
    sheet(house.product, by=house.lpdt)
    with pytest.raises(Refused, match="already"):
        sheet(house.product, by=house.lpdt)


def test_weights_of_two_customers_are_an_internal_opinion(house, as_person):
    row = sheet(house.product, by=house.lpdt, customers=2)
    assert "internal opinion" in as_person(house.outsider).get(row.get_absolute_url()).text


def test_the_newest_sheet_is_measured(house):
    rivals = {name: dict.fromkeys(CRITERIA, 5) for name in ("A", "B")}
    sheet(house.product, by=house.lpdt, on=today() - timedelta(days=9), competitors=rivals)
    sheet(house.product, by=house.lpdt)
    compute = MEASURES["appeals_competitors"].compute
    assert compute([house.product.pk], today(), today())[house.product.pk].numerator == 1
    earlier = today() - timedelta(days=2)
    assert compute([house.product.pk], earlier, earlier)[house.product.pk].numerator == 2


def typed(**more):
    values = {"segment": "Operators", "on": "2026-01-05", "customers": "4", "note": ""}
    for name in CRITERIA:
        values |= {f"weight_{name}": "12.5", f"own_{name}": "6"}
    return values | more


def test_a_browser_keeps_a_sheet_and_names_what_is_wrong(house, as_person):
    client = as_person(house.core_member)
    url = reverse("ipd:appeals-new", args=[house.product.pk])
    assert client.get(url).status_code == 200
    heavy = client.post(url, typed(weight_price="20"))
    assert heavy.status_code == 422
    assert "sum to 107.5" in heavy.text
    half = client.post(url, typed(name_1="Alpha", score_1_price="7"))
    assert half.status_code == 422
    assert "all eight criteria" in half.text
    nameless = client.post(url, typed(score_2_price="7"))
    assert "Name the offer" in nameless.text
    assert client.post(url, typed()).status_code == 302
    assert (
        "No competitor stands on this sheet"
        in client.get(AppealsSheet.objects.get().get_absolute_url()).text
    )


def test_the_page_costs_the_same_with_one_and_with_three(house, as_person):
    client = as_person(house.lpdt)

    def more(number):
        sheet(house.product, by=house.lpdt, on=today() - timedelta(days=number))

    assert grown(client, reverse("ipd:appeals", args=[house.product.pk]), more) <= PAGE
