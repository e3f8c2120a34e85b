"""The pages of requirements: what they show, how cheaply, and what is done in their rows."""

import csv
import io
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import requirement_changes
from ipd.kernel.tables import files, importing
from ipd.models import Requirement
from ipd.queries import requirements as queries
from tests.factories.requirements import (
    LinkFactory,
    RequirementChangeFactory,
    RequirementFactory,
    VerificationFactory,
    bodies,
    chain,
)
from tests.ipd.counting import HTMX, PAGE, grown, queries_of

pytestmark = pytest.mark.django_db
ALL = "/requirements/"


def of(product):
    return reverse("ipd:requirements", args=[product.pk])


def some(product, count, **fields):
    return [RequirementFactory(product=product, **fields) for _ in range(count)]


@pytest.mark.parametrize("name", ["requirements", "requirement-trace", "requirement-figures"])
def test_a_product_s_page_costs_the_same_however_long(house, as_person, no_lazy_fetch, name):
    client = as_person(house.lpdt)
    url = reverse(f"ipd:{name}", args=[house.product.pk])
    client.get(url)
    assert grown(client, url, lambda _n: chain(house.product, tested=True)) <= PAGE


def test_a_hundred_rows_cost_as_much_as_one(house, as_person, no_lazy_fetch):
    client = as_person(house.lpdt)
    some(house.product, 1)
    client.get(of(house.product))
    one = queries_of(client, of(house.product))
    some(house.product, 99)
    assert queries_of(client, of(house.product)) == one


@pytest.mark.parametrize("url", [ALL, "/requirements/work/", "/requirements/figures/"])
def test_the_company_s_pages_cost_the_same_however_long(house, as_person, no_lazy_fetch, url):
    client = as_person(house.outsider)
    client.get(url)
    assert grown(client, url, lambda _n: chain(house.product)) <= PAGE


def test_a_requirement_s_page_costs_the_same_whatever_hangs_on_it(house, as_person, no_lazy_fetch):
    row = chain(house.product)["SR"]
    requirement_changes.keep(house.product, code="B1", reason="TR1", by=house.lpdt)
    client = as_person(house.lpdt)
    client.get(row.get_absolute_url())

    def add(_number):
        LinkFactory(upper=row, lower=RequirementFactory(product=house.product, level="AR"))
        VerificationFactory(requirement=row)
        RequirementChangeFactory(
            requirement=row,
            product=house.product,
            state="rejected",
            decided_by=house.pqa,
            decided_on="2026-11-20",
        )

    assert grown(client, row.get_absolute_url(), add) <= PAGE


def test_views_of_the_list_find_the_gaps(house, as_person):
    good = chain(house.product, tested=True)["SR"]
    [lonely] = some(house.product, 1, owner=None)
    client = as_person(house.lpdt)
    for view in ("below", "above", "untested", "ownerless"):
        answer = client.get(of(house.product), {"view": view})
        assertContains(answer, lonely.code)
        assertNotContains(answer, good.title)
    assertContains(client.get(of(house.product), {"view": "mine"}), "No requirement fits")


def test_nonsense_in_the_address_is_passed_over(house, as_person):
    some(house.product, 2)
    client = as_person(house.lpdt)
    wanted = {"level": "XX", "view": "?", "sort": "; drop", "owner": "x", "after": "W10"}
    assert client.get(of(house.product), wanted).status_code == 200
    assert client.get(ALL, wanted | {"line": "?"}).status_code == 200


@pytest.mark.parametrize("sort", ["code", "title", "value", "moved", "due"])
def test_every_sort_goes_on_where_the_page_ended(house, as_person, sort):
    some(house.product, 60, due_on="2026-11-20", value=3)
    client = as_person(house.lpdt)
    seen, after = [], ""
    while True:
        answer = client.get(of(house.product), {"sort": sort, "after": after})
        seen += [row["it"].pk for row in answer.context["rows"]]
        after = answer.context["page"].after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 60


def test_words_are_found_by_their_beginning_and_without_gaps(house, as_person):
    RequirementFactory(product=house.product, title="Optical power control")
    RequirementFactory(product=house.product, title="系统需求管理", code="CN-1")
    client = as_person(house.lpdt)
    assertContains(client.get(of(house.product), {"q": "opt pow"}), "Optical power")
    assertContains(client.get(of(house.product), {"q": "需求"}), "系统需求管理")
    assertContains(client.get(of(house.product), {"q": "cn-1"}), "系统需求管理")
    assertContains(client.get(of(house.product), {"q": "需系"}), "No requirement fits")


