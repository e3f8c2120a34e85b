"""Search finds what one may see, by code or name, in one statement."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.search import search
from tests.factories import ConditionFactory, GrantFactory, PersonFactory, ProductFactory
from tests.factories.risks import RiskFactory
from tests.factories.supply import PartFactory, SupplierFactory
from tests.ipd.counting import FRAGMENT, HTMX, grown


def titles(person, text):
    return [(hit.kind, hit.title) for hit in search(person, text)]


@pytest.fixture
def borealis(house):
    return ProductFactory(line=house.line, code="P01", name="Borealis 400")


def test_the_list_costs_the_same_queries_however_much_is_found(house, as_person, borealis):
    def add(n):
        house.review(product=ProductFactory(line=house.line, name=f"Borealis {n}"))

    assert grown(as_person(house.chair), "/search/?q=bor", add, headers=HTMX) <= FRAGMENT


def test_products_are_found_by_the_beginning_of_the_code_or_a_part_of_the_name(house, borealis):
    for text in ("P01", "p0", "alis", "BOREALIS 400", "400 bor"):
        assert ("Product", "Borealis 400") in titles(house.outsider, text), text
    assert titles(house.outsider, "zzz") == []


def test_reviews_are_found_by_product_and_gate(house, borealis):
    house.review(product=borealis)

    assert ("Review", "Borealis 400 · PDCP") in titles(house.outsider, "bor pdcp")
    assert ("Review", "Borealis 400 · PDCP") not in titles(house.outsider, "bor tr5")


def test_decisions_are_found_by_number_and_by_product(house, borealis):
    review = house.review(product=borealis, stage="decided")
    number = str(review.decisions.get().pk)

    assert ("Decision", "Borealis 400 · PDCP") in titles(house.outsider, number)
    assert ("Decision", "Borealis 400 · PDCP") in titles(house.outsider, "P01 go")
    assert titles(house.outsider, "9" * 40) == []


def test_open_conditions_are_found_by_their_text(house, borealis):
    review = house.review(product=borealis, stage="decided", ended_in="GO_COND")
    ConditionFactory(review=review, text="Name a second source")

    assert ("Condition", "Name a second source") in titles(house.outsider, "second source")


def test_people_are_found_by_the_beginning_of_any_word_of_the_name(house):
    PersonFactory(name="Astrid Holmqvist", code="E01")
    PersonFactory(name="李娜", code="E02")
    PersonFactory(name="Astrid Away", code="E03", is_active=False)

    for text in ("holm", "ast", "Holmqvist Astrid", "e01"):
        assert ("Person", "Astrid Holmqvist") in titles(house.outsider, text), text
    assert ("Person", "李娜") in titles(house.outsider, "李")
    assert ("Person", "Astrid Away") not in titles(house.outsider, "astrid")
    assert titles(house.outsider, "mqvist") == []


def test_what_is_confidential_is_found_by_its_own_people_alone(house):
    hidden = house.confidential_product
    review = house.review(product=hidden, stage="decided", ended_in="GO_COND")
    house.review(product=hidden, attempt=2)
    ConditionFactory(review=review, text="Hidden obligation")
    words = [hidden.code, hidden.name, hidden.team.code, hidden.team.name, "hidden obligation"]
    words.append(str(review.decisions.get().pk))

    for person in (house.outsider, house.chair, house.administrator):
        for text in words:
            kinds = {kind for kind, title in titles(person, text) if hidden.name in title}
            assert not kinds, (person, text)
        assert ("Team", hidden.team.name) not in titles(person, hidden.team.name)
        assert titles(person, "hidden obligation") == []

    GrantFactory(product=hidden, person=house.outsider)
    kinds = {kind for kind, _title in titles(house.outsider, hidden.name)}
    assert {"Product", "Review", "Decision", "Condition"} <= kinds
    assert ("Team", hidden.team.name) in titles(house.outsider, hidden.team.name)


@pytest.mark.parametrize("text", ["", " ", "'", "a' & b", ":*", "%", "_", "\\", "a\0b", "x" * 500])
def test_odd_texts_find_nothing_and_break_nothing(house, as_person, text):
    client = as_person(house.outsider)

    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/", {"q": text}, headers=HTMX).status_code == 200


def test_the_palette_gets_a_list_and_a_browser_gets_a_page(house, as_person, borealis):
    client = as_person(house.outsider)
    url = "/search/?q=borealis"

    part = client.get(url, headers=HTMX)
    assertContains(part, 'role="option"')
    assertNotContains(part, "<html")
    assertContains(client.get(url), borealis.get_absolute_url())
    assertContains(client.get(url), "<html")


def test_parts_are_found_by_code_or_name_where_they_may_be_seen(house, confidential_product):
    PartFactory(code="OE-400Z", name="Optical engine")
    PartFactory(code="OE-400", name="Older engine")
    PartFactory(code="OE-X", name="Hidden engine", product=confidential_product)

    assert [t for kind, t in titles(house.outsider, "oe-400") if kind == "Part"] == [
        "Older engine",
        "Optical engine",
    ]
    assert titles(house.outsider, "engine opt") == [("Part", "Optical engine")]
    assert titles(house.outsider, "hidden") == []
    assert titles(house.outsider, "oe") == []  # too short to look for among so many
    GrantFactory(product=confidential_product, person=house.outsider)
    assert titles(house.outsider, "hidden") == [("Part", "Hidden engine")]


def test_suppliers_are_found_by_code_or_name(house):
    SupplierFactory(code="LUMORA", name="Lumora Photonics")
    for text in ("lumo", "photonics", "LUMORA phot"):
        assert titles(house.outsider, text) == [("Supplier", "Lumora Photonics")], text


def test_risks_are_found_by_title_code_and_product_where_they_may_be_seen(
    house, borealis, confidential_product
):
    RiskFactory(product=borealis, code="R-01", title="Optical engine slips", state="closed")
    RiskFactory(product=borealis, code="R-02", title="Engine heat", probability_percent=10)
    RiskFactory(product=borealis, code="R-03", title="Engine drift", probability_percent=60)
    hidden = RiskFactory(product=confidential_product, code="R-99", title="Hidden engine")

    def found(text):
        return [title for kind, title in titles(house.outsider, text) if kind == "Risk"]

    assert found("engine") == ["Engine drift", "Engine heat", "Optical engine slips"]
    assert found("r-02") == ["Engine heat"]
    assert found("P01 engine opt") == ["Optical engine slips"]
    assert found("P01") == []  # one word of a product alone means the product
    assert found("r-99") == found(f"{confidential_product.code} hidden") == []
    GrantFactory(product=confidential_product, person=house.outsider)
    assert found("r-99") == [hidden.title]
