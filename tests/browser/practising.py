"""What a learner does with others: works, their ratings, sessions, reflections, weeks with a host.

Everything is found as the people find it: the learner by the next step of the academy's first
page, the others by what waits for them.
"""

from datetime import timedelta

from playwright.sync_api import expect

from ipd.kernel.days import today
from tests.browser.cast import follow, press, tab_to


def go_on(page, title: str):
    """The learner's next step has this title, and leads on."""
    page.goto("/academy/")
    expect(page.locator("#next")).to_contain_text(title)
    follow(page.locator("#next").get_by_role("link", name="Continue"))
    return page


def in_these_weeks(page, title: str):
    """The learner opens an element that is due, or will be."""
    page.goto("/academy/")
    follow(page.locator("#due, #late").get_by_role("link", name=title).first)
    return page


def hand_in(page, about: str, work: str) -> None:
    """Begin a work, write it, and hand it in."""
    page.get_by_label("What it is about").fill(about)
    page.get_by_label("Until").fill((today() + timedelta(days=14)).isoformat())
    press(page, "Begin")
    page.get_by_label("Your work").fill(work)
    press(page, "Save")
    press(page, "Hand in")
    expect(page.get_by_text("Handed in").first).to_be_visible()


def assess(cast, lead, assessors, level: int = 3) -> None:
    """The academy's lead names who rates the work, and each of them does."""
    page = cast.waits(lead, "Name assessors")
    for one in assessors:
        page.locator("#assessors").get_by_label(one.name).check()
    press(page, "Name", exact=True)
    for one in assessors:
        rate(cast, one, level)


def rate(cast, assessor, level: int = 3) -> None:
    """An assessor rates what waits for them, the same level in every criterion."""
    page = cast.waits(assessor, "Rate the work")
    say_levels(page, level)
    if page.get_by_label("Accepted", exact=True).count():
        page.get_by_label("Accepted", exact=True).check()
        page.get_by_label("To the learner").fill("Plan and decisions are in order.")
    press(page, "Rate", exact=True)


def say_levels(page, level: int) -> None:
    """Choose the level in every criterion of a rubric, with what was seen."""
    for one in page.locator("form section, form fieldset.rubric").all():
        one.get_by_role("radio").nth(level - 1).check()
        one.get_by_role("textbox").fill("Each condition had owner, day and test.")


def meet(cast, learner, theme: str) -> None:
    """The learner notes that the pair met."""
    page = cast.page(learner, "/academy/mentoring/")
    follow(page.locator("#mine").get_by_role("link").first)
    sessions = page.locator("#sessions")
    if not sessions.get_by_label("What it was about").is_visible():
        sessions.get_by_text("Note a session").click()
    sessions.get_by_label("What it was about").fill(theme)
    press(page, "Note it")
    expect(sessions).to_contain_text(theme)


def reflect(page, title: str, readers) -> None:
    """Write to a story, share it with these by name, and finish."""
    row = page.get_by_role("listitem").filter(has_text=title)
    press(row, "Begin")
    if page.get_by_role("link", name="Write").count():
        follow(page.get_by_role("link", name="Write"))
    for box in page.locator("form.form--wide textarea").all():
        box.fill("On 3 March I promised a date and knew better; I told it on the 9th.")
    press(page, "Save")
    for name in readers:
        page.get_by_label("Share with").select_option(label=name)
        press(page, "Share")
    press(page, "Finish")


def reflect_by_keys(page, code: str) -> None:
    """From the first page to the finished reflection without mouse or finger."""
    tab_to(page, "#next a.btn--primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/academy/reflections/#{code}")
    tab_to(page, f"li[id={code}] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/text/")
    for box in range(page.locator("form.form--wide textarea").count()):
        tab_to(page, f"textarea[name=answer-{box + 1}]")
        page.keyboard.type("In my sixth week I kept to a date that I did not believe.")
    tab_to(page, "form.form--wide button.btn--primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    tab_to(page, "form[action$='/finishing/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible()


def accept_reflection(cast, reader) -> None:
    page = cast.waits(reader, "shared with you")
    press(page, "It is complete")


def plan_rotation(page, host) -> None:
    """Six weeks at half of the time in the host's function, from today."""
    page.get_by_label("Host function").select_option(label=host.function.name)
    page.get_by_label("Host", exact=True).fill(host.name)
    page.get_by_label("Goal that is of use").fill("A checklist for visits to customers.")
    page.get_by_label("First day").fill(today().isoformat())
    page.get_by_label("Last day").fill((today() + timedelta(weeks=6)).isoformat())
    press(page, "Ask the host")
