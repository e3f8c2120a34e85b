"""Every page one can come to by links: without a serious finding of axe, in light and in dark."""

from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from ipd.demo.sign_ins import PASSWORD, SIGN_INS

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
    page.evaluate(AXE)
    return [f"{url} {finding}" for finding in page.evaluate(RUN)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("email", [SIGN_INS[0][0], SIGN_INS[4][0]], ids=["secretary", "lead"])
def test_every_page_can_be_used_by_everybody(live, window, email, scheme):
    one = window(bypass_csp=True, color_scheme=scheme)
    page = one.sign_in(email, PASSWORD)
    found = [findings(page, url) for url in walk(page, live, START)]
    assert len(found) >= 12
    assert [one for page_s in found for one in page_s] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
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


def test_no_page_breaks_the_content_security_policy(live, window):
    """The same walk with the policy in force; the window counts what Chromium reports."""
    one = window()
    page = one.sign_in(SIGN_INS[0][0], PASSWORD)
    assert len(list(walk(page, live, START))) >= 12
    assert [said for said in one.complaints if "Content Security Policy" in said] == []
