"""From the pack to the signed decision: secretary, a member on a phone, and chair at once."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ipd.kernel.days import today
from tests.browser.cast import tab_to
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser]


def test_three_people_take_a_gate_from_the_pack_to_the_signature(window, scene):
    review = f"/reviews/{scene['journey']}/"
    secretary = window().sign_in(scene["secretary"])
    member = window(viewport=PHONE, has_touch=True, is_mobile=True).sign_in(scene["finance"])
    chair = window().sign_in(scene["chair"])

    # The secretary locks the pack and opens the room.
    secretary.goto(review)
    secretary.get_by_role("button", name="Lock the pack").click()
    expect(secretary.get_by_text("Pack locked").first).to_be_visible()
    secretary.get_by_role("button", name="Open the room").click()
    expect(secretary).to_have_url(re.compile("/room/$"))

    # The member votes on a phone, blind.
    member.goto(f"{review}vote/")
    member.get_by_role("radio", name="Go", exact=True).check()
    member.get_by_role("button", name="Record vote").first.click()
    expect(member.get_by_text("Recorded").first).to_be_visible()
    assert member.evaluate("document.documentElement.scrollWidth <= innerWidth")
    member.goto(f"{review}room/")

    # The chair votes in the room; the secretary's page tells without reloading.
    chair.goto(f"{review}room/")
    chair.locator("#room-vote").get_by_role("radio", name="Go", exact=True).check()
    chair.locator("#room-vote").get_by_role("button", name="Vote").click()
    expect(secretary.locator("#room-count")).to_contain_text("2 of 4")
    expect(member.locator("#room-votes")).to_have_count(0)

    # Revealed for everybody at once.
    chair.get_by_role("button", name="Reveal votes").click()
    for page in (secretary, member):
        expect(page.locator("#room-votes")).to_contain_text("Fiona Finance")

    # The chair signs, with the password.
    chair.get_by_role("link", name="Sign decision…").click()
    chair.get_by_role("radio", name="Go", exact=True).check()
    chair.get_by_label("Why", exact=True).fill(
        "The case holds at the low price, two sources are qualified and the team is complete. Go."
    )
    chair.get_by_label("Next gate on").fill((today() + timedelta(days=90)).isoformat())
    chair.get_by_label("Amount released").fill("250000")
    chair.locator("input[name=password]").fill(PASSWORD)
    chair.get_by_role("button", name="Sign: Go").click()
    expect(chair).to_have_url(re.compile("/decisions/"))
    expect(chair.locator(".record__outcome")).to_contain_text("Go")

    # The others see it in their rooms, and the member finds the record.
    for page in (secretary, member):
        expect(page.get_by_role("link", name="Decided: open the record")).to_be_visible()
    record = chair.url
    member.goto(record)
    expect(member.locator(".record__outcome")).to_be_visible()


def test_a_vote_needs_no_mouse(window, scene):
    page = window().sign_in(scene["member"])
    page.goto(f"/reviews/{scene['keyboard']}/vote/")

    tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    assert page.locator("input[name=outcome]:checked").count() == 1
    tab_to(page, "form[data-keep] button.btn--primary")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Recorded").first).to_be_visible()
