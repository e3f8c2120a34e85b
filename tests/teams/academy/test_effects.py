"""What training changed is said by rule; who may read, put down and fill; what stays hidden."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.models import ReturnLine, StageFeedback, Study, StudyRow
from tests.factories.academy import (
    EnrolmentFactory,
    LearningPathFactory,
    PathElementFactory,
    PathStageFactory,
)
from tests.factories.academy_effects import (
    GatePackFactory,
    PackRatingFactory,
    StageFeedbackFactory,
    StudyCohortFactory,
    StudyFactory,
    promoted,
    scored,
)

pytestmark = pytest.mark.django_db
INDEX = "/academy/effects/"


@pytest.fixture
def lead(house, as_person):
    return as_person(house.academy)


@pytest.fixture
def path():
    return LearningPathFactory()


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


# Studies ----------------------------------------------------------------------------------


def test_the_worked_example_of_promotions_says_no_reliable_difference(lead):
    study = StudyFactory()
    promoted(study)
    page = text_of(lead.get(study.get_absolute_url()))
    assert "No reliable difference seen (n = 22 and 30)." in page
    assert "31.8 %" in page
    assert "-11.4 … 35.2" in page
    assert "p = 0.353" in page


def test_the_worked_example_of_team_scores_says_so_with_an_exact_p(lead):
    study = StudyFactory(outcome="change", measured="team score, points")
    scored(study)
    page = text_of(lead.get(study.get_absolute_url()))
    assert "No reliable difference seen (n = 5 and 6)." in page
    assert "35/462" in page
    assert "4.03" in page
    assert "p = 0.076" in page
    assert "-0.9 … 9.0" in page


@pytest.mark.parametrize(
    ("is_primary", "words"),
    [(True, "that chance hardly explains"), (False, "a question for the next cohort")],
)
def test_only_a_primary_outcome_is_called_found(lead, is_primary, words):
    study = StudyFactory()
    StudyCohortFactory(study=study, is_primary=is_primary)
    promoted(study, trained=(20, 22), others=(5, 30))
    assert words in text_of(lead.get(study.get_absolute_url()))


@pytest.mark.parametrize(
    ("trained", "others", "words"),
    [
        ((1, 4), (6, 30), "fewer than 5"),
        ((7, 22), (1, 4), "fewer than 5"),
        ((7, 22), (0, 0), "there is no comparison group"),
        ((0, 0), (0, 0), "Nothing has come in yet"),
    ],
)
def test_small_or_missing_groups_are_not_shown(lead, trained, others, words):
    study = StudyFactory()
    promoted(study, trained=trained, others=others)
    page = text_of(lead.get(study.get_absolute_url()))
    assert words in page
    assert "Fisher" not in page
    assert "Difference" not in page


def test_many_exploratory_studies_are_corrected_together(lead):
    for _ in range(2):
        promoted(StudyFactory())
    study = StudyFactory()
    promoted(study)
    assert "Corrected for many" in text_of(lead.get(study.get_absolute_url()))


def test_a_study_is_put_down_with_its_cohort_in_the_ledger(lead, path):
    cohort = StudyCohortFactory().cohort
    answer = lead.post(
        reverse("teams:study-new"),
        {
            "code": "promotion-12",
            "title": "Are the trained promoted sooner?",
            "path_code": path.code,
            "cohorts": [cohort.pk],
            "outcome": "share",
            "measured": "promotion",
            "months": 12,
            "design": "matched",
            "matched_on": "function, grade",
            "is_primary": "on",
        },
    )
    study = Study.objects.get(code="promotion-12")
    assert answer.status_code == 302
    assert study.registered_on == today()
    assert LedgerEntry.objects.filter(kind="study-registered").count() == 1


def test_a_second_primary_study_of_a_cohort_is_refused(lead, path):
    cohort = StudyCohortFactory(is_primary=True).cohort
    answer = lead.post(
        reverse("teams:study-new"),
        {
            "code": "again",
            "title": "Again?",
            "path_code": path.code,
            "cohorts": [cohort.pk],
            "outcome": "share",
            "measured": "promotion",
            "months": 12,
            "design": "lottery",
            "is_primary": "on",
        },
    )
    assert answer.status_code == 409
    assert not Study.objects.filter(code="again").exists()


def test_a_matched_study_says_on_what(lead, path):
    answer = lead.post(reverse("teams:study-new"), {"design": "matched", "code": "x"})
    assert answer.status_code == 422
    assert "matched_on" in answer.context["form"].errors


def test_rows_are_pasted_from_a_sheet(lead):
    study = StudyFactory()
    rows = "trained\tT1\tyes\ncomparison\tC1\tno\n"
    assert (
        lead.post(reverse("teams:study-rows", args=[study.pk]), {"rows": rows}).status_code == 302
    )
    assert set(study.rows.values_list("arm", "reference", "happened")) == {
        ("trained", "T1", True),
        ("comparison", "C1", False),
    }


def test_every_bad_row_is_named_and_none_is_kept(lead):
    study = StudyFactory()
    rows = "trained,T1,yes\nschooled,T2,yes\ntrained,T3,perhaps\ntrained,T4"
    answer = lead.post(reverse("teams:study-rows", args=[study.pk]), {"rows": rows})
    page = text_of(answer)
    assert answer.status_code == 422
    assert all(f"Row {n}:" in page for n in (2, 3, 4))
    assert "schooled,T2" in page
    assert not StudyRow.objects.exists()


def test_a_row_comes_in_once(lead):
    study = StudyFactory()
    promoted(study, trained=(1, 1), others=(0, 0))
    answer = lead.post(
        reverse("teams:study-rows", args=[study.pk]), {"rows": "trained,trained-0,no"}
    )
    assert answer.status_code == 409
    assert study.rows.get().happened is True


def test_a_study_with_rows_never_changes():
    study = StudyFactory()
    promoted(study)
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(measured="something nicer")
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyRow.objects.filter(study=study).update(happened=True)


# The five levels ----------------------------------------------------------------------------


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


# Who may --------------------------------------------------------------------------------------


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


# Reactions, checks, packs ---------------------------------------------------------------------

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
