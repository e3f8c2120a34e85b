"""Requirements are edited in their rows by keyboard alone."""

import pytest
from playwright.sync_api import expect

from ipd.demo.sign_ins import PASSWORD

pytestmark = [pytest.mark.browser]
LEAD = "sofia.marin@norvane.example"


def test_a_row_is_edited_by_keyboard_and_the_focus_stays(window):
    page = window().sign_in(LEAD, PASSWORD)
    page.goto("/portfolio/?q=Fjord")
    page.get_by_role("link", name="Fjord PON OLT").first.click()
    page.locator("nav.tabs").get_by_role("link", name="Requirements").click()
    page.wait_for_url("**/requirements/")
    title = page.locator('td[data-f="title"]').first
    title.focus()

    page.keyboard.press("Enter")
    field = page.locator("form.cell input[name=title]")
    expect(field).to_be_focused()
    field.fill("Sixteen ports on one card")
    page.keyboard.press("Enter")
    expect(page.locator('td[data-f="title"]').first).to_have_text("Sixteen ports on one card")
    expect(page.locator('td[data-f="title"]').first).to_be_focused()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    value = page.locator("form.cell input[name=value]")
    expect(value).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("form.cell")).to_have_count(0)
    expect(page.locator('td[data-f="value"]').first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator('td[data-f="value"]').nth(1)).to_be_focused()
