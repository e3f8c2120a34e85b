"""The pages of reviews by colleagues: who reads what, and what never gets there."""

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import peer_reviews
from teams.models import PeerAnswer, PeerRater, PeerReview
from tests.factories.academy import EnrolmentFactory, MentorshipFactory, PathElementFactory
from tests.factories.academy_mentoring import PeerFormFactory, PeerRaterFactory, PeerReviewFactory
from tests.teams.academy.peer_reviews import agreed, closed, named

pytestmark = pytest.mark.django_db
INDEX = "/academy/peer-reviews/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def review(house):
    """The learner is the lead, the mentor the one for quality, the manager chairs the board."""
    row = PeerReviewFactory(enrolment=EnrolmentFactory(person=house.lpdt, manager=house.chair))
    MentorshipFactory(enrolment=row.enrolment, mentor=house.pqa)
    return row


def pages(review, raters):
    found = [
        f"{INDEX}",
        review.get_absolute_url(),
        reverse("kernel:inbox"),
        reverse("kernel:search") + "?q=SENTINEL",
        reverse("teams:person", args=[review.enrolment.person_id]),
        reverse("teams:enrolment", args=[review.enrolment_id]),
        reverse("gates:home"),
    ]
    return found + [rater.get_absolute_url() for rater in raters]


def read_by(as_person, person, review, raters):
    client = as_person(person)
    return " ".join(client.get(address).text for address in pages(review, raters))


def test_answers_reach_the_learner_alone_and_no_name_with_them(house, review, as_person):
    row, raters = closed(review, [5, 4, 2, 2], comments=("SENTINEL-KEEP", "SENTINEL-CHANGE"))
    marks = ("SENTINEL-KEEP", "SENTINEL-CHANGE", "3.2")
    learner = read_by(as_person, house.lpdt, row, []).replace("q=SENTINEL", "")
    assert all(mark in learner for mark in marks)
    result = as_person(house.lpdt).get(row.get_absolute_url()).text
    comments = result[result.index("What they see") : result.index('id="raters"')]
    assert not [rater for rater in raters if rater.person.name in comments]

    people = [house.pqa, house.chair, house.academy, house.assessor, house.administrator]
    for person in [*people, house.outsider, *(rater.person for rater in raters)]:
        text = read_by(as_person, person, row, raters).replace("q=SENTINEL", "")
        assert not [mark for mark in marks[:2] if mark in text], person
        assert "What they see" not in text, person


def test_answers_are_in_no_mail_notice_or_ledger(review):
    closed(review, [5, 4, 2, 2], comments=("SENTINEL-KEEP", "SENTINEL-CHANGE"))
    kept = [*Notice.objects.values_list("text", flat=True)]
    kept += [*OutboxMessage.objects.values_list("body", flat=True)]
    kept += [str(body) for body in LedgerEntry.objects.values_list("body", flat=True)]
    assert "SENTINEL" not in " ".join(kept)


def test_nobody_learns_who_has_answered(house, review, as_person):
    row, raters = agreed(review)

    def seen(person):
        page = as_person(person).get(row.get_absolute_url()).text
        return page[page.index('id="raters"') : page.index("</aside>")]

    before = seen(house.academy), seen(house.lpdt)
    peer_reviews.answer(raters[0], scores={"P01": 1}, comments=[], by=raters[0].person)
    after = seen(house.academy), seen(house.lpdt)
    for old, new in zip(before, after, strict=True):
        lists = [text[: text.index("</ul>")] for text in (old, new)]
        assert lists[0] == lists[1]
    assert "1 of 4 answered" in as_person(house.academy).get(row.get_absolute_url()).text


def test_a_learner_begins_names_and_reads(client, house):
    enrolment = EnrolmentFactory(person=house.lpdt)
    element = PathElementFactory(stage__path=enrolment.path, kind="PEER_REVIEW")
    PeerFormFactory()
    client.force_login(house.lpdt)
    address = reverse("teams:peer-review-new", args=[enrolment.pk, element.pk])
    assert client.get(address).status_code == 200
    for _time in (1, 2):
        client.post(address)
    row = PeerReview.objects.get()
    there = row.get_absolute_url()

    assert (
        client.post(f"{there}raters/", {"person": "no@one.x", "group": "peer"}).status_code == 422
    )
    wanted = {"person": house.member.email, "group": "peer"}
    assert client.post(f"{there}raters/", wanted).status_code == 302
    assert house.member.name in client.get(there).text
    rater = PeerRater.objects.get()
    client.post(reverse("teams:peer-review-rater-removal", args=[rater.pk]))
    assert not PeerRater.objects.exists()
    assert client.post(f"{there}agreement/", {"version": row.version}).status_code == 403


def test_a_colleague_answers_on_a_form_of_their_own(client, house, review):
    _row, raters = agreed(review)
    there = raters[0].get_absolute_url()
    client.force_login(raters[1].person)
    assert client.get(there).status_code == 404
    client.force_login(raters[0].person)
    page = client.get(there).text
    assert "P01 anchor 5" in page
    assert "I could not see this" in page
    assert "your style may be recognised" in page
    assert client.post(there, {"P01": "6", "P02": "3"}).status_code == 422
    answer = {"P01": "4", "P02": "0", "comment-0": "Go on", "comment-1": ""}
    assert client.post(there, answer).status_code == 302
    kept = PeerAnswer.objects.get()
    assert (kept.scores, kept.comments) == ({"P01": 4}, ["Go on", ""])
    assert "Go on" not in client.get(there).text
    assert client.post(there, answer).status_code == 409


def test_the_whole_way_in_the_browser(client, house, review):
    row, raters = review, named(review)
    client.force_login(house.pqa)
    there = row.get_absolute_url()
    assert raters[0].person.name in client.get(there).text
    assert client.post(f"{there}agreement/", {"version": row.version}).status_code == 302
    assert client.get(there).status_code == 404  # the mentor's part is over
    for rater in raters:
        peer_reviews.answer(rater, scores={"P01": 4}, comments=[], by=rater.person)
    client.force_login(house.lpdt)
    row.refresh_from_db()
    day = {"due_on": "2026-12-20", "version": row.version}
    assert client.post(f"{there}day/", day).status_code == 302
    assert client.post(f"{there}closing/", {"version": row.version + 1}).status_code == 302
    row.refresh_from_db()
    assert client.post(f"{there}telling/", {"version": row.version}).status_code == 422
    told = {"keep": "Listening", "change": "My calendar", "version": row.version}
    client.force_login(house.academy)
    assert client.post(f"{there}telling/", told).status_code == 403
    client.force_login(house.lpdt)
    assert client.post(f"{there}telling/", told).status_code == 302
    client.force_login(raters[0].person)
    assert "My calendar" in client.get(raters[0].get_absolute_url()).text


def test_pages_cost_the_same_for_any_number(
    client, house, review, django_assert_max_num_queries, request
):
    row, raters = closed(review, [4, 4, 4, 4])
    request.getfixturevalue("no_lazy_fetch")
    counts = []
    for _round in (1, 2):
        PeerRaterFactory(person=house.lpdt, review__state="agreed", review__due_on="2026-12-01")
        PeerRaterFactory(review=row)
        now = []
        for person, address in [
            (house.lpdt, row.get_absolute_url()),
            (house.lpdt, INDEX),
            (house.academy, row.get_absolute_url()),
            (house.academy, INDEX),
            (raters[0].person, raters[0].get_absolute_url()),
        ]:
            client.force_login(person)
            with django_assert_max_num_queries(12) as seen:
                client.get(address)
            now.append(len(seen))
        counts.append(now)
    assert counts[0] == counts[1]
