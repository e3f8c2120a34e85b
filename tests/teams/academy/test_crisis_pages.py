"""A crisis by its pages, from start to debrief, and what they cost."""

import json
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from teams.actions.academy import crises as actions
from teams.actions.academy import play_moves
from teams.calculations.academy.tokens import token
from teams.models import Content, Play
from teams.queries.academy import crises, debriefs
from tests.factories.academy_crises import CrisisAssignmentFactory, ScenarioFactory
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


def test_the_debrief_says_what_luck_would_have_done(outage, house, as_person):
    play = played(actions.start(outage, by=house.lpdt, seed=7), [], by=house.lpdt)
    page = as_person(house.lpdt).get(at("play-debrief", play.pk)).content.decode()
    came = {one.text: one.came for one in debriefs.luck(crises.engine_of(play))}
    for chance in outage.body["chances"]:
        said = "It happened at minute" if came[chance["text"]] else "It did not happen. If it had"
        after = page.split(chance["text"])[-1]
        assert said in after.split("</li>")[0]
        assert debriefs.effects(chance["effects"]) in after.split("</li>")[0]
    assert set(came.values()) == {True, False}


def test_who_waits_reads_for_whom_the_clock_stands(team, house, as_person):
    play = play_moves.move(team, "wait 10", by=house.lpdt)
    page = as_person(house.lpdt).get(at("play", play.pk))
    assertContains(page, "You wait until minute 10, and may act before.")
    assertContains(page, "The clock stands for:")
    assertContains(as_person(house.pqa).get(at("play", play.pk)), "Where it begins")


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


def test_a_room_that_moved_on_says_so_where_notices_stand(play, house, as_person):
    client, said = as_person(house.lpdt), asked(play, "wait", "5")
    client.post(at("play-move", play.pk), said)
    late = client.post(at("play-move", play.pk), said, headers={"HX-Request": "true"})
    assertContains(late, "played on in another window", status_code=409)
    told = {name: late[name] for name in ("HX-Retarget", "HX-Reswap", "HX-Reselect")}
    assert told == {
        "HX-Retarget": "#notices",
        "HX-Reswap": "afterbegin",
        "HX-Reselect": "[data-refused]",
    }


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
        last = played(actions.start(outage, by=house.lpdt), ["A1", "A2"], by=house.lpdt)
    play = actions.start(outage, by=house.lpdt)
    for _ in range(plays):
        play = play_moves.move(play, "wait 20" if play.moves_made else "A1", by=house.lpdt)
    client = as_person(house.lpdt)
    urls = [
        at("crisis-list"),
        at("crisis", outage.code),
        at("play", play.pk),
        at("guide", "simulation"),
    ]
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
