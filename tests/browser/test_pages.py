"""Every page one can come to by links: without a serious finding of axe, in light and in dark."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from ipd.demo.sign_ins import PASSWORD, SIGN_INS
from tests.browser.conftest import Window

pytestmark = [pytest.mark.browser]
AXE = next(
    path
    for path in files("pytest_playwright_axe").joinpath("resources").iterdir()
    if path.name.startswith("axe") and path.name.endswith(".js")
).read_text()
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(", "))"""
NO_PAGES = {
    *("account_logout", "gates:evidence", "kernel:import-blank", "gates:calendar-feed"),
    *("teams:curriculum-archive", "teams:curriculum-source"),
}
SCHEMES = ["light", "dark"]
# The colours have become those of the scheme.
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(one => one instanceof CSSTransition).map(one => one.finished.catch(() => null)))"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
START = ["/", "/administration/", "/inbox/", "/search/?q=fjord", "/account/sessions/"]


def route(url: str) -> str | None:
    """The name of the page's address; None for what is no page (files, signing out)."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    name = match.view_name
    no_page = name in NO_PAGES
    is_file = name.endswith(("-file", "-export")) or "ending" in match.kwargs
    return None if no_page or is_file else name


def walk(page, live, starts):
    """Opens one page of each address that links lead to; yields those that are there."""
    waiting, seen = list(starts), set()
    base = f"http://localhost:{live.port}"
    while waiting:
        url = waiting.pop(0)
        name = route(url)
        if name is None or name in seen:
            continue
        seen.add(name)
        if page.goto(url).status == 200:
            yield url
            waiting += [link for link in page.evaluate(LINKS) if link.startswith(base)]


def findings(page, url) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [f"{url} {finding}" for finding in page.evaluate(RUN)]


@dataclass
class Walk:
    """What was found on the pages of one person, by colour scheme."""

    pages: int = 0
    found: dict[str, list[str]] = field(default_factory=lambda: {one: [] for one in SCHEMES})
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(live, browser):
    """`walked(email)`: each page is opened once, with the policy in force, and seen both ways."""

    @cache
    def walk_as(email: str) -> Walk:
        window, done = Window(browser, f"http://localhost:{live.port}"), Walk()
        page = window.sign_in(email, PASSWORD)
        for url in walk(page, live, START):
            done.pages += 1
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.evaluate(SETTLED)
                done.found[scheme] += findings(page, url)
        done.complaints = window.complaints
        window.context.close()
        return done

    return walk_as


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("email", [SIGN_INS[0][0], SIGN_INS[4][0]], ids=["secretary", "lead"])
def test_every_page_can_be_used_by_everybody(walked, email, scheme):
    done = walked(email)
    assert done.pages >= 12
    assert done.found[scheme] == []
    assert done.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_room_can_be_used_by_everybody(live, window, scene, scheme):
    """As its chair: the room while the votes are sealed and open, the ballot, and signing."""
    one = window(bypass_csp=True, color_scheme=scheme)
    page = one.sign_in(scene["chair"])
    found = []
    for name in ("keyboard", "open"):
        for part in ("", "brief/", "room/", "vote/", "decision/?outcome=GO_COND", "deferral/"):
            url = f"/reviews/{scene[name]}/{part}"
            assert page.goto(url).status == 200, url
            found += findings(page, url)
    assert found == []


def test_no_page_breaks_the_content_security_policy(walked):
    """The same walk: the window counts what Chromium reports."""
    done = walked(SIGN_INS[0][0])
    assert done.pages >= 12
    assert [said for said in done.complaints if "Content Security Policy" in said] == []
