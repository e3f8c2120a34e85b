"""Nothing hidden is in the pages of crises, and a play is its participants' affair."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from teams.actions.academy import crises as actions
from teams.actions.academy import play_moves
from teams.models import CrisisAssignment, Play, PlayNote
from teams.queries.academy import crises
from tests.factories.academy import EnrolmentFactory
from tests.factories.academy_crises import CrisisAssignmentFactory, PlayFactory, ScenarioFactory
from tests.factories.people import PersonFactory
from tests.teams.academy.crises import asked, played

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"teams:{name}", args=args)


@pytest.fixture
def outage():
    return ScenarioFactory()


@pytest.fixture
def play(outage, house):
    return actions.start(outage, by=house.lpdt, seed=7)


@pytest.fixture
def team(outage, house):
    """Lena leads, Carl plays research, Paula quality; it has begun."""
    players = {"RD": house.core_member, "PQA": house.pqa}
    play = actions.gather(outage, by=house.lpdt, players=players)
    for person in players.values():
        actions.join(play, by=person)
    return actions.begin(play, by=house.lpdt)


# Nothing hidden is in a page -----------------------------------------------------------------


def secrets(body, engine=None, player="LPDT"):
    """Every text of the file that may not be shown yet."""
    told = {entry.code for entry in engine.log} if engine else set()
    known = engine.known[player] if engine else {}
    taken = {one.option["follows"] for one in engine.taken.values()} if engine else set()
    open_now = {one["code"] for one in engine.open_decisions()} if engine else set()
    hidden = [fact["text"] for fact in body["facts"] if fact["code"] not in known]
    hidden += [one["text"] for one in body["injects"] if one["code"] not in told]
    hidden += [one[key] for one in body["chances"] for key in ("text", "otherwise")]
    hidden += [one["text"] for one in body["communications"]]
    hidden += [one["text"] for one in body["follow_ups"]]
    hidden += [one[key] for one in body["debrief"] for key in ("question", "listen_for")]
    hidden += [one[key] for one in body["paths"] for key in ("title", "why")]
    hidden += [one["brief"] for one in body["roles"] if one["code"] != player]
    for decision in body["decisions"]:
        if decision["code"] not in open_now and decision["code"] not in (
            engine.taken if engine else ()
        ):
            hidden += [decision["question"], *(one["text"] for one in decision["options"])]
        hidden += [one["follows"] for one in decision["options"] if one["follows"] not in taken]
    return hidden


def assert_hides(response, texts):
    page = response.content.decode()
    for text in texts:
        assert escape(text) not in page, text
    for word in ("broken", "respected", "fatal", "facts_needed", "customer_trust", "restoring"):
        assert word not in re.sub(r"A fatal decision fails", "", page), word
    assert not re.search(r'value="(?:[ADFIUC]\d+|[a-d])"', page)


def test_a_briefing_tells_only_how_it_begins(outage, house, as_person):
    page = as_person(house.lpdt).get(at("crisis", outage.code))
    assertContains(page, "You lead the incident for the product")
    assert_hides(page, [*secrets(outage.body), outage.body["injects"][0]["text"]])
    assert_hides(as_person(house.lpdt).get(at("crisis-list")), secrets(outage.body))


@pytest.mark.parametrize(
    "moves", [[], ["A1", "A2"], ["wait 12"], ["A1", "A2", "D1=c", "A5", "wait 35"]]
)
def test_the_room_holds_what_has_come_up_and_nothing_else(outage, play, house, as_person, moves):
    for move in moves:
        play = play_moves.move(play, move, by=house.lpdt)
    engine = crises.engine_of(play)
    client = as_person(house.lpdt)
    for url in (at("play", play.pk), at("play-live", play.pk)):
        page = client.get(url)
        assert_hides(page, secrets(outage.body, engine))
        assertContains(page, "41,000 subscribers")
        for decision in engine.open_decisions():
            assertContains(page, escape(decision["question"]))
        assert "ETag" not in page or str(play.seed) not in page["ETag"].strip('"').split("-")[1:]


def test_options_stand_in_an_order_of_the_play_and_not_of_the_file(outage, house, as_person):
    texts = [option["text"] for option in outage.body["decisions"][0]["options"]]
    orders = set()
    for seed in range(1, 9):
        play = PlayFactory(scenario=outage, seed=seed, started_by=PersonFactory())
        play_moves.move(play, "wait 3", by=play.started_by)
        page = as_person(play.started_by).get(at("play", play.pk)).content.decode()
        orders.add(tuple(sorted(texts, key=lambda text: page.index(escape(text)))))
    assert len(orders) > 3


def test_a_role_sees_its_own_brief_and_facts(team, outage, house, as_person):
    team = play_moves.move(team, "wait 20", by=house.lpdt)
    team = play_moves.move(team, "wait 20", by=house.pqa)
    team = play_moves.move(team, "wait 3", by=house.core_member)
    team = play_moves.move(team, "A3", by=house.core_member)
    fact = "The watchdog fires"
    briefs = {one["code"]: one["brief"] for one in outage.body["roles"]}
    engine = crises.engine_of(team)
    for person, role in ((house.lpdt, "LPDT"), (house.core_member, "RD"), (house.pqa, "PQA")):
        page = as_person(person).get(at("play", team.pk))
        assertContains(page, escape(briefs[role]))
        assert_hides(page, secrets(outage.body, engine, role))
        assert (fact in page.content.decode()) == (role == "RD")
    as_person(house.core_member).post(at("play-move", team.pk), asked(team, "share", "F2"))
    assertContains(as_person(house.pqa).get(at("play", team.pk)), fact)


def test_the_debrief_comes_after_the_play(play, house, as_person):
    client = as_person(house.lpdt)
    for part in ("happened", "questions", "score", "ways"):
        assertRedirects(
            client.get(at("play-debrief", play.pk), {"part": part}), at("play", play.pk)
        )


# Whose affair a play is ----------------------------------------------------------------------


def test_a_play_and_its_score_are_its_participants_affair(outage, house, as_person):
    enrolment = EnrolmentFactory(person=house.lpdt, manager=house.chair)
    CrisisAssignmentFactory(person=house.lpdt, mode="team", by=house.academy)
    players = {"RD": house.core_member}
    play = actions.gather(outage, by=house.lpdt, players=players)
    actions.join(play, by=house.core_member)
    play = actions.begin(play, by=house.lpdt)
    play = play_moves.move(play, "take RD", by=house.lpdt)
    play = played(play, [], by=house.lpdt)
    Play.objects.filter(pk=play.pk).update(score="12.34")
    PlayNote.objects.create(play=play, person=house.lpdt, question=0, text="XSENTINELX")
    parts = [f"{at('play-debrief', play.pk)}?part={part}" for part in ("questions", "score")]
    urls = [at("crisis-list"), at("crisis", outage.code), *parts]

    own = "".join(as_person(house.lpdt).get(url).content.decode() for url in urls)
    assert "12.3" in own
    assert "XSENTINELX" in own
    mate = "".join(as_person(house.core_member).get(url).content.decode() for url in urls)
    assert "12.3" in mate
    assert "XSENTINELX" not in mate
    for person in (house.academy, house.chair, house.administrator, house.assessor):
        client = as_person(person)
        for url in (*parts, at("play", play.pk), at("play-live", play.pk)):
            assert client.get(url).status_code == 404
        pages = [client.get(url) for url in (at("crisis-list"), at("crisis", outage.code))]
        if person == house.academy:
            pages.append(client.get(at("crisis-assignments")))
            assertContains(pages[-1], "Not yet")
        for page in pages:
            assertNotContains(page, "12.3")
            assertNotContains(page, "XSENTINELX")
    assert enrolment.person == house.lpdt


def test_only_the_academy_assigns(outage, house, as_person):
    url = at("crisis-assignments")
    EnrolmentFactory(person=house.lpdt)
    for person in (house.lpdt, house.administrator, house.assessor):
        assert as_person(person).get(url).status_code == 403
    said = {"person": house.lpdt.code, "scenario": outage.code, "mode": "solo", "due_on": ""}
    client = as_person(house.academy)
    assertRedirects(client.post(url, said), url)
    row = CrisisAssignment.objects.get()
    assertContains(client.get(url), "Not begun")
    assert client.post(url, said).status_code == 409
    wrong = client.post(url, {**said, "person": house.outsider.code})
    assert wrong.status_code == 422
    assertRedirects(client.post(at("crisis-assignment-removal", row.pk)), url)
    assertContains(client.get(url), "Nothing is assigned")
