"""Reactions, checks after ninety days and ratings of packs reach those they are for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.models import StageFeedback
from teams.queries.academy import feedback
from tests.factories.academy import EnrolmentFactory, PathStageFactory
from tests.factories.academy_effects import PackRatingFactory
from tests.teams.academy.pages import text_of

pytestmark = pytest.mark.django_db


FIVES = {"relevance": 5, "confidence": 4, "recommends": 4}


def test_a_learner_reacts_once_to_a_stage_behind_them(as_person, path):
    stage = PathStageFactory(path=path, number=0)
    enrolment = EnrolmentFactory(path=path, stage=1)
    url = reverse("teams:stage-reaction", args=[stage.pk])
    browser = as_person(enrolment.person)
    assert browser.get(url).status_code == 200
    assert browser.post(url, FIVES).status_code == 302
    assert browser.post(url, FIVES).status_code == 409
    assert StageFeedback.objects.get().enrolment == enrolment


def test_a_stage_ahead_is_not_judged(as_person, path):
    stage = PathStageFactory(path=path, number=2)
    enrolment = EnrolmentFactory(path=path, stage=1)
    answer = as_person(enrolment.person).post(
        reverse("teams:stage-reaction", args=[stage.pk]), FIVES
    )
    assert answer.status_code == 409


def test_a_stage_of_a_path_one_does_not_walk_is_not_there(as_person, house, path):
    stage = PathStageFactory(path=path)
    url = reverse("teams:stage-reaction", args=[stage.pk])
    assert as_person(house.academy).get(url).status_code == 404


CHECK = {"decides": 4, "tells": 5, "agrees": 3, "example": "MARKER-CHECK in the room"}


def certified(days):
    return EnrolmentFactory(state="certified", ended_on=today() - timedelta(days=days))


def test_a_manager_looks_after_ninety_days_and_only_the_learner_reads_it(as_person, house):
    enrolment = certified(91)
    url = reverse("teams:manager-check", args=[enrolment.pk])
    assert as_person(enrolment.manager).post(url, CHECK).status_code == 302
    for reader in (enrolment.manager, enrolment.person):
        assert "MARKER-CHECK" in text_of(as_person(reader).get(url))
    for other in (house.academy, house.administrator, house.outsider):
        assert as_person(other).get(url).status_code == 404
    assert not LedgerEntry.objects.filter(body__icontains="MARKER-CHECK").exists()


def test_a_check_is_due_ninety_days_after_the_certificate(as_person):
    enrolment = certified(100)
    ((_pk, _who, _what, due),) = feedback.checks(enrolment.manager)
    assert due == today() - timedelta(days=10)


def test_a_check_waits_for_its_day_and_for_the_manager(as_person):
    enrolment = certified(89)
    url = reverse("teams:manager-check", args=[enrolment.pk])
    assert as_person(enrolment.manager).post(url, CHECK).status_code == 409
    assert as_person(enrolment.person).post(url, CHECK).status_code == 403


def test_a_pack_goes_to_two_assessors_who_do_not_learn_who_was_trained(house, as_person, lead):
    trained = certified(200)
    given = {
        "code": "p04-pdcp",
        "title": "PDCP of Fjord",
        "link": "/gates/",
        "leader": trained.person.code,
        "locked_on": today().isoformat(),
        "first": house.assessor.code,
        "second": house.academy.email,
    }
    assert lead.post(reverse("teams:gate-pack-new"), given).status_code == 302
    pack = house.assessor.pack_ratings.get().pack
    assert pack.was_trained
    page = text_of(as_person(house.assessor).get(pack.get_absolute_url()))
    assert trained.person.name not in page
    assert "trained" not in page.split("<main", 1)[1].split("</main>", 1)[0].lower()


@pytest.mark.parametrize("second", ["assessor", "outsider"])
def test_a_pack_needs_two_different_assessors(house, lead, second):
    given = {
        "code": "p",
        "title": "P",
        "link": "/gates/",
        "leader": house.lpdt.code,
        "locked_on": today().isoformat(),
        "first": house.assessor.code,
        "second": getattr(house, second).code,
    }
    assert lead.post(reverse("teams:gate-pack-new"), given).status_code in (409, 422)


def test_an_assessor_rates_alone_and_once(house, as_person):
    rating = PackRatingFactory(assessor=house.assessor)
    other = PackRatingFactory(pack=rating.pack, level=2, reason="MARKER-RATING", rated_on=today())
    url = rating.pack.get_absolute_url()
    browser = as_person(house.assessor)
    assert "MARKER-RATING" not in text_of(browser.get(url))
    assert browser.post(url, {"level": 4, "reason": "Honest annex."}).status_code == 302
    assert browser.post(url, {"level": 5, "reason": "Again."}).status_code == 409
    assert "MARKER-RATING" not in text_of(browser.get(url))
    assert as_person(house.academy).get(url).status_code == 404
    assert other.level == 2


def test_packs_are_listed_for_the_lead_without_levels(lead):
    PackRatingFactory(level=2, reason="MARKER-RATING", rated_on=today())
    page = text_of(lead.get(reverse("teams:gate-pack-list")))
    assert "1/1" in page
    assert "MARKER-RATING" not in page
