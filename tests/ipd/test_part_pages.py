"""Parts on their pages: the list at any length, in place and many at once, and one part."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.models import Part
from tests.factories import ProductFactory
from tests.factories.supply import (
    BomLineFactory,
    NoticeFactory,
    PartFactory,
    SourceFactory,
    SupplierFactory,
    SupplyActionFactory,
    TopFactory,
    needed,
    red,
)
from tests.ipd.counting import HTMX
from tests.ipd.part_changes import DECIDED, change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    for _ in range(count):
        red(house.product)
    client = as_person(house.lpdt)
    client.get("/parts/", {"sources": "red"})
    with django_assert_max_num_queries(12):
        answer = client.get("/parts/", {"sources": "red"})
    assertContains(answer, "PART-", count=None)
    assert len(answer.context["rows"]) == count


def test_the_list_is_filtered_and_goes_on(house, as_person):
    one = red(house.product, name="Blue engine", status="restricted")
    many = [PartFactory(name=f"Resistor {n}") for n in range(52)]
    client = as_person(house.lpdt)

    def count(**query):
        return client.get("/parts/", query).context["count"]

    assert count(q="blue") == count(status="restricted") == count(sources="single") == 1
    assert count(product=house.product.code) == 3
    assert count(product="NONE") == 0
    assert count(supplier=one.sources.get().supplier.code) == 1
    assert count(kind="assembly") == 2
    assert count(sources="unknown") == len(many)
    first = client.get("/parts/", {"q": "resistor"})
    rest = client.get("/parts/", {"q": "resistor", "after": first.context["page"].after})
    assert len(rest.context["rows"]) == 2
    assertContains(client.get("/parts/", {"q": "nothing"}), "No part fits")
    by_name = client.get("/parts/", {"sort": "name", "after": "x"})
    assert by_name.status_code == 200


def test_the_export_is_what_the_importer_reads(house, as_person):
    part = red(house.product, name="=1+1", weekly_demand="12.50")
    text = as_person(house.outsider).get("/parts/export/", {"q": part.code}).text
    head, row = text.splitlines()
    assert head.startswith("code,name,kind")
    assert "'=1+1" in row
    assert ",12.5," in row


def test_a_row_is_changed_in_place(house, as_person):
    part = red(house.product)
    client, url = as_person(house.lpdt), reverse("ipd:part-edit", args=[part.pk])
    form = client.get(url, headers=HTMX)
    assertContains(form, f'id="part-{part.pk}"')
    data = {"row": "1", "version": 1, "status": "approved", "entered_tts": "9"}
    wrong = client.post(url, data | {"entered_tts": "-1"}, headers=HTMX)
    assert wrong.status_code == 422
    data |= {"assessed_ttr": "34.0"}
    done = client.post(url, data, headers=HTMX, follow=True)
    assertContains(done, f'id="part-{part.pk}"')
    part.refresh_from_db()
    assert part.gap_weeks == 25
    stale = client.post(url, data | {"entered_tts": "3"}, headers=HTMX)
    assert stale.status_code == 409
    assert as_person(house.outsider).get(url).status_code == 403


def test_the_whole_form_saves_every_fact(house, as_person):
    part = red(house.product)
    client, url = as_person(house.lpdt), reverse("ipd:part-edit", args=[part.pk])
    data = {
        **{"version": 1, "status": "approved", "assessed_ttr": "20", "why": "New line"},
        **{"entered_tts": "", "stock": "100", "on_order": "20", "weekly_demand": "10"},
        **{"pack_size": "5", "lead_weeks": "9", "claimed_ttr": "8", "kraljic": "strategic"},
        **{key: str(value) for key, value in DECIDED.items()},
    }
    assert client.post(url, data).status_code == 302
    part.refresh_from_db()
    assert (part.tts_weeks, part.gap_weeks, part.make_buy) == (12, 8, "buy")
    refused = client.post(url, data | {"version": 2, "why": "", "assessed_ttr": "21"})
    assert refused.status_code == 409


def test_many_are_changed_from_the_list(house, as_person):
    mine, foreign = red(house.product), red(ProductFactory())
    client, url = as_person(house.lpdt), reverse("ipd:part-bulk")
    both = {"part": [mine.pk, foreign.pk], "kraljic": "strategic"}
    assertContains(client.post(url, both, follow=True), "belong to teams of others")
    assert set(Part.objects.filter(kraljic="strategic")) == {mine}
    assert client.post(url, {"part": [mine.pk]}).status_code == 409
    assert client.post(url, {"part": [foreign.pk], "kraljic": "routine"}).status_code == 403
    assert client.post(url, {"part": [mine.pk], "last_order_on": "never"}).status_code == 409
    whole = client.post(f"{url}?sources=red", {"whole": "on", "status": "nrnd"})
    assert whole.status_code == 302
    assert set(Part.objects.filter(status="nrnd")) == {mine}
    assert as_person(house.outsider).post(url, both).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["part", "assembly"])
def test_a_part_s_page_costs_the_same_whatever_hangs_on_it(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count, kind
):
    part = PartFactory(kind=kind, entered_tts=3)
    for n in range(count):
        needed(ProductFactory(), part, through=2)
        needed(house.product if not n else ProductFactory(), part)
        SourceFactory(part=part)
        SupplyActionFactory(part=part)
        NoticeFactory(part=part, on=today() - timedelta(days=n))
        if kind == "assembly":
            BomLineFactory(assembly=part)
        row = Part.objects.get(pk=part.pk)
        change(row, house.lpdt, assessed_ttr=10 + n, why="Seen")
    client = as_person(house.lpdt)
    client.get(part.get_absolute_url())
    with django_assert_max_num_queries(12):
        answer = client.get(part.get_absolute_url())
    assertContains(answer, "Seen", count=count)


def test_the_forms_of_a_part(house, as_person):
    part, board, supplier = red(house.product), PartFactory(kind="board"), SupplierFactory()
    TopFactory(product=house.product, part=board)
    client = as_person(house.lpdt)
    source = reverse("ipd:part-source", args=[part.pk])
    data = {"supplier": supplier.pk, "state": "qualifying", "percent": 45, "share": 0}
    assert client.post(source, data | {"percent": 101}).status_code == 422
    assertContains(client.post(source, data, follow=True), supplier.name)
    plan = reverse("ipd:part-action", args=[part.pk])
    data = {"rung": "buffer", "text": "Raise it", "due_on": today(), "owner": house.lpdt.pk}
    assertContains(client.post(plan, data, follow=True), "Raise it")
    action = part.actions.get()
    revise = reverse("ipd:supply-action", args=[action.pk])
    assertContains(client.get(revise), "Raise it")
    data = {"version": 1, "state": "done", "due_on": today(), "owner": house.lpdt.pk}
    assertContains(client.post(revise, data, follow=True), "Done")
    line = reverse("ipd:part-line", args=[board.pk])
    assertContains(client.post(line, {"code": "NONE", "quantity": 1}), "no part", status_code=422)
    answer = client.post(line, {"code": part.code.lower(), "quantity": "2"}, follow=True)
    assertContains(answer, part.code)
    removal = reverse("ipd:part-line-removal", args=[board.lines.get().pk])
    assertNotContains(client.post(removal, follow=True), f">{part.code}<")
