"""The plan's page: the same work however long the plan, its filters, its stretches, its bar."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.models import Activity, PlanEdit
from ipd.queries import plan_ties, plans
from ipd.queries.plans import CHUNK, Wanted
from tests.factories import PersonFactory
from tests.factories.plans import (
    MONDAY,
    ActivityFactory,
    BaselineFactory,
    LinkFactory,
    PlanFactory,
)
from tests.factories.risks import SimulationFactory
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown, queries_of


@pytest.fixture
def url(plan):
    return plan.get_absolute_url()


def many(plan, count: int) -> list[Activity]:
    """Rows at once, as `ActivityFactory` builds them."""
    rows = ActivityFactory.build_batch(count, plan=plan)
    return Activity.objects.bulk_create(rows)


def test_the_page_makes_the_same_queries_with_one_row_and_with_two_hundred(
    house, as_person, plan, url, no_lazy_fetch
):
    client = as_person(house.lpdt)
    before = []

    def add(n):
        row = ActivityFactory(
            plan=plan, owner=house.core_member, function=house.core_member.function
        )
        if before:
            LinkFactory(predecessor=before[-1], successor=row)
        before.append(row)

    one = grown(client, url, add)
    BaselineFactory(plan=plan)
    many(plan, 200)
    assert one <= PAGE
    assert queries_of(client, url) == one
    for table in ("estimates", "logic", "chart"):
        assert queries_of(client, f"{url}?table={table}") == one
    assert queries_of(client, f"{url}?table=progress") == one + 1  # slips ask the calendar


def test_fragments_are_small(house, as_person, plan, url, no_lazy_fetch):
    rows = many(plan, 90)
    LinkFactory(predecessor=rows[3], successor=rows[85])
    client = as_person(house.lpdt)
    assert queries_of(client, f"{url}rows/?from=81", headers=HTMX) <= FRAGMENT
    assert queries_of(client, f"{url}rows/?from=1&closed={rows[0].pk}", headers=HTMX) <= FRAGMENT
    assert queries_of(client, f"{url}rows/?from=1&q=activity", headers=HTMX) <= FRAGMENT
    assert queries_of(client, f"{url}bar/", headers=HTMX) <= FRAGMENT + 1


def test_a_long_plan_sends_one_stretch_and_keeps_the_place_of_the_others(
    house, as_person, plan, url
):
    rows = many(plan, 3 * CHUNK + 5)
    client = as_person(house.lpdt)

    response = client.get(url)

    assert len(response.context["lines"]) == CHUNK
    assert [gap["from"] for gap in response.context["after"]] == [81, 161, 241]
    assert response.context["after"][-1]["height"] == 5 * 32
    assertContains(response, rows[0].name)
    assertNotContains(response, f">{rows[100].name}<")


def test_the_page_opens_at_the_asked_activity(house, as_person, plan, url):
    rows = many(plan, 200)

    response = as_person(house.lpdt).get(url, {"at": rows[170].pk})

    assert response.context["number"] == 2
    assert [gap["from"] for gap in response.context["before"]] == [1, 81]
    assertContains(response, 'aria-current="true"')


def test_a_stretch_knows_the_links_that_touch_it_or_pass(house, as_person, plan, url):
    rows = many(plan, 3 * CHUNK)
    for first, then in [(0, 100), (90, 100), (100, 90), (10, 200), (0, 1), (200, 210)]:
        LinkFactory(predecessor=rows[first], successor=rows[then], lag=60)

    def ties(query):
        found = as_person(house.lpdt).get(f"{url}rows/?{query}", headers=HTMX)
        chunk = plans.chunk(*plans_of(found), Wanted(), found.context["number"] * CHUNK)
        return [(tie.from_code, tie.lag) for tie in plan_ties.ties(chunk)]

    here = [rows[n].code for n in (0, 90, 100, 10)]
    assert ties("from=81") == [(code, 60) for code in here]
    assert len(ties("from=1")) == 3
    assert len(ties("from=161")) == 2


def plans_of(response):
    """The product and its plan of an answer."""
    product = response.context["product"]
    return product, product.plan


def test_links_after_the_last_matching_row_are_not_its(house, as_person, plan, url):
    rows = many(plan, 3)
    found = Activity.objects.filter(pk=rows[0].pk)
    found.update(name="Sought")
    LinkFactory(predecessor=rows[1], successor=rows[2])

    shown = as_person(house.lpdt).get(f"{url}rows/?q=sought", headers=HTMX)

    chunk = plans.chunk(*plans_of(shown), Wanted(q="sought"), 0)
    assert [row.name for row in chunk] == ["Sought"]
    assert plan_ties.ties(chunk) == []


def test_every_row_is_in_some_stretch(house, as_person, plan, url):
    many(plan, 2 * CHUNK + 3)
    client = as_person(house.lpdt)
    seen = []
    for first in (1, 81, 161):
        found = client.get(f"{url}rows/?from={first}", headers=HTMX)
        seen += [line.activity.pk for line in found.context["lines"]]
    assert seen == list(plan.activities.order_by("order").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("show=critical", {"Critical"}),
        ("show=late", {"Overdue", "Idle"}),
        ("show=milestones", {"Gate"}),
        ("function=MFG", {"Plain"}),
        ("owner=none", {"Critical", "Overdue", "Idle", "Gate", "Plain"}),
        ("q=over", {"Overdue"}),
        ("levels=1", {"Critical", "Overdue", "Idle", "Gate", "Plain", "Owned"}),
        ("show=nonsense&scale=nonsense", {"Critical", "Overdue", "Idle", "Gate", "Plain", "Owned"}),
    ],
)
def test_filters(house, as_person, plan, url, query, expected):
    later = MONDAY + timedelta(days=4000)
    past = MONDAY - timedelta(days=900)
    mfg = PersonFactory(function__code="MFG").function
    ActivityFactory(plan=plan, name="Critical", is_critical=True, start_at=later)
    ActivityFactory(plan=plan, name="Overdue", start_at=past, percent=50)
    ActivityFactory(plan=plan, name="Idle", start_at=past, days=4000)
    ActivityFactory(plan=plan, name="Gate", kind="gate", days=0, gate="TR4", start_at=later)
    ActivityFactory(plan=plan, name="Plain", function=mfg, start_at=later)
    ActivityFactory(plan=plan, name="Owned", owner=house.core_member, start_at=later)

    response = as_person(house.lpdt).get(f"{url}?{query}")

    assert {line.activity.name for line in response.context["lines"]} == expected


def test_a_closed_summary_hides_what_is_in_it(house, as_person, plan, url):
    top = ActivityFactory(plan=plan, kind="summary", name="Top")
    ActivityFactory(plan=plan, parent=top, depth=1, name="Inside")
    ActivityFactory(plan=plan, name="After")

    response = as_person(house.lpdt).get(url, {"closed": str(top.pk)})

    assert [line.activity.name for line in response.context["lines"]] == ["Top", "After"]
    assertContains(response, 'aria-expanded="false"')


def test_the_baseline_stands_under_the_bar_and_its_slip_beside(house, as_person, plan, url):
    row = ActivityFactory(plan=plan)
    BaselineFactory(plan=plan)
    row.finish_at += timedelta(days=7)
    row.save()

    response = as_person(house.lpdt).get(url, {"table": "progress"})

    assert response.context["chart"].bars[0].base
    assertContains(response, "+5 d")
    bare = as_person(house.lpdt).get(url, {"baseline": "none"})
    assert bare.context["chart"].bars[0].base is None


def test_who_may_not_edit_sees_no_tools(house, as_person, plan, url):
    ActivityFactory(plan=plan)
    for person, may in [(house.core_member, True), (house.chair, False), (house.outsider, False)]:
        response = as_person(person).get(url)
        assert (b"plan-tools" in response.content.replace(b"js/plan-tools", b"")) is may


def test_the_bar_answers_304_until_the_plan_moves(house, as_person, plan, url):
    ActivityFactory(plan=plan)
    client = as_person(house.lpdt)
    tag = client.get(f"{url}bar/").headers["ETag"]

    assert client.get(f"{url}bar/", headers={"If-None-Match": tag}).status_code == 304

    plan.version += 1
    plan.save()
    assert client.get(f"{url}bar/", headers={"If-None-Match": tag}).status_code == 200


def test_a_plan_is_begun_by_the_team_and_once(house, as_person, product):
    page, begin = (
        reverse("ipd:plan", args=[product.pk]),
        reverse("ipd:plan-begin", args=[product.pk]),
    )
    client = as_person(house.core_member)

    assertContains(client.get(page), "No plan yet")
    assert as_person(house.chair).post(begin).status_code == 403
    assert client.post(begin).status_code == 302
    assert client.post(begin).status_code == 409
    assert client.get(page).status_code == 200


def test_a_confidential_plan_is_not_found(house, as_person, confidential_product):
    plan = PlanFactory(product=confidential_product)
    row = ActivityFactory(plan=plan)
    for name, args in [
        ("ipd:plan", [confidential_product.pk]),
        ("ipd:plan-rows", [confidential_product.pk]),
        ("ipd:plan-print", [confidential_product.pk]),
        ("ipd:activity", [confidential_product.pk, row.pk]),
    ]:
        assert as_person(house.lpdt).get(reverse(name, args=args)).status_code == 404


def test_paper_has_every_row_on_some_sheet(house, as_person, plan, url, no_lazy_fetch):
    many(plan, 60)

    response = as_person(house.lpdt).get(f"{url}print/")

    assert [len(sheet.lines) for sheet in response.context["sheets"]] == [26, 26, 8]
    assert response.context["total"] == 3
    assert response.context["axis"].width == pytest.approx(830, abs=1)


def test_the_chart_reaches_to_p80(house, as_person, plan, url):
    ActivityFactory(plan=plan)
    client = as_person(house.lpdt)
    before = client.get(url).context["outline"].axis.last

    far = before + timedelta(days=400)
    SimulationFactory(plan=plan, p80_on=far, p90_on=far)

    assert client.get(url).context["outline"].axis.last > far


def test_a_loaded_file_offers_no_undo(house, as_person, plan, url):
    PlanEdit.objects.create(plan=plan, number=1, what="Loaded a file", before=[], after=[])

    page = as_person(house.lpdt).get(url)

    assertContains(page, "Loaded a file")
    assert page.context["last"].undo is None
    assert as_person(house.lpdt).post(f"{url}undo/", {"version": plan.version}).status_code == 409


def test_who_opens_an_address_of_forms_is_told_so(house, as_person, plan, url):
    answer = as_person(house.lpdt).get(f"{url}undo/")

    assertContains(answer, "Nothing to show here", status_code=405)
    assert answer.headers["Allow"] == "POST"
