"""A development plan: written by the learner, signed by who is asked to."""

from datetime import timedelta

from ipd.kernel.days import today
from tests.browser.cast import follow, press


def write_plan(page, level: int) -> None:
    """Say where one stands in every competency, choose two goals, and sign."""
    follow(page.get_by_role("link", name="Place yourself"))
    for one in page.locator("form section").all():
        one.get_by_role("radio").nth(level - 1).check()
        one.get_by_role("textbox").fill("In May I settled a conflict of two functions in a day.")
    press(page, "Save")
    for place in (1, 2):
        follow(page.get_by_role("link", name="Add a goal"))
        page.get_by_label("Competency").select_option(index=place)
        page.get_by_label("From level").fill(str(level))
        page.get_by_label("To level").fill(str(level + 1))
        page.get_by_label("What you will do").fill("Lead the weekly meeting.")
        page.get_by_label("By what others will see it").fill("Minutes, and the plan's finish.")
        page.get_by_label("Until").fill((today() + timedelta(days=100)).isoformat())
        press(page, "Save")
    press(page, "Sign, and ask the others")


def sign_plan(cast, who) -> None:
    """Mentor or manager finds it among what waits, and signs."""
    page = cast.waits(who, "development plan of Nina New")
    press(page, "Sign", exact=True)
