"""Editing a plan on its page: cells, steps, new rows, undo; done, refused, forbidden, hidden."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from ipd.actions import plans
from ipd.models import Activity
from tests.factories import PersonFactory
from tests.factories.plans import MONDAY, ActivityFactory, LinkFactory
from tests.ipd.counting import HTMX


@pytest.fixture
def chain(plan):
    """A1 (5 d) → A2 (5 d), as the schedule computes them; A3 stands alone."""
    first = ActivityFactory(plan=plan, code="A1", name="First")
    then = ActivityFactory(plan=plan, code="A2", name="Then")
    ActivityFactory(plan=plan, code="A3", name="Alone", days=1)
    LinkFactory(predecessor=first, successor=then)
    plans.reschedule(plan)
    return first, then


def cell(activity: Activity, field: str) -> str:
    return reverse("ipd:activity-cell", args=[activity.plan.product_id, activity.pk, field])


def stands(activity: Activity) -> Activity:
    return Activity.objects.select_related("owner", "function").get(pk=activity.pk)


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("name", {"name": "Second source"}, {"name": "Second source"}),
        ("duration", {"duration": "2w"}, {"minutes": 4800}),
        (
            "estimate",
            {"least": "4", "likely": "5d", "most": "2w"},
            {"optimistic_minutes": 1920, "minutes": 2400, "pessimistic_minutes": 4800},
        ),
        ("percent", {"percent": "40 %"}, {"percent": 40}),
        ("owner", {"owner": "lena lead"}, {}),
        ("constraint", {"constraint": "snet", "day": "2026-12-07"}, {"constraint": "snet"}),
    ],
)
def test_a_cell_is_edited_in_place(house, as_person, chain, field, typed, expected):
    row, _then = chain
    client = as_person(house.lpdt)
    assertContains(client.get(cell(row, field), headers=HTMX), 'name="version"')

    response = client.post(
        cell(row, field), {**typed, "version": row.plan.version}, headers=HTMX, follow=True
    )

    assert response.headers["HX-Retarget"] == "#plan-bar"
    assert "plan-changed" in response.headers["HX-Trigger-After-Settle"]
    row = stands(row)
    assert {name: getattr(row, name) for name in expected} == expected
    if field == "owner":
        assert row.owner == house.lpdt
    if field == "constraint":
        assert row.start_on == date(2026, 12, 7)


def test_what_follows_moves_along(house, as_person, chain):
    first, then = chain
    before = stands(then).start_on

    as_person(house.lpdt).post(cell(first, "duration"), {"duration": "10d", "version": 1})

    assert (stands(then).start_on - before).days == 7


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", {"name": ""}, "required"),
        ("duration", {"duration": "soon"}, "is no duration"),
        ("duration", {"duration": "3 moons"}, "unit"),
        ("percent", {"percent": "101"}, "from 0 to 100"),
        ("owner", {"owner": "Nobody Known"}, "Nobody is called"),
        ("links", {"links": "A9"}, "No activity of this plan has the code"),
        ("links", {"links": "A1"}, "cannot wait for itself"),
        ("links", {"links": "A2, A2"}, "a second time"),
        ("links", {"links": "A2FS+2moons"}, "unit"),
        ("constraint", {"constraint": "mso", "day": ""}, "needs a date"),
    ],
)
def test_every_mistake_has_its_sentence_and_keeps_what_was_typed(
    house, as_person, chain, field, typed, said
):
    row, _then = chain

    response = as_person(house.lpdt).post(cell(row, field), {**typed, "version": 1}, headers=HTMX)

    assert response.status_code == 422
    assertContains(response, said, status_code=422)
    assert stands(row).name == "First"


def test_a_circle_is_refused_by_name_with_the_text_kept(house, as_person, chain):
    first, _then = chain

    response = as_person(house.lpdt).post(
        cell(first, "links"), {"links": "A2FS+1d", "version": 1}, headers=HTMX
    )

    assertContains(response, "A2FS+1d", status_code=409)
    assertContains(response, "circle", status_code=409)
    assert not first.predecessor_links.exists()


def test_links_are_typed_and_replace_what_was_there(house, as_person, chain):
    _first, then = chain

    as_person(house.lpdt).post(cell(then, "links"), {"links": "A3SS-1d, A1FF", "version": 1})

    found = then.predecessor_links.values_list("predecessor__code", "kind", "lag")
    assert set(found) == {("A3", "ss", -480), ("A1", "ff", 0)}


def test_somebody_else_s_change_is_told_and_sending_again_overrules(house, as_person, chain):
    row, _then = chain
    as_person(house.core_member).post(cell(row, "duration"), {"duration": "8", "version": 1})
    client = as_person(house.lpdt)

    response = client.post(cell(row, "duration"), {"duration": "6", "version": 1}, headers=HTMX)

    assertContains(response, 'value="6"', status_code=409)
    assertContains(response, "<b>8d</b>", status_code=409)
    version = response.context["form"]["version"].value()
    client.post(cell(row, "duration"), {"duration": "6", "version": version}, headers=HTMX)
    assert stands(row).minutes == 6 * 480


def test_two_people_of_one_name_are_not_guessed(house, as_person, chain):
    row, _then = chain
    twins = [PersonFactory(name="Kim Lee") for _ in range(2)]
    client = as_person(house.lpdt)

    response = client.post(cell(row, "owner"), {"owner": "Kim Lee", "version": 1}, headers=HTMX)
    assertContains(response, "Several people", status_code=422)

    client.post(cell(row, "owner"), {"owner": twins[1].code, "version": 1})
    assert stands(row).owner == twins[1]


def test_what_a_summary_gets_from_what_is_in_it_cannot_be_typed(house, as_person, plan):
    top = ActivityFactory(plan=plan, kind="summary")
    assert as_person(house.lpdt).get(cell(top, "duration")).status_code == 409
    assert as_person(house.lpdt).get(cell(top, "name")).status_code == 200
    assert as_person(house.lpdt).get(cell(top, "nonsense")).status_code == 404


def test_cells_are_for_the_team(house, as_person, chain):
    row, _then = chain
    for person in (house.chair, house.outsider, house.administrator):
        client = as_person(person)
        assert client.get(cell(row, "name")).status_code == 403
        assert client.post(cell(row, "name"), {"name": "X", "version": 1}).status_code == 403


def step(client, activity, act, **more):
    url = reverse("ipd:plan-step", args=[activity.plan.product_id])
    plan = type(activity.plan).objects.get(pk=activity.plan_id)
    return client.post(url, {"activity": activity.pk, "act": act, "version": plan.version, **more})


def test_a_bar_moves_and_stretches_by_steps(house, as_person, plan, chain):
    alone = plan.activities.get(code="A3")
    client = as_person(house.lpdt)

    step(client, alone, "day+")
    assert stands(alone).start_on == date(2026, 11, 24)
    step(client, alone, "week+")
    assert stands(alone).start_on == date(2026, 12, 1)
    step(client, alone, "move", days=-4)  # onto a Friday
    assert stands(alone).start_on == date(2026, 11, 27)
    step(client, alone, "day+")  # over the weekend
    assert stands(alone).start_on == date(2026, 11, 30)
    step(client, alone, "longer")
    assert stands(alone).minutes == 960
    step(client, alone, "stretch", days=7)
    assert stands(alone).minutes == 7 * 480


def test_a_step_that_changes_nothing_is_refused(house, as_person, chain):
    _first, then = chain
    client = as_person(house.lpdt)
    response = step(client, then, "week-")
    assertContains(response, "cannot start before", status_code=409)
    assert stands(then).constraint == "asap"

    step(client, then, "shorter")
    for _ in range(4):
        last = step(client, then, "shorter")
    assert last.status_code == 409
    assert stands(then).minutes == 480


def test_what_has_begun_is_not_moved(house, as_person, plan):
    row = ActivityFactory(plan=plan, percent=20, actual_start_at=MONDAY)
    assertContains(step(as_person(house.lpdt), row, "day+"), "has begun", status_code=409)


def test_rows_are_added_below_the_chosen_one_deleted_and_brought_back(house, as_person, chain):
    first, _then = chain
    plan, client = first.plan, as_person(house.lpdt)
    new = reverse("ipd:activity-new", args=[plan.product_id])

    client.post(new, {"name": "Between", "duration": "3d", "after": first.pk, "version": 1})
    names = plan.activities.order_by("order").values_list("name", flat=True)
    assert list(names) == ["First", "Between", "Then", "Alone"]

    between = plan.activities.get(name="Between")
    step(client, between, "delete")
    assert not plan.activities.filter(name="Between").exists()

    plan.refresh_from_db()
    undo = reverse("ipd:plan-undo", args=[plan.product_id])
    client.post(undo, {"version": plan.version})
    assert plan.activities.filter(name="Between", minutes=1440).exists()

    plan.refresh_from_db()
    redo = reverse("ipd:plan-redo", args=[plan.product_id])
    client.post(redo, {"version": plan.version})
    assert not plan.activities.filter(name="Between").exists()


def test_a_deleted_row_leaves_an_undo_in_the_toast(house, as_person, chain):
    first, _then = chain
    url = reverse("ipd:plan-step", args=[first.plan.product_id])
    data = {"activity": first.pk, "act": "delete", "version": 1}

    response = as_person(house.lpdt).post(url, data, headers=HTMX, follow=True)

    assertContains(response, 'id="notices"')
    assertContains(response, 'form="plan-undoing"')


def test_undo_says_what_it_takes_back(house, as_person, chain):
    first, _then = chain
    client = as_person(house.lpdt)
    client.post(cell(first, "duration"), {"duration": "9", "version": 1})

    page = client.get(first.plan.get_absolute_url())

    assertContains(page, 'title="Changed A1 First"')
    assert page.context["last"].redo is None
    assert (
        client.post(
            reverse("ipd:plan-undo", args=[first.plan.product_id]), {"version": 1}
        ).status_code
        == 409
    )


def test_in_and_out_up_and_down(house, as_person, chain):
    first, then = chain
    client = as_person(house.lpdt)
    then.predecessor_links.all().delete()

    step(client, then, "in")
    assert (stands(then).parent_id, stands(first).kind) == (first.pk, "summary")
    step(client, then, "out")
    assert stands(then).parent_id is None
    step(client, then, "up")
    assert stands(then).order < stands(first).order
    step(client, then, "down")
    assert stands(then).order > stands(first).order


def test_the_activity_has_a_page_with_all_its_forms(house, as_person, chain, no_lazy_fetch):
    first, then = chain
    response = as_person(house.lpdt).get(
        reverse("ipd:activity", args=[first.plan.product_id, first.pk])
    )
    assertContains(response, then.name)
    assert len(response.context["forms"]) == 8
    assert as_person(house.outsider).get(response.request["PATH_INFO"]).context["forms"] == []
