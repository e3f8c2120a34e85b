"""A new project manager, from the first sign-in to the certificate, in six months of one test.

Everything is done in a browser by whoever does it in life: the newcomer, mentor, manager, host,
assessors, colleagues and the academy's lead, each in a window of their own; the test moves the
time of the server. The first module is read, and its assessment sat, on a phone; the assessment
and the last reflection by keyboard alone. Two modules are read and their assessments sat in the
browser, the other eight by the forms that it would send, in the same session: they look the
same. Right answers are read from the database; nothing is written to it by the test once the
company stands.
"""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from ipd.kernel.days import today
from teams.actions.academy import curriculum
from teams.models import Attempt
from tests.browser import judging, learning, planning, playing, practising
from tests.browser.cast import Cast, Clock, fits, follow, press, weeks
from tests.browser.newcomer import World
from tests.factories import company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALONE, IN_A_TEAM = "hero-resigns", "supplier-fire"
BY_POST = ["M03", "M04", "M05", "M06", "M07", "M10", "M11", "M12"]


@pytest.fixture(scope="module", autouse=True)
def _database_beside_the_browser():
    """Playwright keeps an event loop in the thread in which the test asks the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def server(transactional_db):
    """The product in this process, so that its clock is the test's."""
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    yield server
    server._live_server_modified_settings.disable()
    server.stop()


@pytest.fixture
def world(server, browser):
    company.process()
    curriculum.load(curriculum.SHIPPED)
    cast, clock = Cast(browser, server.url), Clock()
    try:
        yield World.of(company.build(), cast, clock)
    finally:
        complaints = cast.complaints()
        clock.stop()
        cast.close()
    assert complaints == []


def test_from_the_first_sign_in_to_the_certificate(world):
    joins(world)
    enters(world)
    learns(world)
    applies(world)
    rotates(world)
    survives(world)
    leads(world)
    is_certified(world)


def joins(world):
    """Waits for a place, and gets one by lottery in the cohort that starts today."""
    page = world.page
    follow(page.get_by_role("link", name="Join the waiting list"))
    page.get_by_label("Your manager").fill(world.manager.name)
    press(page, "Join")
    page = world.cast.page(world.lead)
    follow(page.get_by_role("link", name="Cohorts"))
    follow(page.get_by_role("link", name="New cohort").first)
    page.get_by_label("Code").fill("2027-A")
    page.get_by_label("First day").fill(today().isoformat())
    page.get_by_label("Last day").fill((today() + weeks(26)).isoformat())
    page.get_by_label("Places").fill("4")
    press(page, "Save")
    follow(page.get_by_role("link", name="Lottery"))
    press(page, "Draw")
    expect(world.page.get_by_role("main")).to_contain_text("week 1 of 26")


def enters(world):
    """Week 1: a mentor and the first session, the pre-test, the development plan."""
    page = world.cast.page(world.mentor, "/academy/mentoring/")
    follow(page.get_by_role("link", name="Offer to be a mentor").first)
    page.get_by_label("I would mentor somebody").check()
    press(page, "Keep")
    press(world.cast.waits(world.nina, "Choose a mentor"), "Ask")
    press(world.cast.waits(world.mentor, "asks you to be their mentor"), "Be their mentor")
    practising.meet(world.cast, world.nina, "Frame and goals")

    page = practising.go_on(world.page, "Pre-test")
    learning.sit(page, world.nina)

    page = practising.go_on(world.page, "Self-assessment and first development plan")
    press(page, "Begin the plan")
    planning.write_plan(page, level=2)
    planning.sign_plan(world.cast, world.mentor)
    planning.sign_plan(world.cast, world.manager)


def learns(world):
    """Weeks 2 to 4: modules and assessments, the first on a phone and by keyboard."""
    world.week(2)
    page = practising.go_on(world.phone, "Integrated product development in an hour")
    assert fits(page)
    learning.read_module(page)
    assert fits(page)
    press(page, "Begin")
    assert fits(page)
    learning.by_keys(page, Attempt.objects.get(person=world.nina, submitted_at=None))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Passed")
    assert fits(page)

    page = practising.go_on(world.page, "Roles and decision rights")
    learning.try_exercise(page)
    learning.read_module(page)
    learning.sit(page, world.nina)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Passed")

    for code in BY_POST:
        learning.read_by_post(page, code)
        learning.pass_by_post(page, code)


def applies(world):
    """Weeks 5 to 12: three works by two assessors each, sessions, a reflection."""
    world.week(5)
    page = practising.go_on(world.page, "Shadow two reviews")
    practising.hand_in(page, "TR3 of one product and the PDCP of another.", "Two minutes.")
    practising.assess(world.cast, world.lead, world.assessors[:2])
    practising.meet(world.cast, world.nina, "What decided")

    world.week(8)
    for title in ("Run a readiness check", "Build a risk register"):
        page = practising.go_on(world.page, title)
        practising.hand_in(page, "The PDCP of the next product.", "Gaps, owners, days.")
        practising.assess(world.cast, world.lead, world.assessors[1:])
    practising.meet(world.cast, world.nina, "Risks that nobody says")
    page = practising.go_on(world.page, "Values reflection R1")
    practising.reflect(page, "R1", ["Paula Quality (Mentor)"])
    practising.accept_reflection(world.cast, world.mentor)


