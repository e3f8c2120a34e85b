"""Studies are put down before, filled once, and told in words that are chosen by rule."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.actions.academy import studies
from teams.models import Study, StudyRow
from tests.factories import PersonFactory
from tests.factories.academy import CohortFactory
from tests.factories.academy_effects import (
    StudyCohortFactory,
    StudyFactory,
    promoted,
    scored,
)
from tests.races import at_once, by_hands
from tests.teams.academy.pages import text_of

pytestmark = pytest.mark.django_db
INDEX = "/academy/effects/"


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


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_one_puts_a_study_down():
    by, cohort = PersonFactory(), CohortFactory()
    facts = {"code": "s1", "title": "S", "path_code": "LPDT-1", "outcome": "share"}
    facts |= {"measured": "x", "months": 12, "design": "lottery", "matched_on": ""}
    done, refused = at_once(
        by_hands(
            lambda _number: studies.register(cohorts=[cohort.pk], is_primary=False, by=by, **facts)
        ),
        refusals=Refused,
    )
    assert (len(done), len(refused)) == (1, 7)
