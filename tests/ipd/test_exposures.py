"""Exposure: what a lost part would cost, for whom, and who may know it."""

from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from ipd.models import Part
from ipd.models.where_used import below, parts_of, products_of, tree
from ipd.permissions import products_where
from ipd.permissions.supply import can_edit_part, editable_parts
from ipd.queries import exposure_ranking, exposures
from ipd.queries.exposure_ranking import ranking, red_parts, shown
from tests.factories import GrantFactory, LineFactory, ProductFactory
from tests.factories.supply import (
    BomLineFactory,
    ContributionFactory,
    PartFactory,
    SourceFactory,
    SupplyActionFactory,
    needed,
    red,
)

pytestmark = pytest.mark.django_db
PAGE = "/supply/"


@pytest.mark.parametrize(
    ("fields", "weeks"),
    [
        ({"claimed_ttr": 16, "assessed_ttr": 34, "entered_tts": 6}, (34, 6, 28)),
        ({"claimed_ttr": 16, "entered_tts": 6}, (16, 6, 10)),
        ({"assessed_ttr": 10, "entered_tts": 12}, (10, 12, 0)),
        ({"assessed_ttr": 10, "stock": 300, "on_order": 100, "weekly_demand": 50}, (10, 8, 2)),
        ({"assessed_ttr": 10, "entered_tts": 9, "stock": 300, "weekly_demand": 50}, (10, 9, 1)),
        ({"assessed_ttr": 10}, (10, None, None)),
        ({"entered_tts": 10}, (None, 10, None)),
        ({"assessed_ttr": 10, "stock": 5, "weekly_demand": 0}, (10, None, None)),
    ],
)
def test_the_database_computes_the_weeks(fields, weeks):
    part = PartFactory(**fields)
    assert (part.ttr_weeks, part.tts_weeks, part.gap_weeks) == weeks


def test_where_used_goes_through_assemblies_both_ways(house):
    part = PartFactory()
    lowest = needed(house.product, part, through=4)
    other = ProductFactory()
    needed(other, lowest)

    assert products_of([part.pk]) == {part.pk: {house.product.pk, other.pk}}
    assert part.pk in parts_of([house.product.pk])[house.product.pk]
    branches, cut = tree(part.pk)
    assert (max(branch.depth for branch in branches), cut) == (4, False)
    assert part.pk in below(lowest.pk)


def test_the_walk_ends_even_in_a_circle(house):
    """No action makes one; data that came in otherwise must not hang a page."""
    one, two = PartFactory(kind="assembly"), PartFactory(kind="assembly")
    BomLineFactory(assembly=one, part=two)
    BomLineFactory(assembly=two, part=one)
    needed(house.product, one)

    assert products_of([two.pk]) == {two.pk: {house.product.pk}}
    assert below(one.pk) == {one.pk, two.pk}
    assert tree(one.pk)[1] or len(tree(one.pk)[0]) <= 500


def found(person, part):
    [one] = exposures.of(person, [Part.objects.get(pk=part.pk)])
    return one


def test_an_amount_is_summed_over_the_products_one_may_see_the_money_of(
    house, confidential_product
):
    part = red(house.product)
    foreign = ProductFactory()
    for product, weekly in ((house.product, 95_000), (foreign, 60_000), (confidential_product, 7)):
        ContributionFactory(product=product, weekly=Decimal(weekly))
    needed(foreign, part)
    needed(confidential_product, part)

    lead = found(house.lpdt, part)
    assert (lead.amount, lead.counted, len(lead.products)) == (28 * 95_000, 1, 2)
    assert lead.is_part_of_it
    nobody = found(house.outsider, part)
    assert (nobody.amount, nobody.shown, len(nobody.products)) == (None, "restricted", 2)
    assert nobody.part.gap_weeks == 28
    GrantFactory(product=confidential_product, person=house.lpdt)
    assert found(house.lpdt, part).amount == 28 * 95_000  # sight is not the money
    assert len(found(house.lpdt, part).products) == 3


def test_the_newest_contribution_counts_and_none_is_nothing(house):
    part = red(house.product)
    assert found(house.lpdt, part).amount == 0
    ContributionFactory(product=house.product, weekly=Decimal(10), from_on="2020-01-01")
    ContributionFactory(product=house.product, weekly=Decimal(20), from_on="2021-01-01")
    ContributionFactory(product=house.product, weekly=Decimal(90), from_on="2199-01-01")
    assert found(house.lpdt, part).amount == 28 * 20


def test_the_order_of_the_ranking_tells_nothing_that_is_hidden(house):
    """By weeks for who sees no money: not by what others see."""
    foreign = ProductFactory()
    ContributionFactory(product=foreign, weekly=Decimal(1_000_000))
    dear = red(foreign, assessed_ttr=8)
    long = red(house.product, assessed_ttr=40)

    ranked = ranking(house.outsider, red_parts(house.outsider))
    assert [one.part for one in ranked] == [long.pk, dear.pk]


