"""The plan without a mouse and with one: a cell, a bar, the way back, and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_pages import findings

pytestmark = [pytest.mark.browser]


@pytest.fixture
def address(scene):
    return f"/products/{scene['planned']}/plan/"


def row(page, name: str):
    return page.locator("tr[data-a]", has=page.get_by_role("link", name=name))


def bar(page, name: str):
    number = row(page, name).get_attribute("data-a")
    return page.locator(f'.bar[data-a="{number}"]')


def test_a_duration_is_changed_by_keyboard_and_the_critical_path_with_it(window, scene, address):
    page = window().sign_in(scene["lpdt"])
    page.goto(address)
    expect(bar(page, "Pilot build")).to_have_attribute("data-critical", "")
    expect(bar(page, "Operator beta")).not_to_have_attribute("data-critical", "")

    # From the name by arrows to the duration, and there in place.
    row(page, "Operator beta").get_by_role("link").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    field = row(page, "Operator beta").get_by_label("Duration")
    expect(field).to_be_focused()
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is no duration")).to_be_visible()
    expect(field).to_have_value("soon")
    field.fill("6w")
    page.keyboard.press("Enter")

    expect(row(page, "Operator beta").locator("td").first).to_have_text("30 d")
    expect(bar(page, "Operator beta")).to_have_attribute("data-critical", "")
    expect(bar(page, "Pilot build")).not_to_have_attribute("data-critical", "")
    expect(page.locator("#plan-last")).to_contain_text("Operator beta")

    page.get_by_role("button", name="Undo").click()
    expect(row(page, "Operator beta").locator("td").first).to_have_text("10 d")
    expect(bar(page, "Pilot build")).to_have_attribute("data-critical", "")
    page.get_by_role("button", name="Redo").click()
    expect(bar(page, "Operator beta")).to_have_attribute("data-critical", "")
    page.get_by_role("button", name="Undo").click()
    expect(bar(page, "Pilot build")).to_have_attribute("data-critical", "")


def test_escape_leaves_a_cell_as_it_was(window, scene, address):
    page = window().sign_in(scene["lpdt"])
    page.goto(address)
    cell = row(page, "Spares").locator("td[data-f=duration]")
    cell.click()
    expect(cell.locator("form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell.locator("form")).to_have_count(0)
    expect(cell).to_be_focused()


def test_a_bar_is_pulled_and_a_button_does_the_same(window, scene, address):
    page = window().sign_in(scene["lpdt"])
    page.goto(f"{address}?scale=weeks")
    start = row(page, "Spares").locator("td").nth(1)
    before = start.inner_text()
    body = bar(page, "Spares").locator(".bar__body")
    body.scroll_into_view_if_needed()
    box = body.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 7 * 18, y, steps=6)
    page.mouse.up()

    expect(start).not_to_have_text(before)
    moved = start.inner_text()
    page.get_by_role("button", name="One week earlier").click()
    expect(start).to_have_text(before)
    page.get_by_role("button", name="One week later").click()
    expect(start).to_have_text(moved)
    page.get_by_role("button", name="One day longer").click()
    expect(row(page, "Spares").locator("td").first).to_have_text("6 d")


def test_others_see_it_without_reloading(window, scene, address):
    one, other = window().sign_in(scene["lpdt"]), window().sign_in(scene["chair"])
    one.goto(address)
    other.goto(address)
    row(one, "Spares").get_by_role("link").focus()
    one.get_by_role("button", name="One day later").click()
    start = row(other, "Spares").locator("td").nth(1)
    expect(other.locator("#plan-last")).to_contain_text("Spares")
    expect(start).to_have_text(row(one, "Spares").locator("td").nth(1).inner_text())
    expect(other.locator("#plan-tools")).to_have_count(0)


def test_rows_come_as_one_scrolls(window, scene, address):
    page = window().sign_in(scene["lpdt"])
    page.goto(address)
    assert page.locator("tr[data-a]").count() == 80
    page.locator("#plan").evaluate("pane => pane.scrollTop = pane.scrollHeight")
    expect(page.locator("tr[data-a]")).to_have_count(124)


def test_the_plan_fits_a_phone(window, scene, address):
    page = window(viewport=PHONE, has_touch=True, is_mobile=True).sign_in(scene["lpdt"])
    for path in (
        address,
        f"{address}comparison/",
        f"{address}baselines/",
        f"{address}files/",
        "/load/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plan_can_be_used_by_everybody(window, scene, address, scheme):
    page = window(bypass_csp=True, color_scheme=scheme).sign_in(scene["lpdt"])
    found = []
    for path in (
        address,
        f"{address}?table=logic",
        f"{address}print/",
        f"{address}files/",
        "/load/",
    ):
        page.goto(path)
        found += findings(page, path)
    page.goto(address)
    row(page, "Spares").locator("td[data-f=duration]").click()
    page.locator("form[data-cell]").wait_for()
    assert found + findings(page, "a cell") == []
