"""The people of a long journey: a window each, and a clock that the test moves for all of them."""

from datetime import UTC, datetime, time, timedelta

import time_machine
from playwright.sync_api import expect

from tests.browser.conftest import Window

NOON = time(11)
# A page is marked before it is left, so that nobody looks at it for the one that comes.
MARK = "window.isLeft = true"
ANSWERED = "() => !window.isLeft && document.readyState == 'complete'"


class Clock:
    """The time of the process, and so of the server in it; it ticks on from where it is put."""

    def __init__(self):
        self._travel = None

    def put(self, day) -> None:
        self.stop()
        self._travel = time_machine.travel(datetime.combine(day, NOON, UTC), tick=True)
        self._travel.start()

    def stop(self) -> None:
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


class Cast:
    """Opens a window for whoever is asked for, and signs them in whenever they have to."""

    def __init__(self, browser, base: str):
        self.browser, self.base = browser, base
        self.windows: dict = {}

    def window(self, person, *, kind: str = "desk", **options) -> Window:
        """The person's window of that kind; of another size with the options of a context."""
        key = (person.pk, kind)
        if key not in self.windows:
            self.windows[key] = Window(self.browser, self.base, **options)
        return self.windows[key]

    def page(self, person, url: str = "/academy/", *, kind: str = "desk", **options):
        """What the person sees at the address."""
        window = self.window(person, kind=kind, **options)
        window.page.goto(url)
        if "/account/login/" in window.page.url:
            window.sign_in(person.email)
            window.page.goto(url)
        return window.page

    def waits(self, person, text):
        """The person follows what waits for them on the academy's first page."""
        page = self.page(person)
        follow(page.locator("#waits").get_by_role("link", name=text).first)
        return page

    def complaints(self) -> list[str]:
        return [said for window in self.windows.values() for said in window.complaints]

    def close(self) -> None:
        for window in self.windows.values():
            window.context.close()


def follow(link) -> None:
    """Follow a link to the page that it leads to."""
    link.page.evaluate(MARK)
    link.click()
    link.page.wait_for_function(ANSWERED)


def press(where, name, **more) -> None:
    """Press a button that sends its form, wait for the answer, and see that nothing was refused."""
    button = where.get_by_role("button", name=name, **more).first
    page = button.page
    page.evaluate(MARK)
    with page.expect_request_finished(lambda request: request.method == "POST") as sent:
        button.click()
    if sent.value.is_navigation_request():
        page.wait_for_function(ANSWERED)
    expect(page.locator("[data-refused], .field__error, .errorlist")).to_have_count(0)


def tab_to(page, selector: str) -> None:
    """Presses Tab until the focus is there, as somebody without a mouse does."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def fits(page) -> bool:
    """Nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)