def test_money_and_rights_for_many_products_are_those_for_one(house):
    from ipd.models import Product
    from ipd.permissions import can, can_see_money

    ProductFactory()
    people = [house.lpdt, house.chair, house.core_member, house.pqa, house.outsider, house.expert]
    for person in people:
        visible = Product.objects.visible_to(person)
        money = products_where(person, "see_money").values_list("pk", flat=True)
        assert set(money) == {p.pk for p in visible if can_see_money(person, p)}
        part = PartFactory()
        needed(house.product, part)
        assert can_edit_part(person, part) == can(person, "edit_supply", house.product)


def test_a_part_nobody_needs_may_be_changed_by_whoever_changes_some_supply(house):
    part, foreign = PartFactory(), PartFactory()
    needed(ProductFactory(), foreign)
    assert editable_parts(house.lpdt, [part.pk, foreign.pk]) == {part.pk}
    assert editable_parts(house.outsider, [part.pk]) == set()


def test_a_plan_has_an_owner_and_covers_every_product(house):
    part = red(house.product)
    assert not found(house.lpdt, part).is_covered
    action = SupplyActionFactory(part=part, owner=None)
    assert not found(house.lpdt, part).is_covered
    other = ProductFactory()
    needed(other, part)
    action.owner, action.product = house.lpdt, house.product
    action.save()
    assert not found(house.lpdt, part).is_covered
    action.product = None
    action.save()
    assert found(house.lpdt, part).is_covered


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    for _ in range(count):
        part = red(house.product)
        SupplyActionFactory(part=part, owner=house.lpdt)
        needed(ProductFactory(line=house.line), part)
    ContributionFactory(product=house.product)
    client = as_person(house.lpdt)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        answer = client.get(PAGE)
    assert answer.context["count"] == count


@pytest.mark.parametrize("many", [500, 0])
def test_the_ranking_is_what_the_parts_say_one_by_one(
    house, confidential_product, monkeypatch, many
):
    """The light rows agree with the full ones, for whoever reads them, however much they see."""
    for name in ("PRICED", "WALKED"):
        statement = getattr(exposure_ranking, name).replace("> 500", f"> {many}")
        monkeypatch.setattr(exposure_ranking, name, statement)
    foreign = ProductFactory(line=house.line)
    for product in (house.product, foreign, confidential_product):
        ContributionFactory(product=product, weekly=Decimal(1000 + product.pk))
    parts = [red(house.product), red(foreign, assessed_ttr=50), red(confidential_product)]
    parts.append(red(house.product, assessed_ttr=9))
    needed(foreign, parts[0], through=3)
    needed(confidential_product, parts[3])
    SupplyActionFactory(part=parts[0], owner=house.lpdt, product=house.product)
    SupplyActionFactory(part=parts[3], owner=house.lpdt, product=house.product)
    SupplyActionFactory(part=parts[1], owner=None)
    SupplyActionFactory(part=parts[2], owner=house.lpdt, product=confidential_product)

    for person in (house.lpdt, house.chair, house.outsider, house.core_member):
        ranked = ranking(person, red_parts(person))
        full = shown(person, ranked)
        assert {one.part.pk for one in full} == {part.pk for part in parts}
        assert [(one.part, one.counted, one.amount, one.is_covered) for one in ranked] == [
            (one.part.pk, one.counted, one.amount, one.is_covered) for one in full
        ]
        of_line = {p.pk for p in (house.product, foreign, confidential_product)}
        assert ranking(person, red_parts(person), line=house.line) == [
            light
            for light, one in zip(ranked, full, strict=True)
            if any(product.pk in of_line for product in one.products)
        ]
        assert ranking(person, red_parts(person), line=LineFactory()) == []


def test_the_page_is_filtered(house, as_person):
    one, two = red(house.product, status="restricted"), red(ProductFactory(), kraljic="strategic")
    SupplyActionFactory(part=one)
    client = as_person(house.lpdt)

    def shown(**query):
        return {row.part.pk for row in client.get(PAGE, query).context["ranked"]}

    assert shown() == {one.pk, two.pk}
    assert shown(status="restricted") == {one.pk}
    assert shown(kraljic="strategic") == {two.pk}
    assert shown(line=house.line.code) == {one.pk}
    assert shown(plan="none") == {two.pk}
    assert shown(supplier=two.sources.get().supplier.code) == {two.pk}
    assertContains(client.get(PAGE, {"status": "banned"}), "No part fits")
    assert client.get(PAGE, {"line": "?", "page": "x", "status": "?"}).status_code == 200


def test_a_part_of_a_hidden_product_is_nowhere(house, confidential_product, as_person):
    hidden = red(confidential_product, product=confidential_product, name="Hidden part")
    client = as_person(house.lpdt)
    assertNotContains(client.get(PAGE), "Hidden part")
    assertNotContains(client.get("/parts/"), "Hidden part")
    assertNotContains(client.get("/parts/export/"), "Hidden part")
    assert client.get(hidden.get_absolute_url()).status_code == 404
    supplier = hidden.sources.get().supplier
    assertNotContains(client.get(supplier.get_absolute_url()), "Hidden part")


def test_a_shared_part_does_not_tell_of_a_hidden_product(house, confidential_product, as_person):
    part = red(confidential_product, name="Shared part")
    SourceFactory(part=part)
    answer = as_person(house.lpdt).get(part.get_absolute_url())
    assertNotContains(answer, confidential_product.code)
    assertContains(answer, "Shared part")
