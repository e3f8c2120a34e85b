"""The five levels on which training is judged, each with its rule of what may be shown."""

import pytest
from django.urls import reverse

from ipd.kernel.days import today
from teams.models import ReturnLine
from tests.factories.academy import (
    EnrolmentFactory,
    PathElementFactory,
    PathStageFactory,
)
from tests.factories.academy_effects import (
    GatePackFactory,
    PackRatingFactory,
    StageFeedbackFactory,
    StudyFactory,
    promoted,
)
from tests.factories.company import seated
from tests.factories.people import TeamFactory
from tests.teams.academy.pages import text_of

pytestmark = pytest.mark.django_db
INDEX = "/academy/effects/"


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_reactions_are_shown_from_five(lead, path, n, shown):
    stage = PathStageFactory(path=path)
    for _ in range(n):
        StageFeedbackFactory(stage=stage, enrolment__path=path)
    page = text_of(lead.get(INDEX))
    assert ("4.3 <small>of 5" in page) is shown


def test_no_gain_is_shown_where_nobody_sat_both_tests(lead, path):
    assert "0 have sat both tests" in text_of(lead.get(INDEX))


def test_the_gain_is_of_those_who_sat_both(lead, path):
    stage = PathStageFactory(path=path)
    tests = [
        PathElementFactory(stage=stage, code=code, kind="ASSESSMENT") for code in ("PRE", "POST")
    ]
    path.tests.create(code="PRE", element="PRE", modules=[], difficulties=[])
    path.tests.create(code="POST", element="POST", modules=[], difficulties=[], avoid="PRE")
    for _ in range(5):
        one = EnrolmentFactory(path=path)
        for element, score in zip(tests, (54, 81), strict=True):
            one.results.create(
                element=element, state="done", score=score, started_on=today(), done_on=today()
            )
    assert "Normalised gain 0.59 of those who sat both (n = 5)" in text_of(lead.get(INDEX))


def test_packs_are_compared_by_leader_from_five_on(lead, path):
    def rated(trained, level):
        pack = GatePackFactory(was_trained=trained)
        for _ in range(2):
            PackRatingFactory(pack=pack, level=level, reason="Seen.", rated_on=today())

    for n in range(5):
        rated(True, 4)
        rated(False, 3 if n else 4)
    page = text_of(lead.get(INDEX))
    assert "4.00 <small>n = 5" in page
    assert "3.20 <small>n = 5" in page


def test_a_return_is_a_range_with_its_assumptions(lead, path):
    for kind, low, base, high in [("cost", 80, 100, 160), ("benefit", 120, 250, 320)]:
        ReturnLine.objects.create(
            path_code=path.code, year=2026, kind=kind, text=kind, low=low, base=base, high=high
        )
    page = text_of(lead.get(INDEX))
    assert "between -0.25 and 3.00, 1.50 by the middle" in page


def test_an_assumption_is_kept_and_dropped(lead, path):
    url = reverse("teams:effects-returns", args=[path.code])
    given = {"path_code": path.code, "year": 2026, "kind": "cost", "text": "Mentors' time"}
    assert lead.post(url, given | {"low": 1, "base": 3, "high": 2}).status_code == 422
    assert lead.post(url, given | {"low": 1, "base": 2, "high": 3}).status_code == 302
    line = ReturnLine.objects.get()
    assert lead.post(reverse("teams:effects-return-removal"), {"line": line.pk}).status_code == 302
    assert not ReturnLine.objects.exists()


@pytest.mark.parametrize("role", ["lpdt", "assessor", "outsider", "administrator", "chair"])
def test_others_do_not_read_what_training_changed(house, as_person, role, path):
    assert as_person(getattr(house, role)).get(INDEX).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_study_and_three(
    lead, path, n, django_assert_max_num_queries
):
    for _ in range(n):
        promoted(StudyFactory())
    with django_assert_max_num_queries(12):
        lead.get(INDEX)


def test_no_small_stage_is_reckoned_from_the_others(lead, path):
    for number, n in enumerate([6, 5, 3], start=1):
        stage = PathStageFactory(path=path, number=number)
        for _ in range(n):
            StageFeedbackFactory(stage=stage, enrolment__path=path)
    page = text_of(lead.get(INDEX))
    assert page.count("fewer than five: not shown") == 3  # this stage, and the tests of level 2
    assert page.count("a smaller stage could be reckoned") == 1


def test_the_board_finds_the_page_and_no_way_into_cohorts(house, as_person, path):
    member = seated(TeamFactory(kind="IRB"), "MEMBER", "FIN")
    study = StudyFactory()
    client = as_person(member)
    assert INDEX in text_of(client.get("/academy/"))
    page = text_of(client.get(study.get_absolute_url()))
    assert "/academy/cohorts/" not in page
