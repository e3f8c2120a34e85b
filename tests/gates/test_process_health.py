"""What held reviews tell of the process: from their own events, for those who may see them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gates.actions import decisions, held_reviews, recommendations, votes
from gates.models import HeldReview, HourCost, Presence
from gates.models.reviews import Stage
from gates.queries import health
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from tests.gates.helpers import all_vote, condition, decide, everybody_enters, outcome, revealed

pytestmark = pytest.mark.django_db


def told(review) -> HeldReview:
    return HeldReview.objects.get(review=review)


def past(line, number=1, **fields) -> HeldReview:
    """One that was held elsewhere: ten days, twelve hours of four people."""
    day = fields.pop("held_on", today() - timedelta(days=30))
    given = {
        "code": f"{line.code}-{number}",
        "title": "Larch ROADM",
        "gate": "CDCP",
        "kind": "decision",
        "held_on": day,
        "asked_on": day - timedelta(days=10),
        "told_on": day,
        "people": 4,
        "preparing_hours": 6,
        "reading_hours": 2,
        "meeting_hours": 4,
    }
    return HeldReview.objects.create(line=line, **(given | fields))


def test_a_decision_leaves_its_row(house):
    review = revealed(house)

    decide(review, house, "GO")

    row = told(review)
    assert (row.line, row.gate, row.kind) == (house.line, "PDCP", "decision")
    assert (row.held_on, row.told_on) == (today(), today())
    assert row.asked_on == timezone.localtime(review.locked_at).date()
    assert (row.is_unanimous, row.is_as_recommended, row.has_changed) == (True, None, False)
    assert row.musts == review.criteria.filter(weight="must").count()


def test_the_room_counts_the_hours_of_who_was_there(house):
    review = revealed(house)
    now = timezone.now()
    review.opened_at = now - timedelta(hours=2)
    review.save(update_fields=["opened_at"])
    early, late = now - timedelta(hours=3), now - timedelta(minutes=30)
    rows = list(Presence.objects.filter(review=review).order_by("pk"))
    for row in rows:
        Presence.objects.filter(pk=row.pk).update(entered_at=early, last_seen_at=now)
    Presence.objects.filter(pk=rows[0].pk).update(entered_at=late)

    decide(review, house, "GO")

    row = told(review)
    assert row.people == len(rows) == 4
    assert row.meeting_hours == pytest.approx(3 * 2 + 0.5, abs=0.02)


def test_another_outcome_than_recommended_is_a_change(house):
    review = house.review(stage=Stage.LOCKED)
    asked = outcome(review, "HOLD")
    recommendations.recommend(
        review, outcome=asked, reason="Wait for the chip.", by=house.lpdt, seen_version=0
    )
    Review = type(review)
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.FIRST_VOTE, opened_at=timezone.now() - timedelta(hours=1)
    )
    review.refresh_from_db()
    everybody_enters(review, house)
    all_vote(review, house, "GO")
    review = votes.reveal(review, by=house.chair, seen_version=review.version)

    decide(review, house, "GO")

    assert (told(review).is_as_recommended, told(review).has_changed) == (False, True)


def test_a_condition_is_a_change(house):
    review = revealed(house)

    decide(review, house, "GO_COND", conditions=[condition(house)])

    assert told(review).has_changed


def test_a_deferred_meeting_counts_against_the_board(house):
    review = house.review(stage=Stage.FIRST_VOTE)
    decisions.defer(
        review,
        by=house.chair,
        seen_version=review.version,
        why="no_quorum",
        note="",
        moved_to=today() + timedelta(days=7),
    )
    Review = type(review)
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.DECIDED,
        outcome=outcome(review, "GO"),
        held_on=today(),
        decided_at=timezone.now(),
    )

    held_reviews.keep([review.pk])

    assert told(review).deferrals == 1
    assert health.by_kind(house.chair).of(house.line.pk).deferred.part == 1


def test_what_passed_and_is_decided_again_was_reopened(house):
    first = house.review(at="CDCP", stage=Stage.DECIDED)
    first.decided_at -= timedelta(days=40)
    first.held_on -= timedelta(days=40)
    first.save(update_fields=["decided_at", "held_on"])
    second = house.review(at="CDCP", stage=Stage.DECIDED, attempt=2)

    held_reviews.keep([first.pk, second.pk])

    assert (told(first).is_reopened, told(second).is_reopened) == (True, False)


def test_keeping_again_changes_nothing_and_loses_no_hours(house):
    review = house.review(stage=Stage.DECIDED)
    held_reviews.keep([review.pk])
    held_reviews.state_hours(
        told(review),
        preparing_hours=20,
        reading_hours=6.5,
        meeting_hours=9,
        people=7,
        seen_version=1,
    )

    held_reviews.keep([review.pk])

    assert (told(review).hours, told(review).people) == (35.5, 7)
    with pytest.raises(Stale):
        held_reviews.state_hours(
            told(review),
            preparing_hours=0,
            reading_hours=0,
            meeting_hours=0,
            people=1,
            seen_version=1,
        )


def test_what_was_recommended_stands_once_votes_are_open(house):
    review = revealed(house)

    with pytest.raises(Refused):
        recommendations.recommend(
            review, outcome=outcome(review, "GO"), reason="", by=house.lpdt, seen_version=0
        )


def test_a_confidential_review_counts_for_those_who_may_see_it(house):
    review = house.review(product=house.confidential_product, stage=Stage.DECIDED)
    held_reviews.keep([review.pk])
    chair = review.body.seats.get(role__code="CHAIR").person

    assert health.by_kind(chair).of().reviews == 1
    assert health.by_kind(house.outsider).of().reviews == 0


def test_figures_of_what_was_held_elsewhere(house):
    for number in range(4):
        past(house.line, number, deferrals=number // 3, musts=5, waived=number % 2)
    past(house.line, 9, held_on=today() - timedelta(days=400))

    found = health.by_kind(house.outsider).of(house.line.pk, "decision")

    assert (found.reviews, found.median, found.hours_each) == (4, 10, 12)
    assert (found.deferred.part, found.deferred.whole) == (1, 5)
    assert (found.waivers.part, found.waivers.whole) == (2, 20)
    assert found.touch.ratio == pytest.approx(12 / (4 * 10 * 5 / 7 * 8))


@pytest.mark.parametrize("name", ["health", "health-costs"])
def test_pages_cost_the_same_however_much_was_held(
    client, house, django_assert_max_num_queries, name
):
    client.force_login(house.chair)
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            past(house.line, f"{rows}{number}", has_changed=True)
            review = house.review(
                at="CDCP", attempt=10 * rows + number, stage=Stage.DECIDED, ended_in="GO_COND"
            )
            held_reviews.keep([review.pk])
        HeldReview.objects.update(has_changed=True)
        with django_assert_max_num_queries(14) as seen:
            answer = client.get(reverse(f"gates:{name}"))
        assert answer.status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_line_s_page_names_what_waited_longest(client, house):
    past(house.line, 1, title="Birch amplifier")
    client.force_login(house.outsider)

    answer = client.get(reverse("gates:health-line", args=[house.line.code]))

    assert "Birch amplifier" in answer.text
    assert client.get(reverse("gates:health-line", args=["nowhere"])).status_code == 404


def test_cost_is_for_those_who_see_money(client, house):
    HourCost.objects.create(valid_from=today() - timedelta(days=400), amount="91")
    past(house.line)
    address = reverse("gates:health-costs") + f"?line={house.line.code}"

    client.force_login(house.chair)
    assert "1,092" in client.get(address).text
    client.force_login(house.outsider)
    answer = client.get(address).text
    assert "1,092" not in answer
    assert "restricted" in answer


def test_hours_and_recommendations_are_stated_in_forms(client, house):
    review = house.review(stage=Stage.LOCKED)
    client.force_login(house.lpdt)
    address = reverse("gates:review-recommendation", args=[review.pk])
    sent = {"version": 0, "outcome": outcome(review, "GO").pk, "reason": "All musts are met."}

    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409
    assert "All musts are met." in client.get(review.get_absolute_url()).text

    done = house.review(at="CDCP", stage=Stage.DECIDED)
    held_reviews.keep([done.pk])
    hours = {"people": 6, "preparing_hours": 10, "reading_hours": 4, "meeting_hours": "x"}
    address = reverse("gates:review-hours", args=[done.pk])
    assert client.post(address, {**hours, "version": 1}).status_code == 422
    assert client.post(address, {**hours, "meeting_hours": 9, "version": 1}).status_code == 302
    assert told(done).hours == 23
