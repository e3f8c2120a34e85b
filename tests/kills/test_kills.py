"""Servers killed with -9 in the middle: nothing acknowledged is lost, all recovers alone."""

import time
import uuid
from datetime import timedelta

import pytest

from ipd.kernel.days import today
from tests.factories import PASSWORD
from tests.kills.live import Browser, Live, together
from tests.started import until

pytestmark = [pytest.mark.kills]
VOTERS = 60
STANDING = """SELECT voter_id FROM gates_vote
    WHERE review_id = %s AND superseded_at IS NULL AND round = 1"""


@pytest.fixture(scope="module")
def live():
    one = Live()
    try:
        one.ready()
        yield one
    finally:
        one.end()


@pytest.fixture(scope="module")
def scene(live):
    return live.run("tests.kills.seed", str(VOTERS))


@pytest.fixture
def voters(live, scene):
    return [(one["pk"], Browser(live.port, one["session"])) for one in scene["voters"]]


@pytest.fixture(autouse=True)
def _whole(live):
    assert until(live.is_whole, 60), live.text


def ballot(scene, voter, reason="") -> dict:
    return {"outcome": scene["go"], "voter": voter, "round": 1, "reason": reason}


def vote_url(scene) -> str:
    return f"/reviews/{scene['voting']}/vote/"


def standing(live, scene) -> list[int]:
    return sorted(pk for (pk,) in live.rows(STANDING, scene["voting"]))


def test_60_people_vote_at_once_and_every_vote_is_there_once(live, scene, voters):
    began = time.monotonic()
    answers = together(
        [lambda b=b, pk=pk: b.post(vote_url(scene), ballot(scene, pk)) for pk, b in voters]
    )
    assert {answer[0] for answer in answers} == {302}, answers
    assert standing(live, scene) == sorted(pk for pk, _browser in voters)
    assert time.monotonic() - began < 20


def test_a_form_sent_again_gets_its_first_answer(live, scene, voters):
    pk, browser = voters[0]
    key, form = str(uuid.uuid4()), ballot(scene, voters[0][0])
    before = live.rows("SELECT count(*) FROM gates_vote WHERE voter_id = %s", pk)[0][0]

    answers = together([lambda: browser.post(vote_url(scene), form, key=key) for _time in range(8)])

    assert len(set(answers)) == 1, answers
    assert live.rows("SELECT count(*) FROM gates_vote WHERE voter_id = %s", pk)[0][0] == before + 1


def test_of_32_who_sign_at_once_one_decides(live, scene):
    """The chair's form, drawn 32 times; the wrong ones are told that the review moved on."""
    review = scene["revealed"]
    chair = Browser(live.port, scene["voters"][0]["session"])
    form = {
        "version": review["version"],
        "outcome": "GO",
        "rationale": "The case holds at the low price, supply has two sources, and the team "
        "is complete.",
        "next_on": (today() + timedelta(days=90)).isoformat(),
        "amount": "250000",
        "currency": "EUR",
        "password": PASSWORD,
        **{f"dissents-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }
    url = f"/reviews/{review['pk']}/decision/"

    answers = together([lambda: chair.post(url, form) for _time in range(32)])

    statuses = sorted(status for status, _to in answers)
    assert statuses.count(302) == 1, statuses
    assert set(statuses) <= {302, 409, 422}, statuses
    decisions = "SELECT count(*) FROM gates_decision WHERE review_id = %s"
    assert live.rows(decisions, review["pk"]) == [(1,)]


@pytest.mark.parametrize("part", ["Web server", "PostgreSQL", "Valkey", "Worker"])
def test_a_kill_in_the_middle_loses_no_acknowledged_vote(live, scene, voters, part):
    """Everybody votes anew, with a reason of its own; acknowledged means redirected."""
    said = {pk: f"{part} {uuid.uuid4()}" for pk, _browser in voters}
    jobs = [
        lambda b=b, pk=pk: b.post(vote_url(scene), ballot(scene, pk, said[pk])) for pk, b in voters
    ]

    def shoot():
        time.sleep(0.15)
        live.kill(part)

    *answers, _shot = together([*jobs, shoot])

    assert {answer[0] for answer in answers} == {302}, answers
    assert until(live.is_whole, 60), live.text
    reasons = live.rows(STANDING.replace("voter_id", "voter_id, reason"), scene["voting"])
    assert dict(reasons) == said
    twice = live.rows(
        """SELECT voter_id FROM gates_vote WHERE review_id = %s AND reason = ANY(%s)
        GROUP BY voter_id HAVING count(*) > 1""",
        scene["voting"],
        list(said.values()),
    )
    assert twice == []


def test_mails_go_out_once_though_worker_and_broker_are_killed(live, scene):
    """Locking a pack mails every voter; at most one mail is repeated for each kill."""
    review, secretary = scene["preparing"], Browser(live.port, scene["secretary"])

    status, _to = secretary.post(f"/reviews/{review['pk']}/pack/", {"version": review["version"]})
    assert status == 302
    killed = ("Worker", "Valkey", "Worker")
    for count, part in enumerate(killed):
        until(lambda c=count: len(live.mails) > 10 * c, 10)
        live.kill(part)
        assert until(lambda p=part: live.pid(p), 30), live.text

    waiting = "SELECT count(*) FROM kernel_outboxmessage WHERE sent_at IS NULL"
    assert until(lambda: live.rows(waiting)[0][0] == 0, 240), live.rows(
        "SELECT subject, attempts, claimed_until, error FROM kernel_outboxmessage"
    )
    sent = live.mails
    assert len(set(sent)) == live.rows("SELECT count(*) FROM kernel_outboxmessage")[0][0]
    assert len(sent) - len(set(sent)) <= len(killed)


def test_the_ledger_holds_after_all_this(live):
    assert live.run("tests.kills.ledger") == []


def test_nobody_was_left_behind(live):
    assert live.is_whole()
    assert live.text.count("starting it again") >= 5
