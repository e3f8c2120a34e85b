"""The pages of crises: who gets which, what they cost, and that nothing hidden is in them."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from teams.actions.academy import crises as actions
from teams.actions.academy import play_moves
from teams.calculations.academy.tokens import token
from teams.models import Content, CrisisAssignment, Play, PlayNote
from teams.queries.academy import crises
from tests.factories.academy import EnrolmentFactory
from tests.factories.academy_crises import CrisisAssignmentFactory, PlayFactory, ScenarioFactory
from tests.factories.people import PersonFactory

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


def over(play, *moves, by):
    for move in (*moves, "wait 90"):
        play = play_moves.move(play, move, by=by)
    return play_moves.finish(play, ["U1"], by=by)


def asked(play, kind, what, option=""):
    """What the form of a move says; codes become the words that the page has for them."""
    words = {
        "act": lambda: token(play.seed, "actions", what),
        "decide": lambda: token(play.seed, "decisions", what),
        "share": lambda: token(play.seed, "facts", what),
    }
    word = words.get(kind, lambda: what)()
    option = option and token(play.seed, what, option)
    return {"kind": kind, "what": word, "option": option, "moves": play.moves_made}


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
    play = over(play, by=house.lpdt)
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


# A play by its pages ------------------------------------------------------------------------


def test_a_play_by_its_pages_from_start_to_debrief(outage, house, as_person):
    client = as_person(house.lpdt)
    client.post(at("crisis-start", outage.code), {"seed": "7"})
    play = Play.objects.get()
    assert (play.seed, play.mode, play.started_by) == (7, "solo", house.lpdt)
    url, moves = at("play", play.pk), at("play-move", play.pk)
    client.post(moves, asked(play, "act", "A1"))
    play.refresh_from_db()
    client.post(moves, asked(play, "decide", "D1", "c"))
    play.refresh_from_db()
    assertContains(client.get(url), "Three people know what is theirs")
    client.post(moves, asked(play, "wait", "event"))
    play.refresh_from_db()
    client.post(moves, asked(play, "wait", "5"))
    play.refresh_from_db()
    client.post(moves, asked(play, "wait", "end"))
    page = client.get(url)
    assertContains(page, "at most 4")
    words = [token(play.seed, "ups", code) for code in ("U1", "U2")]
    answer = client.post(at("play-follow-ups", play.pk), {"up": words})
    assertRedirects(answer, at("play-debrief", play.pk))
    assertRedirects(client.get(url), at("play-debrief", play.pk))
    play.refresh_from_db()
    assert play.follow_ups == ["U1", "U2"]
    for part, text in {
        "happened": "without judgement",
        "questions": "Whose network was it",
        "score": "State at the end, without luck",
        "ways": "Back to the proven release, with consent",
    }.items():
        assertContains(client.get(at("play-debrief", play.pk), {"part": part}), text)
    client.post(at("play-note", play.pk), {"question": "0", "text": "At minute 12"})
    assertContains(client.get(at("play-debrief", play.pk), {"part": "questions"}), "At minute 12")
    client.post(at("play-again", play.pk), {"number": "2"})
    fresh = Play.objects.exclude(pk=play.pk).get()
    assertContains(client.get(at("play", fresh.pk)), "Played on from a moment")


def test_a_move_nobody_could_make_is_refused_in_a_sentence(play, house, as_person):
    client, url = as_person(house.lpdt), at("play-move", play.pk)
    for said in (
        {"kind": "act", "what": "A1"},
        {"kind": "decide", "what": "D1", "option": "c"},
        {"kind": "fly", "what": "x"},
        {"kind": "wait", "what": "999"},
        {"kind": "wait", "what": "²"},
        asked(play, "act", "A10"),
        asked(play, "take", "RD"),
        {},
    ):
        assert client.post(url, said).status_code == 409, said
    play.refresh_from_db()
    assert play.moves_made == 0


def test_a_team_is_gathered_by_pages(outage, house, as_person):
    client = as_person(house.lpdt)
    url = at("crisis-team", outage.code)
    fields = re.findall(r'name="(role_\d+)"', client.get(url).content.decode())
    assert len(fields) == 4
    assert client.post(url, {}).status_code == 422
    twice = dict.fromkeys(fields[:2], house.pqa.code)
    assertContains(client.post(url, twice), "Each person plays one role", status_code=422)
    client.post(url, {fields[1]: house.core_member.code, fields[3]: house.pqa.email})
    play = Play.objects.get()
    page = at("play", play.pk)
    mate = as_person(house.core_member)
    assertContains(mate.get(page), "I am here")
    mate.post(at("play-joining", play.pk))
    assert mate.post(at("play-beginning", play.pk)).status_code == 409
    client.post(at("play-beginning", play.pk))
    play.refresh_from_db()
    assert play.seats == ["RD"]
    assert as_person(house.pqa).get(page).status_code == 404
    assertContains(mate.get(page), "to move")
    client.post(at("play-move", play.pk), asked(play, "take", "RD"))
    assertContains(mate.get(page), "The lead plays your role now")


def test_the_live_part_is_quiet_until_something_moves(team, house, as_person):
    client, url = as_person(house.core_member), at("play-live", team.pk)
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    play_moves.move(team, "A1", by=house.lpdt)
    fresh = client.get(url, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh["ETag"] != tag
    assertContains(fresh, 'id="play"')
    assertNotContains(fresh, "<html")


def test_a_form_sent_twice_moves_once(play, house, as_person):
    client = as_person(house.lpdt)
    said = asked(play, "act", "A1") | {"key": "6a1f0f3e-5b8e-4a54-8f5e-3a4d5b6c7d8e"}
    for _ in range(2):
        assertRedirects(client.post(at("play-move", play.pk), said), at("play", play.pk))
    play.refresh_from_db()
    assert play.moves_made == 1


def test_a_new_version_leaves_a_play_on_its_own(play, outage, house, as_person):
    Content.objects.filter(pk=outage.pk).update(is_current=False)
    newer = json.loads(json.dumps(outage.body)) | {"title": "Another outage"}
    ScenarioFactory._meta.model.objects.create(
        kind="scenario", code=outage.code, number=2, title="Another outage", body=newer
    )
    client = as_person(house.lpdt)
    assertContains(client.get(at("crisis-list")), "Another outage")
    assertContains(client.get(at("play", play.pk)), "Outage at a key customer")


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("plays", [1, 3])
def test_pages_cost_the_same_for_one_play_and_three(
    plays, curriculum, house, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    outage = crises.scenarios().get(code="customer-outage")
    for _ in range(plays):
        CrisisAssignmentFactory()
        last = over(actions.start(outage, by=house.lpdt), "A1", "A2", "D1=c", by=house.lpdt)
    play = actions.start(outage, by=house.lpdt)
    for _ in range(plays):
        play = play_moves.move(play, "wait 20" if play.moves_made else "A1", by=house.lpdt)
    client = as_person(house.lpdt)
    urls = [at("crisis-list"), at("crisis", outage.code), at("play", play.pk), at("crisis-guide")]
    urls += [
        f"{at('play-debrief', last.pk)}?part={part}"
        for part in ("happened", "questions", "score", "ways")
    ]
    for url in urls:
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
    client = as_person(house.academy)
    with django_assert_max_num_queries(12):
        assert client.get(at("crisis-assignments")).status_code == 200


@pytest.mark.parametrize("moves", [0, 3])
def test_the_live_part_costs_little(
    moves, team, house, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    for minute in range(moves):
        play_moves.move(team, f"wait {10 + minute}", by=house.lpdt)
    client, url = as_person(house.core_member), at("play-live", team.pk)
    tag = client.get(url)["ETag"]
    with django_assert_max_num_queries(5):
        client.get(url)
    with django_assert_max_num_queries(3):
        client.get(url, headers={"If-None-Match": tag})
