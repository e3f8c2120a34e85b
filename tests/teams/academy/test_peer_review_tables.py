"""Reviews by colleagues as tables: what comes in, what bad rows lack, what reports keep."""

from datetime import date

import pytest

from teams.models import PeerAnswer, PeerRater, PeerReview
from teams.queries.academy import peer_reviews
from tests.factories import PersonFactory
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.academy_mentoring import PeerFormFactory, PeerReviewFactory
from tests.factories.academy_practice import element_of
from tests.factories.people import FunctionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]

HEAD = "person,path,enrolled_on,element"
KEY = "LEARNER,LPDT-1,2026-06-29,Z-360"
SECRET = "Only the learner reads this."
RATERS = [("ONE", "peer"), ("TWO", "peer"), ("BOSS", "manager"), ("HOST", "other")]
ANSWERS = "".join(
    f'{KEY},{who},P01={n} P02=3,"{SECRET}\n\n-"\n' for n, (who, _) in enumerate(RATERS, 1)
)
FILES = {
    "peer_reviews.csv": (
        f"{HEAD},state,opened_on,due_on,closed_on,agreed_by,keep,change\n"
        f"{KEY},told,2026-11-02,2026-11-16,2026-11-12,MENTOR,I listen.,I ask.\n"
    ),
    "peer_raters.csv": (
        f"{HEAD},rater,group,answered_on,declined_on\n"
        + "".join(f"{KEY},{who},{group},2026-11-09,\n" for who, group in RATERS)
        + f"{KEY},THIRD,peer,,2026-11-05\n"
    ),
    "peer_answers.csv": f"{HEAD},rater,scores,comments\n{ANSWERS}",
}


@pytest.fixture
def ground():
    pm = FunctionFactory(code="PM")
    codes = ("LEARNER", "MENTOR", "ONE", "TWO", "THIRD", "BOSS")
    people = {code: PersonFactory(code=code, function=pm) for code in codes}
    PersonFactory(code="HOST", function=FunctionFactory(code="SVC"))
    one = EnrolmentFactory(person=people["LEARNER"], enrolled_on=date(2026, 6, 29))
    MentorshipFactory(enrolment=one, mentor=people["MENTOR"])
    element_of(one.path, "Z-360", "PEER_REVIEW")
    element_of(one.path, "E-PDP", "PDP")
    PeerFormFactory()
    return one


def test_a_review_comes_in_once_with_what_was_answered(bring_in):
    assert [str(problem) for problem in bring_in(FILES).problems] == []
    row = PeerReview.objects.get()
    assert (row.state, row.closed_on, row.agreed_by.code) == ("told", date(2026, 11, 12), "MENTOR")
    assert PeerRater.objects.filter(named_by__code="LEARNER").count() == 5
    found = peer_reviews.result(row)
    assert (found.items[0].result.all.value, found.items[0].result.all.n) == (2.5, 4)
    assert found.comments[0][1] == [SECRET] * 4
    assert found.comments[1][1] == []
    again = bring_in(FILES)
    assert not again.problems
    assert (again.total("added"), again.total("changed")) == (0, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("peer_reviews.csv", "Z-360", "E-PDP", "element"),
        ("peer_reviews.csv", "2026-11-16", "2026-11-01", "due_on"),
        ("peer_reviews.csv", "2026-11-12", "", "closed_on"),
        ("peer_reviews.csv", "I listen.", "", "keep"),
        ("peer_reviews.csv", "told", "closed", "keep"),
        ("peer_reviews.csv", "told", "naming", "state"),
        ("peer_raters.csv", f"{KEY},HOST,other,2026-11-09,\n", "", "state"),
        ("peer_raters.csv", "THIRD,peer", "MENTOR,peer", "rater"),
        ("peer_raters.csv", "THIRD,peer", "LEARNER,peer", "rater"),
        ("peer_raters.csv", "THIRD,peer", "THIRD,other", "group"),
        ("peer_raters.csv", "THIRD,peer,,", "THIRD,peer,2026-11-05,", "answered_on"),
        (
            "peer_raters.csv",
            "ONE,peer,2026-11-09,",
            "ONE,peer,2026-11-09,2026-11-09",
            "declined_on",
        ),
        ("peer_answers.csv", "P01=1 P02=3", "P01=6", "scores"),
        ("peer_answers.csv", "P01=1 P02=3", "P09=1", "scores"),
        ("peer_answers.csv", f"{SECRET}\n\n-", SECRET, "comments"),
    ],
)
def test_a_bad_row_is_named(bring_in, file, old, new, column):
    assert old in FILES[file]
    report = bring_in(FILES | {file: FILES[file].replace(old, new, 1)})
    assert column in {problem.column for problem in report.problems}
    assert not PeerReview.objects.exists()


def test_what_was_answered_is_neither_changed_nor_told(bring_in):
    bring_in(FILES)
    for old, new in ((SECRET, "Something else."), ("P01=1 P02=3", "P01=5")):
        answers = FILES["peer_answers.csv"].replace(old, new, 1)
        said = " ".join(map(str, bring_in(FILES | {"peer_answers.csv": answers}).problems))
        assert "never edited" in said
        assert SECRET not in said
        assert "P01" not in said
    assert PeerAnswer.objects.filter(scores__P01=1, comments__0=SECRET).exists()


def test_names_that_are_being_chosen_stay_where_they_are(bring_in, ground):
    PeerReviewFactory(
        enrolment=ground,
        element=ground.path.stages.get(elements__code="Z-360").elements.get(code="Z-360"),
    )
    assert bring_in(FILES).problems
