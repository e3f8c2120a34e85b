"""What reviews took, reviews held elsewhere, citations and counts come in by tables."""

from functools import partial

import pytest

from gates.models import Citation, CriterionCount, HeldReview, HourCost
from ipd.kernel.tables import importing
from tests.kernel.company_files import with_more

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
PAST = (
    "code,title,line,gate,kind,held_on,asked_on,told_on,people,preparing_hours,reading_hours,"
    "meeting_hours,as_recommended,unanimous,changed,deferrals,musts,waived,reopened\n"
    "PWR-1,Larch,PWR,CDCP,decision,2026-05-04,2026-04-20,2026-05-05,8,30,12.5,10,yes,no,no,"
    "1,9,1,no\n"
    "PWR-2,Birch,PWR,TR4,technical,2026-06-01,,,,,,,,,yes,0,6,0,no\n"
)
TOOK = (
    "product,gate,attempt,asked_on,told_on,people,preparing_hours,reading_hours,meeting_hours,"
    "recommended\n"
    "Q1,CDCP,2,2026-06-01,2026-06-12,7,20,9.5,10.5,GO\n"
    "Q1,TR2+3,1,2026-08-20,2026-09-04,5,8,4,6,PASS_RISK\n"
)
CITED = "product,gate,attempt,criterion,condition\nQ1,CDCP,2,CD-08,1\nQ1,CDCP,1,CD-10,\n"
COUNTED = "process,gate,criterion,assessed,hits,waived,period\nIPD,CHARTER,CH-13,34,0,,2021–2024\n"
TABLES = {
    "past_reviews": PAST,
    "review_hours": TOOK,
    "citations": CITED,
    "criterion_counts": COUNTED,
    "hour_costs": "valid_from,amount\n2026-01-01,82.00\n",
}
files = partial(with_more, TABLES)


def run(**changed):
    return importing.run(files(**changed))


def said(report) -> list[tuple[str, str]]:
    return [(problem.file, problem.column) for problem in report.problems]


def test_they_come_in_twice_without_a_change():
    assert said(run()) == []
    again = run()

    assert (again.total("added"), again.total("changed")) == (0, 0)
    here = HeldReview.objects.get(review__gate__code="CDCP", review__attempt=2)
    assert (here.days, here.hours, here.people) == (11, 40, 7)
    assert (here.is_as_recommended, here.has_changed) == (False, True)
    elsewhere = HeldReview.objects.get(code="PWR-1")
    assert (elsewhere.hours, elsewhere.days, elsewhere.is_unanimous) == (52.5, 15, False)
    assert HeldReview.objects.get(code="PWR-2").hours is None
    assert {row.condition and row.condition.number for row in Citation.objects.all()} == {1, None}
    assert CriterionCount.objects.get(elsewhere=True).assessed == 34
    assert HourCost.objects.get().amount == 82


def test_hours_that_were_stated_anew_change_the_row():
    run()

    report = run(review_hours=("20,9.5,10.5", "24,9.5,10.5"))

    assert report.total("changed") == 1
    assert HeldReview.objects.get(review__gate__code="CDCP", review__attempt=2).hours == 44


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"past_reviews": ("2026-05-05", "2026-04-01")}, ("past_reviews.csv", "told_on")),
        ({"past_reviews": ("12.5", "a lot")}, ("past_reviews.csv", "reading_hours")),
        ({"past_reviews": ("1,9,1,no", "1,9,10,no")}, ("past_reviews.csv", "waived")),
        ({"past_reviews": ("Larch,PWR", "Larch,XXX")}, ("past_reviews.csv", "line")),
        ({"past_reviews": ("decision", "guess")}, ("past_reviews.csv", "kind")),
        ({"review_hours": ("Q1,CDCP,2", "Q1,CDCP,7")}, ("review_hours.csv", "gate")),
        ({"review_hours": ("10.5,GO", "10.5,PERHAPS")}, ("review_hours.csv", "recommended")),
        ({"citations": ("CD-08", "PD-01")}, ("citations.csv", "criterion")),
        ({"citations": ("CD-08,1", "CD-08,9")}, ("citations.csv", "condition")),
        ({"criterion_counts": ("CH-13", "CH-99")}, ("criterion_counts.csv", "criterion")),
        ({"criterion_counts": ("34,0", "34,35")}, ("criterion_counts.csv", "hits")),
        ({"hour_costs": ("82.00", "0.00")}, ("hour_costs.csv", "amount")),
    ],
)
def test_a_bad_cell_is_named_and_nothing_comes_in(changed, where):
    report = run(**changed)

    assert where in said(report)
    assert not report.applied
    assert not HeldReview.objects.exists()


def test_citations_are_never_edited():
    run()

    report = run(citations=("Q1,CDCP,2,CD-08,1", "Q1,CDCP,2,CD-09,2"))

    assert said(report) == [("citations.csv", "criterion")]
