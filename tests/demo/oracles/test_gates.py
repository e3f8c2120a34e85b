"""The demonstration company tells the numbers it was written to tell, each from its rows."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count, F, Q, Sum

from gates.measures.first_attempts import gate_first_pass
from gates.models import (
    Condition,
    Decision,
    Dissent,
    Review,
    ReviewCriterion,
    Score,
    Tailoring,
    Vote,
    Waiver,
)
from gates.models.reviews import Stage
from ipd.demo.sign_ins import SIGN_INS
from ipd.kernel.measures import MEASURES
from ipd.kernel.tables import files, importing
from ipd.models import PortfolioRow, Product
from teams.models import Person, Seat

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[3] / "ipd" / "demo" / "norvane"
DAY = date(2026, 11, 22)
FIRST, LAST = date(2025, 11, 23), DAY
LINES = ("OPT", "RAN", "IND")


def held(**more):
    return Review.objects.real().held().filter(gate__in_statistics=True, **more)


def first_attempts(**more):
    return held(attempt=1, held_on__range=(FIRST, LAST), gate__unplanned=False, **more)


def share(rows, condition) -> tuple[int, int]:
    return rows.filter(condition).count(), rows.count()


def measured(key, *, first=FIRST, **products) -> tuple[int, int]:
    ids = list(Product.objects.filter(**products).values_list("pk", flat=True))
    reading = MEASURES[key].of(ids, first, LAST)
    return reading.numerator, reading.denominator


PASSES, CLEAN = Q(outcome__passes=True), Q(outcome__passes_clean=True)
WITHIN_A_WEEK = Q(held_on__lte=F("baseline_on") + timedelta(days=7))


def test_it_comes_in_twice_without_a_change(norvane):
    again = importing.run(files.open_folder(FOLDER), as_of=DAY)

    assert norvane.shift_days == 0
    assert (again.total("added"), again.total("changed")) == (0, 0)


def test_people_products_and_teams():
    assert Person.objects.count() == 65 + 36  # and 36 who learn, without a seat
    assert Product.objects.count() == 12
    assert {email for email, *_rest in SIGN_INS} <= set(
        Person.objects.values_list("email", flat=True)
    )


def test_reviews_held_and_open():
    assert Review.objects.real().held().count() == 76
    assert Review.objects.real().open().count() == 17
    assert Review.objects.real().held().filter(held_on__range=(FIRST, LAST)).count() == 30


def test_first_pass_yield_of_the_window():
    assert share(first_attempts(), PASSES) == (22, 25)
    assert share(first_attempts(), CLEAN) == (12, 25)
    assert measured("gate_first_pass") == (22, 25)
    assert measured("gate_first_pass_strict") == (12, 25)


@pytest.mark.parametrize(("chain", "expected"), [("DCP", (7, 8)), ("TR", (15, 17))])
def test_first_pass_yield_by_chain(chain, expected):
    assert share(first_attempts(gate__chain__code=chain), PASSES) == expected


@pytest.mark.parametrize(("line", "expected"), [("OPT", (8, 9)), ("RAN", (7, 9)), ("IND", (7, 7))])
def test_first_pass_yield_by_line(line, expected):
    assert share(first_attempts(product__line__code=line), PASSES) == expected
    assert measured("gate_first_pass", line__code=line) == expected


def test_strict_first_pass_yield_of_radio():
    assert measured("gate_first_pass_strict", line__code="RAN") == (2, 9)


@pytest.mark.parametrize(
    ("product", "loose", "strict"),
    [("P01", (1, 2), None), ("P05", (4, 4), (1, 4)), ("P10", (3, 3), None)],
)
def test_first_pass_yield_of_products(product, loose, strict):
    assert measured("gate_first_pass", code=product) == loose
    if strict:
        assert measured("gate_first_pass_strict", code=product) == strict


def test_first_pass_yield_of_all_history():
    everything = held(attempt=1, gate__unplanned=False)
    assert share(everything, PASSES) == (64, 69)
    assert measured("gate_first_pass", first=date(2020, 1, 1)) == (64, 69)


def test_on_time_by_due_date():
    assert measured("gate_on_time") == (17, 23)


def test_on_time_by_held_date():
    assert share(first_attempts(), WITHIN_A_WEEK) == (18, 25)
    by_line = {
        line: share(first_attempts(product__line__code=line), WITHIN_A_WEEK) for line in LINES
    }
    assert by_line == {"OPT": (7, 9), "RAN": (4, 9), "IND": (7, 7)}


def core_seats():
    return Seat.objects.current().filter(team__product__isnull=False, role__is_core=True)


def test_seats_and_deputies():
    assert core_seats().count() == 99
    assert core_seats().exclude(person=None).count() == 98
    assert core_seats().exclude(deputy=None).count() == 72
    [[percent]] = sql(
        "SELECT round(100.0 * count(deputy_id) / count(*), 1) FROM teams_seat s "
        "JOIN ipd_product p ON p.team_id = s.team_id"
    )
    assert str(percent) == "72.7"


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_coverage_by_product():
    rows = (
        core_seats()
        .values_list("team__product__code")
        .annotate(covered=Count("pk", filter=Q(deputy__isnull=False)), whole=Count("pk"))
    )
    percent = {product: round(100 * covered / whole) for product, covered, whole in rows}
    assert percent == {
        **dict.fromkeys(["P01", "P05", "P08"], 33),
        **dict.fromkeys(["P03", "P04", "P06", "P09", "P10"], 100),
        **dict.fromkeys(["P02", "P12"], 56),
        "P11": 89,
    }


def test_people_promised_more_than_they_have():
    load = Seat.objects.current().exclude(person=None).values_list("person__code")
    over = dict(load.annotate(total=Sum("allocation_percent")).filter(total__gt=100))
    assert over == {"R04": 140, "B03": 125, "F01": 120, "B01": 110}


def test_conditions():
    states = dict(Condition.objects.order_by().values_list("state").annotate(Count("pk")))
    closed = states.get("verified", 0) + states.get("waived", 0)
    unsettled = Condition.objects.unsettled()
    assert sum(states.values()) == 41
    assert (closed, states.get("lapsed"), unsettled.count()) == (34, 1, 6)
    overdue = Condition.objects.overdue().order_by("due_on")
    assert [(row.review.product.code, row.due_on, row.days_overdue) for row in overdue] == [
        ("P05", date(2026, 10, 15), 38),
        ("P09", date(2026, 11, 5), 17),
    ]


def test_conditions_closed_on_time_late_and_after_an_extension():
    closed = Condition.objects.filter(state="verified")
    extended = closed.filter(due_on__gt=F("original_due_on")).count()
    plain = closed.filter(due_on=F("original_due_on"))
    late = plain.filter(settled_on__gt=F("due_on")).count()
    assert (plain.count() - late, late, extended) == (24, 5, 5)


def test_the_outvoted_member():
    review = Review.objects.get(product__code="P01", gate__code="IDCP", attempt=1)
    votes = Vote.objects.filter(review=review, voter__code="E06")
    assert set(votes.values_list("outcome__code", flat=True)) == {"NO_GO"}
    assert Dissent.objects.get(decision__review=review).person.code == "E06"
    spread = [
        max(scores) - min(scores)
        for code in review.criteria.values_list("code", flat=True)
        if (scores := scores_of(review, code))
    ]
    assert max(spread) > 4


def scores_of(review, code):
    scores = Score.objects.filter(vote__review=review, vote__round=1, criterion__code=code)
    return list(scores.values_list("score", flat=True))


def test_the_waiver():
    waiver = Waiver.objects.get()
    assert waiver.criterion.code == "AD-07"
    assert (waiver.expires_on, waiver.is_signed) == (date(2026, 12, 31), True)


def test_history_is_decided_wholly_and_asked_its_criteria():
    assert Decision.objects.filter(is_imported=True).count() == 76
    assert not Review.objects.filter(criteria=None).exclude(gate__criteria=None).exists()
    assert not Review.objects.filter(stage=Stage.WITHDRAWN).exists()
    open_ones = ReviewCriterion.objects.filter(review__stage=Stage.PREPARING)
    assert not open_ones.filter(owner=None).exclude(review__product__code="P12").exists()


def test_tailoring():
    assert Tailoring.objects.filter(product__code="P10").count() == 2
    assert Review.objects.get(product__code="P10", gate__code="TR2").label == "TR2+3"


def test_the_portfolio_is_filled():
    assert PortfolioRow.objects.count() == 12
    assert PortfolioRow.objects.aggregate(Sum("overdue_conditions")) == {
        "overdue_conditions__sum": 2
    }
    late = PortfolioRow.objects.get(product__code="P08")
    assert (late.state, late.next_gate) == ("off", "TR1")


def test_the_measures_are_registered():
    assert gate_first_pass is MEASURES["gate_first_pass"].compute
