"""The pages of mentoring: what each reader finds there, and what never leaves the pair."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import mentoring, mentoring_sessions
from teams.models import MentorNote, MentorOffer, Mentorship, MentorWish
from tests.factories.academy import CompetencyFactory, EnrolmentFactory, MentorshipFactory
from tests.factories.academy_mentoring import MentoringSessionFactory, MentorOfferFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
INDEX = "/academy/mentoring/"
MARKS = {
    "goal": "SENTINEL-GOAL",
    "theme": "SENTINEL-THEME",
    "action": "SENTINEL-ACTION",
    "note": "SENTINEL-NOTE",
    "health": "SENTINEL-HEALTH",
    "wish": "SENTINEL-WISH",
    "farewell": "SENTINEL-FAREWELL",
}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def enrolment(house):
    return EnrolmentFactory(person=house.lpdt, manager=house.chair)


@pytest.fixture
def pair(enrolment, house):
    return MentorshipFactory(enrolment=enrolment, mentor=house.pqa)


def told(pair):
    """Everything the two, and the learner, may say, each with its mark."""
    both = {"by": pair.mentor}
    mentoring.wish(pair.enrolment, competencies=[], text=MARKS["wish"])
    pair = mentoring_sessions.set_goals(
        pair, goals=MARKS["goal"], seen_version=pair.version, **both
    )
    day = date(2026, 11, 2)
    mentoring_sessions.meet(pair, held_on=day, minutes=60, theme=MARKS["theme"], **both)
    mentoring_sessions.agree(
        pair, text=MARKS["action"], person=pair.mentor, due_on=date(2026, 11, 30), **both
    )
    mentoring_sessions.note(pair, text=MARKS["note"], **both)
    mentoring_sessions.say_how_it_goes(pair, health="talk", text=MARKS["health"], **both)
    return pair


def read_by(as_person, person, pair):
    """Everything about the pair that this person can open, as one text."""
    client = as_person(person)
    addresses = [
        *(f"{INDEX}?show={show}" for show in ("mentors", "alone", "pairs")),
        pair.get_absolute_url(),
        reverse("teams:mentor-choice", args=[pair.enrolment_id]),
        reverse("teams:person", args=[pair.mentor_id]),
        reverse("teams:person", args=[pair.enrolment.person_id]),
        reverse("kernel:inbox"),
        reverse("kernel:search") + "?q=SENTINEL",
        reverse("gates:home"),
    ]
    found = " ".join(client.get(address).text for address in addresses)
    return {word for word, mark in MARKS.items() if mark in found.replace("q=SENTINEL", "")}


def test_what_a_pair_says_reaches_whom_it_is_for_and_nobody_else(house, pair, as_person):
    pair = told(pair)
    mentoring.end(pair, by=pair.mentor, farewell=MARKS["farewell"], seen_version=pair.version)
    seen = {
        name: read_by(as_person, getattr(house, name), pair)
        for name in ("pqa", "lpdt", "chair", "academy", "assessor", "administrator", "outsider")
    }
    assert seen == {
        "pqa": {"goal", "theme", "action", "note", "health"},
        "lpdt": {"goal", "theme", "action", "wish"},
        "chair": set(),
        "academy": {"health", "wish", "farewell"},
        "assessor": set(),
        "administrator": set(),
        "outsider": set(),
    }


def test_what_a_pair_says_is_in_no_mail_notice_or_ledger(pair):
    told(pair)
    kept = [*Notice.objects.values_list("text", flat=True)]
    kept += [*OutboxMessage.objects.values_list("body", flat=True)]
    kept += [str(body) for body in LedgerEntry.objects.values_list("body", flat=True)]
    assert not [mark for mark in MARKS.values() if mark in " ".join(kept)]


def test_a_learner_chooses_a_mentor_who_accepts(client, house, enrolment):
    MentorOfferFactory(person=house.pqa, about="Ask me about suppliers.")
    client.force_login(house.lpdt)
    address = reverse("teams:mentor-choice", args=[enrolment.pk])
    assert "Ask me about suppliers." in client.get(address).text

    answer = client.post(f"{address}proposal/", {"mentor": house.pqa.pk})
    row = Mentorship.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, row.get_absolute_url())

    client.force_login(house.pqa)
    assert "Be their mentor" in client.get(row.get_absolute_url()).text
    client.post(f"{row.get_absolute_url()}acceptance/", {"version": row.version})
    row.refresh_from_db()
    assert row.state == "active"


def test_a_full_mentor_is_not_chosen_but_by_the_academy_with_a_reason(client, house, enrolment):
    mentor = MentorOfferFactory().person
    for _place in range(3):
        MentorshipFactory(mentor=mentor)
    address = reverse("teams:mentor-choice", args=[enrolment.pk])
    client.force_login(house.lpdt)
    assert "3 of 3, full" in client.get(address).text
    assert client.post(f"{address}proposal/", {"mentor": mentor.pk}).status_code == 409

    client.force_login(house.academy)
    wanted = {"mentor": mentor.pk, "reason": "Nobody else speaks Czech."}
    assert client.post(f"{address}proposal/", wanted).status_code == 302
    assert "4 of 3" in client.get(INDEX).text
    assert (
        "Nobody else speaks Czech."
        in client.get(f"{INDEX}{Mentorship.objects.get(enrolment=enrolment).pk}/").text
    )


def test_nobody_else_opens_the_choice_or_the_pair(client, house, pair):
    choice = reverse("teams:mentor-choice", args=[pair.enrolment_id])
    for person in (house.chair, house.assessor, house.administrator, house.outsider):
        client.force_login(person)
        for address in (pair.get_absolute_url(), choice):
            assert client.get(address).status_code == 404


def test_who_runs_the_academy_looks_and_does_not_act_for_the_pair(client, house, pair):
    client.force_login(house.academy)
    for act in ("sessions", "goals", "actions", "notes", "health", "acceptance"):
        assert client.post(f"{pair.get_absolute_url()}{act}/", {}).status_code == 403
    assert (
        client.post(f"{pair.get_absolute_url()}end/", {"version": pair.version}).status_code == 302
    )


def test_a_learner_keeps_no_notes_as_the_mentor_does(client, house, pair):
    client.force_login(house.lpdt)
    assert "Private notes" not in client.get(pair.get_absolute_url()).text
    assert client.post(f"{pair.get_absolute_url()}notes/", {"text": "x"}).status_code == 403


def test_the_two_note_sessions_goals_actions_notes_and_health(client, house, pair):
    client.force_login(house.pqa)
    here = pair.get_absolute_url()
    posts = [
        ("sessions/", {"held_on": "2026-11-20", "minutes": 60, "theme": "A slip"}),
        ("goals/", {"goals": "Delegate", "version": pair.version}),
        ("actions/", {"text": "Ask Ines", "person": house.lpdt.pk, "due_on": "2026-12-01"}),
        ("notes/", {"text": "Listens well"}),
        ("health/", {"health": "well"}),
    ]
    for path, data in posts:
        assert client.post(here + path, data).status_code == 302, path
    page = client.get(here).text
    for said in ("A slip", "Delegate", "Ask Ines", "Listens well", "It goes well"):
        assert said in page
    done = reverse("teams:mentorship-action-done", args=[pair.actions.get().pk])
    client.force_login(house.outsider)
    assert client.post(done).status_code == 404
    client.force_login(house.lpdt)
    assert client.post(done).status_code == 302
    assert "Listens well" not in client.get(here).text


def test_what_cannot_be_read_is_shown_again(client, house, pair):
    client.force_login(house.pqa)
    here = pair.get_absolute_url()
    for path in ("sessions/", "actions/", "notes/", "health/", "goals/"):
        assert client.post(here + path, {}).status_code == 422, path


def test_an_offer_is_made_and_taken_back(client, house):
    code = CompetencyFactory().code
    client.force_login(house.pqa)
    address = reverse("teams:mentor-offer")
    client.post(address, {"is_open": "on", "competencies": [code], "about": "Ask me."})
    assert MentorOffer.objects.get().competencies == [code]
    assert "checked" in client.get(address).text
    client.post(address, {"about": "No time."})
    assert not MentorOffer.objects.get().is_open


def test_a_wish_is_the_learner_s(client, house, enrolment):
    address = reverse("teams:mentor-wish", args=[enrolment.pk])
    client.force_login(house.academy)
    assert client.post(address, {"text": "x"}).status_code == 404
    client.force_login(house.lpdt)
    assert client.post(address, {"text": "Somebody patient"}).status_code == 302
    assert MentorWish.objects.get().text == "Somebody patient"


def test_a_page_costs_the_same_for_any_number(
    client, house, pair, django_assert_max_num_queries, no_lazy_fetch
):
    counts = []
    for _round in (1, 2):
        MentorshipFactory(mentor=house.pqa, exceeds="Needed")
        MentorshipFactory(enrolment__person=house.lpdt, enrolment__path__code=f"X{_round}")
        MentorOfferFactory(person=PersonFactory())
        EnrolmentFactory()
        MentoringSessionFactory(mentorship=pair, held_on=date(2026, 8, _round))
        MentorNote.objects.create(mentorship=pair, author=house.pqa, text="A note")
        now = []
        for person in (house.pqa, house.lpdt, house.academy):
            client.force_login(person)
            for address in (
                *(f"{INDEX}?show={show}" for show in ("mentors", "alone", "pairs")),
                pair.get_absolute_url(),
                reverse("teams:mentor-choice", args=[pair.enrolment_id]),
            ):
                with django_assert_max_num_queries(12) as seen:
                    client.get(address)
                now.append(len(seen))
        counts.append(now)
    assert counts[0] == counts[1]


def test_a_new_mentor_reads_how_far_the_learner_is_and_the_former_one_no_more(pair, as_person):
    former = pair.mentor
    mentoring.end(pair, by=former, seen_version=pair.version)
    now = MentorshipFactory(enrolment=pair.enrolment)
    url = pair.enrolment.get_absolute_url()
    assertContains(as_person(now.mentor).get(now.get_absolute_url()), url)
    assert as_person(now.mentor).get(url).status_code == 200
    assertNotContains(as_person(former).get(pair.get_absolute_url()), url)
    assert as_person(former).get(url).status_code == 404