@pytest.mark.parametrize("most", [10_000, 59])
@pytest.mark.parametrize("sort", ["code", "title", "value", "moved", "due"])
def test_a_search_everywhere_goes_on_in_its_order(house, as_person, monkeypatch, sort, most):
    monkeypatch.setattr(queries, "MOST_SORTED", most)
    found = {row.pk for row in some(house.product, 60, due_on="2026-11-20", title="Warm start")}
    some(house.product, 3, due_on="2026-11-20", title="Cold")
    client, wanted = as_person(house.outsider), {"q": "warm", "sort": sort}
    first = client.get(ALL, wanted)
    second = client.get(ALL, wanted | {"after": first.context["page"].after})
    rows = [row["it"] for answer in (first, second) for row in answer.context["rows"]]
    assert first.context["count"] == 60
    by_sort = Requirement.objects.filter(pk__in=found).order_by(*queries.SORTS[sort])
    assert rows == list(by_sort)


def test_owners_are_groups_and_their_rows_counted(house, as_person):
    some(house.product, 2, owner=house.outsider)
    some(house.product, 3, owner=house.lpdt)
    groups = as_person(house.lpdt).get(of(house.product), {"group": "owner"}).context["groups"]
    assert [(one.value, one.label, one.count) for one in groups] == [
        (str(house.lpdt.pk), house.lpdt.name, 3),
        (str(house.outsider.pk), house.outsider.name, 2),
    ]


def test_groups_lead_to_their_rows(house, as_person):
    some(house.product, 3, release="R7")
    answer = as_person(house.lpdt).get(of(house.product), {"group": "release"})
    assertContains(answer, "release=R7")
    assert [(one.value, one.count) for one in answer.context["groups"]] == [("R7", 3)]


def test_confidential_requirements_are_in_no_list(house, as_person):
    RequirementFactory(product=house.confidential_product, title="Secret meter")
    client = as_person(house.outsider)
    assertNotContains(client.get(ALL, {"level": ""}), "Secret meter")
    assertNotContains(client.get("/requirements/work/"), "Secret meter")


def cell(row, name):
    return reverse("ipd:requirement-cell", args=[row.pk, name])


def test_a_cell_is_edited_in_its_place(house, as_person):
    [row] = some(house.product, 1)
    client = as_person(house.core_member)
    assertContains(client.get(cell(row, "title"), headers=HTMX), 'name="title"')
    answer = client.post(
        cell(row, "title"), {"title": "Better", "version": 1}, headers=HTMX, follow=True
    )
    assertContains(answer, "Better")
    assert answer.content.decode().lstrip().startswith("<tr")
    stale = client.post(cell(row, "title"), {"title": "Mine", "version": 1}, headers=HTMX)
    assertContains(stale, "moved on", status_code=409)
    assertContains(stale, "Mine", status_code=409)
    empty = client.post(cell(row, "title"), {"title": "", "version": 2}, headers=HTMX)
    assert empty.status_code == 422


def test_a_field_outside_of_the_registry_has_no_cell(house, as_person):
    [row] = some(house.product, 1)
    client = as_person(house.core_member)
    assert client.get(cell(row, "product")).status_code == 404
    assert client.post(cell(row, "version"), {"version": 9}).status_code == 404


def test_a_kept_cell_leads_to_the_request(house, as_person):
    [row] = some(house.product, 1)
    requirement_changes.keep(house.product, code="B1", reason="TR1", by=house.lpdt)
    answer = as_person(house.lpdt).post(
        cell(row, "title"), {"title": "Now", "version": 2}, headers=HTMX
    )
    assertContains(answer, "changes/new/?code=", status_code=409)


def test_a_kept_level_leads_to_the_request_too(house, as_person):
    row = chain(house.product)["IR"]
    requirement_changes.keep(house.product, code="B1", reason="TR1", by=house.lpdt)
    url = reverse("ipd:requirement-derivation", args=[row.pk])
    data = {"level": "SR", "title": "One more", "kind": "functional"}
    answer = as_person(house.lpdt).post(url, data)
    assertContains(answer, "changes/new/?code=", status_code=409)
    assert not Requirement.objects.filter(title="One more").exists()


def test_only_who_approves_commits(house, as_person):
    [row] = some(house.product, 1, level="IR", status="distributed", release="R1")
    data = {"status": "committed", "version": 1}
    assert as_person(house.core_member).post(cell(row, "status"), data).status_code == 403
    assert as_person(house.lpdt).post(cell(row, "status"), data).status_code == 302


def test_many_are_changed_at_once_and_the_others_are_named(house, as_person):
    rows = some(house.product, 2, level="IR")
    other = some(house.product, 1)[0]
    answer = as_person(house.lpdt).post(
        reverse("ipd:requirement-many", args=[house.product.pk]),
        {"chosen": [row.pk for row in (*rows, other)], "target": "roadmap"},
        follow=True,
    )
    assertContains(answer, "2 of 3 changed")
    assertContains(answer, other.code)
    assert Requirement.objects.filter(target="roadmap").count() == 2


def test_rows_are_pasted_looked_at_and_brought_in(house, as_person):
    [row] = some(house.product, 1)
    client = as_person(house.lpdt)
    url = reverse("ipd:requirement-paste", args=[house.product.pk])
    block = f"code\ttitle\tvalue\n{row.code}\tNew words\t7\n\tA new one\t3\n"
    shown = client.post(url, {"rows": block, "act": "look"})
    assertContains(shown, "1 would be added, 1 changed.")
    row.refresh_from_db()
    assert row.value == 0
    client.post(url, {"rows": block, "act": "bring_in"})
    row.refresh_from_db()
    assert (row.title, row.value) == ("New words", 7)
    assert Requirement.objects.filter(title="A new one", owner=house.lpdt).exists()
    bad = client.post(url, {"rows": "title\tvalue\nx\t12\n", "act": "bring_in"})
    assertContains(bad, "from 0 to 9", status_code=422)
    assertContains(client.post(url, {"rows": "colour\nred"}), "Not known", status_code=422)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_of_a_list_comes_in_again_unchanged(house, as_person, ending):
    chain(house.product, tested=True)
    url = reverse("ipd:requirement-file", args=[house.product.pk, ending])
    answer = as_person(house.outsider).get(url, {"level": ""})
    data = answer.getvalue()
    report = importing.run(files.Folder({f"requirements.{ending}": data}), dry_run=True)
    assert not report.problems, list(map(str, report.problems))
    assert (report.total("added"), report.total("changed"), report.total("unchanged")) == (0, 0, 3)


def test_the_trace_comes_as_a_file(house, as_person):
    rows = chain(house.product)
    url = reverse("ipd:requirement-trace-file", args=[house.product.pk, "csv"])
    text = as_person(house.outsider).get(url).getvalue().decode("utf-8-sig")
    [_head, line] = csv.reader(io.StringIO(text))
    assert [line[0], line[2], line[6]] == [rows[level].code for level in ("IR", "SR", "AR")]


def test_anybody_raises_and_the_line_s_bodies_see_what_waits(house, as_person):
    analyst, manager, _engineer = bodies(house)
    client = as_person(house.outsider)
    data = {"line": house.line.code, "title": "Less noise", "scenario": "At night"}
    answer = client.post("/requirements/new/", data | {"urgency": "normal"}, follow=True)
    row = Requirement.objects.get(title="Less noise")
    assertContains(answer, row.code)
    assertNotContains(answer, "steps/analysis")
    assertContains(as_person(analyst).get("/requirements/work/"), "Less noise")
    page = as_person(analyst).get(row.get_absolute_url())
    assertContains(page, "steps/analysis")
    steps = reverse("ipd:requirement-step", args=[row.pk, "analysis"])
    data = {"title": "Quiet fans", "kind": "functional", "urgency": "urgent", "value": 5}
    assert as_person(manager).post(steps, data).status_code == 403
    assert as_person(analyst).post(steps, {"version": 1}).status_code == 422
    assert as_person(analyst).post(steps, data | {"version": 1}).status_code == 302
    initial = Requirement.objects.get(title="Quiet fans")
    page = as_person(manager).get(initial.get_absolute_url())
    assertContains(page, "steps/distribution")
    assert re.search("steps/rejection", page.content.decode())


def test_what_waits_is_counted_by_line_and_step(house, as_person):
    raw = {"level": "RR", "customer": "Nordic", "due_on": "2020-01-06"}
    some(house.product, 2, **raw)
    some(house.product, 1, level="RR", customer="Nordic", raised_on="2020-01-01")
    some(house.product, 1, level="IR", title="To be sent")
    client = as_person(house.outsider)
    (_line, queues), *_others = client.get("/requirements/work/").context["queues"]
    assert queues == [("analysis", 3, 1, 2), ("distribution", 1, 0, 0), ("confirmation", 0, 0, 0)]
    here = {"what": "distribution", "line": house.line.code}
    assertContains(client.get("/requirements/work/", here), "To be sent")
