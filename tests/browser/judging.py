"""What others say at the end: colleagues in the 360° review, and the board."""

from playwright.sync_api import expect

from ipd.kernel.days import today
from tests.browser.cast import follow, press
from tests.browser.practising import say_levels


def name_raters(page, colleagues) -> None:
    """Each colleague by address, and as whom they have seen the learner."""
    for person, group in colleagues:
        page.get_by_label("Colleague").fill(person.email)
        page.get_by_label("Sees you as").select_option(group)
        press(page, "Name", exact=True)


def review(cast, colleague) -> None:
    """A colleague answers for good; one behaviour could not be seen."""
    page = cast.waits(colleague, "Review Nina New as a colleague")
    behaviours = page.locator("form fieldset")
    for one in behaviours.all():
        one.get_by_role("radio").nth(3).check()
    behaviours.first.get_by_label("I could not see this").check()
    page.get_by_role("textbox").first.fill("Says bad news on the day, and asks for help early.")
    press(page, "Answer for good")


def plan_interview(page, chair, others) -> None:
    """Today, with these three."""
    page.get_by_label("Day").fill(today().isoformat())
    page.get_by_label("Hour and place").fill("10:00, room 4")
    page.get_by_label("Chair").select_option(str(chair.pk))
    for one in others:
        page.get_by_label(one.name).check()
    press(page, "Plan it")


def rate_interview(cast, assessor) -> None:
    page = cast.waits(assessor, "Rate the board interview of Nina New")
    follow(page.get_by_role("link", name="Rate, alone"))
    say_levels(page, 3)
    press(page, "Rate", exact=True)


def certify(cast, chair, others) -> None:
    """The chair puts what they agreed on and signs; the two others sign."""
    page = cast.waits(chair, "Put the result of the board interview")
    page.get_by_label("Certified", exact=True).check()
    page.get_by_label("Why", exact=True).fill("Leads, tells, learns; the gate was prepared well.")
    press(page, "Put and sign")
    for one in others:
        page = cast.waits(one, "Sign the result of the board interview")
        press(page, "Sign", exact=True)
    expect(page.get_by_role("link", name="Certificate", exact=True)).to_be_visible()
