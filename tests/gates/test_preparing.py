"""Booking, assessing, evidence, questions, locking: the way to a pack."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gates.actions import criteria, reviews, room, tailoring
from gates.models import Evidence, GateDefinition, Review
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import OutboxMessage

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


def gate(code):
    return GateDefinition.objects.select_related("chain").get(code=code)


def book(house, code="PDCP", **fields):
    given = {"planned_on": today() + SOON, "by": house.secretary}
    return reviews.book(house.product, gate(code), **(given | fields))


def test_booking_freezes_the_criteria_and_names_their_owners(house):
    review = book(house)

    assert review.criteria.count() == gate("PDCP").criteria.count() == 16
    assert {row.owner for row in review.criteria.filter(function__code="RD")} == {house.core_member}
    assert (review.attempt, review.body, review.readiness_percent) == (1, house.board, 0)
    house.product.row.refresh_from_db()
    assert house.product.row.next_gate == "PDCP"


def test_a_gate_is_booked_once_at_a_time(house):
    book(house)

    with pytest.raises(Refused, match="open already"):
        book(house)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"planned_on": today() - timedelta(days=1)}, "passed"),
        ({"is_circular": True}, "no off-line decision"),
    ],
)
def test_what_cannot_be_booked(house, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        book(house, **fields)


def test_a_cancelled_product_is_not_reviewed(house):
    house.product.status = "cancelled"
    house.product.save()

    with pytest.raises(Refused, match="Cancelled"):
        book(house)


def test_a_merged_gate_is_asked_inside_the_other(house):
    tailoring.tailor(
        house.product,
        gate("TR3"),
        kind="merged",
        into=gate("TR2"),
        label="TR2+3",
        reason="A derivative on a known platform",
        by=house.chair,
    )

    review = book(house, "TR2")

    both = gate("TR2").criteria.count() + gate("TR3").criteria.count()
    assert (review.label, review.criteria.count()) == ("TR2+3", both)
    with pytest.raises(Refused, match="together with TR2"):
        book(house, "TR3")


def test_a_skipped_gate_is_not_booked(house):
    tailoring.tailor(
        house.product, gate("TR4A"), kind="skipped", reason="No new hardware here", by=house.chair
    )

    with pytest.raises(Refused, match="skipped"):
        book(house, "TR4A")


def test_an_assessment_moves_readiness(house):
    review = book(house)
    criterion = review.criteria.get(code="PD-05")

    criteria.assess(criterion, state="met", comment="", by=house.core_member, seen_version=1)

    review.refresh_from_db()
    assert review.readiness_percent == round(100 * 2 / 28)


def test_an_assessment_of_a_stale_page_is_refused(house):
    criterion = book(house).criteria.first()
    criteria.assess(criterion, state="met", comment="", by=house.lpdt, seen_version=1)

    with pytest.raises(Stale, match="Lena Lead judged it meanwhile: Met"):
        criteria.assess(
            criterion, state="not_met", comment="No", by=house.core_member, seen_version=1
        )


def test_what_is_not_met_is_explained(house):
    criterion = book(house).criteria.first()

    with pytest.raises(Refused, match="what is missing"):
        criteria.assess(criterion, state="partly", comment=" ", by=house.lpdt, seen_version=1)


def test_evidence_is_versioned_and_hashed(house):
    import hashlib

    criterion = book(house).criteria.first()
    for text in (b"first", b"second"):
        criteria.add_evidence(
            criterion,
            title="Report",
            dated_on=today(),
            by=house.lpdt,
            file=SimpleUploadedFile("report.txt", text),
        )

    rows = list(Evidence.objects.filter(criterion=criterion).order_by("version"))
    assert [row.version for row in rows] == [1, 2]
    assert [row.sha256 for row in rows] == [
        hashlib.sha256(text).hexdigest() for text in (b"first", b"second")
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "either a file or a link"),
        ({"link": "https://x.example/", "dated_on": today() + timedelta(days=1)}, "ahead"),
        ({"file": SimpleUploadedFile("empty.txt", b"")}, "empty"),
    ],
)
def test_evidence_that_is_refused(house, fields, sentence):
    criterion = book(house).criteria.first()
    given = {"title": "Report", "dated_on": today(), "by": house.lpdt}

    with pytest.raises(Refused, match=sentence):
        criteria.add_evidence(criterion, **(given | fields))


def test_evidence_after_the_lock_is_an_addendum_and_deciders_are_told(house):
    review = house.review(stage=Stage.LOCKED)

    evidence = criteria.add_evidence(
        review.criteria.first(),
        title="Late report",
        dated_on=today(),
        by=house.lpdt,
        link="https://docs.example/late",
    )

    assert evidence.is_addendum
    review.refresh_from_db()
    assert review.version == 2


def test_a_pack_with_unassessed_musts_is_not_locked(house):
    review = book(house)

    with pytest.raises(Refused, match="Not assessed yet: PD-01"):
        reviews.lock_pack(review, by=house.secretary, seen_version=review.version)


def test_locking_asks_every_decider_at_once(house):
    review = house.review(stage=Stage.PREPARING)

    review = reviews.lock_pack(review, by=house.secretary, seen_version=review.version)

    assert review.stage == Stage.LOCKED
    assert OutboxMessage.objects.count() == len(house.voters)


def test_a_technical_review_with_too_much_unassessed_is_void(house):
    review = house.review(at="TR3", stage=Stage.LOCKED, criteria__state="no_data")

    with pytest.raises(Refused, match="void"):
        room.open_room(review, by=house.organiser, seen_version=review.version)


def test_moving_keeps_the_baseline(house):
    review = book(house)

    review = reviews.move(
        review,
        planned_on=today() + 2 * SOON,
        reason="The lab is late",
        by=house.secretary,
        seen_version=review.version,
    )

    assert review.planned_on - review.baseline_on == SOON
    assert Review.objects.get().product.row.state == "risk"


def test_a_question_reaches_the_owner_and_is_answered_once(house):
    criterion = house.review(stage=Stage.LOCKED).criteria.first()
    question = criteria.ask(criterion, text="Margin at P80?", by=house.finance)

    criteria.answer(question, text="31 %", by=house.lpdt)
    with pytest.raises(Refused, match="answered already"):
        criteria.answer(question, text="32 %", by=house.lpdt)


def test_an_off_line_decision_has_five_working_days_from_the_lock(house):
    review = house.review(at="TR3", is_circular=True)

    review = reviews.lock_pack(review, by=house.organiser, seen_version=review.version)

    assert review.circular_until == add_working_days(today(), 5)