def rotates(world):
    """Weeks 9 to 18: six weeks in another function, rated by the host."""
    world.week(9)
    practising.meet(world.cast, world.nina, "What to ask the host")
    page = practising.go_on(world.page, "Assignment outside the own function")
    practising.plan_rotation(page, world.host)
    press(world.cast.waits(world.host, "Say whether you host"), "Agree")

    world.week(14)
    practising.meet(world.cast, world.nina, "Half time")
    world.week(16)
    practising.meet(world.cast, world.nina, "Leaving well")
    page = practising.go_on(world.page, "Assignment outside the own function")
    page.get_by_label("What stays behind").fill("A checklist that the visitors use.")
    press(page, "Ask the host for feedback")
    page = world.cast.waits(world.host, "Rate the weeks")
    follow(page.get_by_role("link", name="Give feedback"))
    practising.say_levels(page, 3)
    page.get_by_label("We accept it and use it").check()
    press(page, "Give feedback")
    page = practising.go_on(world.page, "Values reflection R3")
    practising.reflect(page, "R3", ["Paula Quality (Mentor)", "Max Marketing (Host)"])
    practising.accept_reflection(world.cast, world.mentor)
    practising.accept_reflection(world.cast, world.host)


def survives(world):
    """Weeks 16 to 20: a crisis alone, one in a team, a private reflection, the post-test."""
    for scenario, mode in ((ALONE, "solo"), (IN_A_TEAM, "team")):
        page = world.cast.waits(world.lead, "Assign crises to Nina New")
        page.get_by_label("Learner").fill(world.nina.email)
        page.get_by_label("Scenario").select_option(scenario)
        page.get_by_label("How").select_option(mode)
        press(page, "Assign")
    page = playing.open_crisis(practising.go_on(world.page, "Two scored simulations"), ALONE)
    press(page, "Start")
    playing.play_well(page, ALONE)

    page = playing.open_crisis(practising.go_on(world.page, "Two scored simulations"), IN_A_TEAM)
    playing.gather(world.cast, page, "Procurement", world.house.core_member)
    playing.play_well(page, IN_A_TEAM)
    page = practising.go_on(world.page, "Values reflection R2")
    practising.reflect(page, "R2", [])

    world.week(19)
    practising.meet(world.cast, world.nina, "What the crisis showed")
    learning.sit(practising.go_on(world.page, "Post-test"), world.nina)


def leads(world):
    """Weeks 18 to 26: leads for a time, and leads the team through a gate."""
    page = practising.go_on(world.page, "Acting leader for a contained scope")
    practising.hand_in(page, "The optics of our product, for six weeks.", "Plan before, after.")
    practising.assess(world.cast, world.lead, world.assessors[:1])
    world.week(22)
    practising.meet(world.cast, world.nina, "Before the gate")
    page = practising.go_on(world.page, "Lead the team through one real gate")
    practising.hand_in(page, "The PDCP of our product.", "Brief, pack and record.")
    practising.assess(world.cast, world.lead, world.assessors[:2])
    world.week(24)
    practising.meet(world.cast, world.nina, "After the gate")
    page = world.page
    expect(page.locator("#next")).to_contain_text("Values reflection R4")
    practising.reflect_by_keys(page, "R4")


def is_certified(world):
    """Weeks 24 to 26: what colleagues see, the plan of the next year, and the board."""
    house = world.house
    colleagues = [
        (house.core_member, "peer"),
        (house.lpdt, "peer"),
        (world.manager, "manager"),
        (house.member, "other"),
    ]
    page = practising.go_on(world.page, "360° review")
    press(page, "Begin")
    judging.name_raters(page, colleagues)
    press(world.cast.waits(world.mentor, "Agree who reviews Nina New"), "Agree, and ask them")
    for colleague, _group in colleagues:
        judging.review(world.cast, colleague)
    page.reload()
    press(page, "Close it now")
    page.get_by_label("What I keep doing").fill("Bad news on the day.")
    page.get_by_label("What I change").fill("I ask before I answer.")
    press(page, "Tell them")

    world.week(25)
    page = practising.go_on(world.page, "Development plan for the first year")
    press(page, "Begin the plan")
    planning.write_plan(page, level=3)
    planning.sign_plan(world.cast, world.manager)

    world.week(26)
    page = practising.go_on(world.page, "Board interview")
    expect(page.get_by_role("main")).to_contain_text("Nothing is missing")
    page = world.cast.waits(world.lead, "Plan the board interview of Nina New")
    chair, *others = world.assessors
    judging.plan_interview(page, chair, others)
    for assessor in world.assessors:
        judging.rate_interview(world.cast, assessor)
    judging.certify(world.cast, chair, others)

    page = world.page
    expect(page.get_by_role("main")).to_contain_text("You are certified")
    expect(page.get_by_role("main")).to_contain_text("99 of 100 credits")
    follow(page.get_by_role("navigation", name="Academy").get_by_role("link", name="Certification"))
    follow(page.locator("section", has_text="My certificates").get_by_role("link", name="LPDT-1"))
    expect(page.get_by_role("heading", name="Nina New")).to_be_visible()
