"""A crisis played in its room: what the scenario's file names is found on the page by its words."""

from playwright.sync_api import expect

from tests.browser.cast import follow, press
from tests.factories.academy_crises import body as scenario

LONGEST = 40  # waits until something has to have come up


def open_crisis(page, slug: str):
    """From the list of crises, to which one was assigned."""
    row = page.get_by_role("listitem").filter(has_text=scenario(slug)["title"])
    expect(row).to_contain_text("Assigned")
    follow(row.get_by_role("link", name="Look"))
    return page


def gather(cast, page, role: str, colleague) -> None:
    """A colleague comes, waits for what happens, and is called away: the lead plays the role."""
    follow(page.get_by_role("link", name="Gather a team"))
    page.get_by_label(role).fill(colleague.name)
    press(page, "Ask them")
    theirs = cast.waits(colleague, "Nina New plays a crisis with you")
    press(theirs, "I am here")
    page.reload()
    press(page, "Begin")
    theirs.reload()
    _step(theirs, theirs.get_by_role("button", name="Wait until something happens"))
    _step(page, page.get_by_role("button", name="Take over"))


def play_well(page, slug: str) -> None:
    """Follow the first of the ways that the file calls good, to the debrief."""
    body = scenario(slug)
    way = body["paths"][0]
    for move in way["moves"]:
        if "=" in move:
            _decide(page, body, *move.split("="))
        elif not move.startswith("wait"):
            _act(page, body, move)
    if page.get_by_role("button", name="Let the last").count():
        _step(page, page.get_by_role("button", name="Let the last"))
    for code in way["follow_ups"]:
        page.get_by_label(_of(body["follow_ups"], code)["text"]).check()
    press(page, "Finish")
    page.wait_for_url("**/debrief/**")


def _of(rows: list[dict], code: str) -> dict:
    return next(row for row in rows if row["code"] == code)


def _step(page, button) -> None:
    """Press, and wait until the room is drawn anew."""
    page.locator("#play").evaluate("room => room.setAttribute('data-before', '')")
    button.click()
    expect(page.locator("#play[data-before]")).to_have_count(0)
    expect(page.locator("#play")).to_be_visible()


def _until(page, wanted) -> None:
    """Wait in the story until it is there."""
    for _time in range(LONGEST):
        if wanted.count():
            return
        _step(page, page.get_by_role("button", name="Wait until something happens"))
    raise AssertionError(f"It never came: {wanted}")


def _act(page, body: dict, code: str) -> None:
    button = page.get_by_role("button", name=_of(body["actions"], code)["name"])
    _until(page, button)
    _step(page, button)


def _decide(page, body: dict, code: str, option: str) -> None:
    decision = _of(body["decisions"], code)
    heading = page.get_by_role("heading", name=decision["title"], exact=True)
    panel = page.locator("section.panel").filter(has=heading)
    _until(page, panel)
    panel.get_by_label(_of(decision["options"], option)["text"], exact=True).check()
    _step(page, panel.get_by_role("button", name="Decide"))
