"""Who learns what of an attempt: its person all of it, after submission; nobody else anything."""

import pytest
from pytest_django.asserts import assertContains

from teams.actions.academy import attempts as actions
from teams.models import ItemStatistic, ModuleItem
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.academy_reading import pool

pytestmark = pytest.mark.django_db
RIGHT, WHY, WRONG = "SENTINEL-RIGHT", "SENTINEL-WHY", "SENTINEL-WRONG"


@pytest.fixture
def attempt(lpdt, house):
    """Two numbers whose answers are 41.7; the learner's mentor and manager are there, too."""
    made = pool(items=2)
    ModuleItem.objects.update(stem="What is asked?")
    options = [{"text": f"{RIGHT} {n}", "right": n == 2} for n in range(3)]
    ModuleItem.objects.filter(code="M01-I01").update(content={"options": options}, explanation=WHY)
    ModuleItem.objects.filter(code="M01-I02").update(
        kind="number",
        content={"answer": 41.75, "tolerance": 0.25, "unit": "days", "formula": "FORMULA"},
        explanation=WHY,
    )
    enrolment = EnrolmentFactory(person=lpdt, manager=house.chair)
    MentorshipFactory(enrolment=enrolment, mentor=house.pqa)
    return actions.start(made, by=lpdt)


def pages(attempt):
    base = f"/academy/attempts/{attempt.pk}/"
    return [base, f"{base}result/", "/academy/assessments/M01/", "/academy/modules/", "/academy/"]


def test_before_submission_no_right_answer_leaves_the_server(attempt, lpdt, as_person):
    client = as_person(lpdt)
    said = ["41.75", "0.25", "FORMULA", WHY, '"right"', "M01-I0", "is_right", "tolerance"]
    for page in pages(attempt):
        answer = client.get(page, follow=True)
        told = answer.content.decode() + str(dict(answer.headers))
        assert [word for word in said if word in told] == [], page
    kept = client.post(
        f"{pages(attempt)[0]}answers/", {"q1": "1", "q2": "1"}, headers={"HX-Request": "true"}
    )
    told = kept.content.decode() + str(dict(kept.headers))
    assert [word for word in said if word in told] == []
    half = client.post(f"{pages(attempt)[0]}submission/", {})
    assert half.status_code == 422
    assert [word for word in said if word in half.content.decode()] == []


def test_where_an_option_stands_says_nothing_of_it(attempt, lpdt, as_person):
    """Values are places on the page, in their order: 0, 1, 2, whatever was drawn."""
    page = as_person(lpdt).get(pages(attempt)[0]).content.decode()
    places = [page.index(f'value="{place}"') for place in range(3)]
    assert places == sorted(places)


def test_after_submission_the_learner_sees_what_was_right_and_why(attempt, lpdt, as_person):
    actions.submit(attempt, {}, may_be_incomplete=True)
    page = as_person(lpdt).get(pages(attempt)[1])
    assertContains(page, WHY, count=2)
    assertContains(page, "41.75 days")
    assert "no-store" in page["Cache-Control"]


def test_nobody_else_sees_an_attempt(attempt, house, as_person):
    actions.submit(attempt, {}, may_be_incomplete=True)
    for person in (
        *(house.academy, house.assessor, house.pqa, house.chair),
        *(house.administrator, house.outsider),
    ):
        client = as_person(person)
        for page in pages(attempt)[:2]:
            assert client.get(page).status_code == 404
            assert client.post(page).status_code in {404, 405}
        for act in ("answers/", "submission/"):
            assert client.post(f"{pages(attempt)[0]}{act}").status_code == 404
        for page in [*pages(attempt)[2:], "/search/?q=SENTINEL", f"/people/{attempt.person_id}/"]:
            told = client.get(page).content.decode()
            assert [word for word in (RIGHT, WHY, "41.75") if word in told] == [], page


def test_no_mail_no_notice_and_no_ledger_tells_of_an_attempt(attempt, table_hashes):
    before = table_hashes()
    actions.submit(attempt, {}, may_be_incomplete=True)
    after = table_hashes()
    moved = {table for table in after if after[table] != before[table]}
    assert moved == {"teams_attempt", "teams_itemstatistic"}


def test_what_is_kept_of_items_names_nobody(attempt):
    actions.submit(attempt, {}, may_be_incomplete=True)
    fields = {field.name for field in ItemStatistic._meta.get_fields()}
    assert fields == {"item", "n", "right", "rest", "rest_squared", "rest_when_right"}
