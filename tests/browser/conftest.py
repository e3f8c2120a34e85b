"""One Gatehouse and one Chromium for all journeys; each person has a window of their own."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import chromium
from tests.factories import PASSWORD
from tests.kills.live import Live

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PATIENCE = 60_000  # milliseconds on a busy machine; how quick pages are, the benchmark says
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def live():
    one = Live(demonstration=True)
    try:
        one.ready()
        yield one
    finally:
        one.end()


@pytest.fixture(scope="package")
def scene(live):
    return live.run("tests.browser.seed")


@pytest.fixture(scope="package")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Window:
    """A person's own window: its page, and what the browser complained about in it."""

    def __init__(self, browser, base, **options):
        self.context = browser.new_context(base_url=base, **{"viewport": DESK, **options})
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message):
        # A form with errors is answered by 422, which Chromium logs as if it were a fault.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, email: str, password: str = PASSWORD):
        self.page.goto("/account/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("/")
        return self.page


@pytest.fixture
def window(live, browser):
    """Opens windows, and finds that none of them had anything to complain about (CSP included)."""
    opened = []

    def open_window(**options):
        opened.append(Window(browser, f"http://localhost:{live.port}", **options))
        return opened[-1]

    yield open_window
    complaints = [said for one in opened for said in one.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []
