"""Rights tied to practice: who presents and leads, with whom beside, and what the mentor signs."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from gates.actions import presenters, processes, reviews, room
from gates.models import Review
from gates.models.reviews import Stage
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice
from teams.models import Certificate, ElementResult, PracticeEvidence, PracticeRule
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import EnrolmentFactory, PathElementFactory, RubricFactory
from tests.factories.academy_certification import CertificateFactory, PresenterFactory
from tests.factories.company import FILE, seated
from tests.gates.helpers import decide, revealed, with_rule
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
SAW = "She named the weakness herself, before anybody asked."


def named(review, house, mentor, **fields):
    given = {"act": "present", "person": house.lpdt, "by": house.lpdt}
    seen = Review.objects.get(pk=review.pk).version
    return presenters.name(review, mentor=mentor, seen_version=seen, **(given | fields))


def lock(review, house):
    return reviews.lock_pack(review, by=house.secretary, seen_version=review.version)


def open_room(review, house):
    return room.open_room(review, by=house.secretary, seen_version=review.version)


def test_the_delivered_process_asks_presenters_for_the_path(process):
    assert set(PracticeRule.objects.values_list("act", "chain", "path")) == {
        ("present", "DCP", "LPDT-1"),
        ("present", "TR", "LPDT-1"),
    }


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ('{ act = "vote", path = "LPDT-1" }', "act has to be one of present, run_room, decide"),
        ('{ act = "present", chain = "XX", path = "P" }', "chain XX is not among the chains"),
        ('{ act = "present", path = "P", since = "soon" }', "since has to be a day"),
        ('{ act = "present" }', "path is missing"),
        ('{ act = "present", chain = "TR", path = "LPDT-1" }', "stands there twice"),
    ],
)
def test_a_practice_section_with_a_mistake_is_not_loaded(process, entry, sentence):
    source = FILE.read_text().replace("practice = [\n", f"practice = [\n  {entry},\n")

    with pytest.raises(Refused, match=sentence):
        processes.load(source.replace('version = "1"', 'version = "9"'))


def test_a_certified_lead_locks_and_opens(house):
    review = lock(house.review(), house)

    assert open_room(review, house).stage == Stage.FIRST_VOTE


@pytest.mark.parametrize("at", ["PDCP", "TR3"])
def test_without_a_certificate_the_pack_stays_open(house, trainee, at):
    review = house.review(at=at)

    with pytest.raises(Refused, match="Lena Lead presents without a valid certificate"):
        lock(review, house)


def test_a_lapsed_certificate_counts_no_more(house):
    engineer = seated(house.product.team, "SE", "SE", name="Sam System")
    CertificateFactory(person=engineer, valid_until=today() - timedelta(days=1))
    review = house.review(at="TR3")
    PresenterFactory(review=review, person=engineer)

    with pytest.raises(Refused, match="Sam System presents without"):
        lock(review, house)


def test_a_certified_mentor_beside_makes_it_possible(house, trainee, mentor):
    review = house.review()
    named(review, house, mentor)
    review.refresh_from_db()

    review = lock(review, house)

    assert open_room(review, house).stage == Stage.FIRST_VOTE
    entry = LedgerEntry.objects.get(kind="presenter named")
    assert entry.body == {"act": "present", "person": trainee.pk, "mentor": mentor.pk}
    assert Notice.objects.filter(person=mentor, text__contains="You sit beside").exists()


def test_the_room_stays_shut_when_the_practice_is_lost_meanwhile(house, mentor):
    review = lock(house.review(), house)
    Certificate.objects.filter(person=house.lpdt).update(
        revoked_on=today(), revoked_reason="Left the line."
    )

    with pytest.raises(Refused, match="without a valid certificate"):
        open_room(review, house)


def test_nobody_presents_when_the_lead_s_seat_is_open(house):
    review = house.review()
    house.product.team.seats.filter(role__code="LPDT").update(person=None)

    with pytest.raises(Refused, match="the lead's seat is open"):
        lock(review, house)


def test_what_was_before_the_rule_stays_as_it_was(house, trainee):
    PracticeRule.objects.update(since=today() + timedelta(days=300))

    assert lock(house.review(), house).stage == Stage.LOCKED


def test_a_rehearsal_asks_for_no_certificate(house, trainee):
    review = house.review(is_rehearsal=True)

    assert reviews.lock_blockers(review) == []


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("lpdt", "beside themselves"),
        ("pqa", "has no valid certificate"),
        ("finance", "votes here"),
    ],
)
def test_who_cannot_sit_beside(house, trainee, who, sentence):
    with pytest.raises(Refused, match=sentence):
        named(house.review(), house, getattr(house, who))


def test_a_mentor_has_to_see_the_product(house, mentor):
    review = house.review(product=house.confidential_product)
    lead = house.confidential_product.team.seats.get(role__code="LPDT").person

    with pytest.raises(Refused, match="may not see this product"):
        named(review, house, mentor, person=lead)


def test_only_seats_that_may_present_are_named(house, mentor):
    with pytest.raises(Refused, match="no seat that allows it"):
        named(house.review(), house, mentor, person=house.core_member)


def test_nobody_is_named_once_it_is_over(house, mentor):
    review = house.review(stage=Stage.DECIDED)

    with pytest.raises(Refused, match="over"):
        named(review, house, mentor)


def test_leading_can_be_put_under_a_rule_as_well(house, mentor):
    with_rule("run_room")
    review = lock(house.review(), house)

    with pytest.raises(Refused, match="You have no valid certificate for this"):
        open_room(review, house)

    named(review, house, mentor, act="run_room", person=house.secretary, by=house.secretary)
    review.refresh_from_db()
    assert open_room(review, house).stage == Stage.FIRST_VOTE


def test_deciding_can_be_put_under_a_rule_as_well(house):
    with_rule("decide")
    review = revealed(house)

    with pytest.raises(Refused, match="You have no valid certificate for this"):
        decide(review, house, "GO")

    CertificateFactory(person=house.chair)
    assert decide(review, house, "GO").outcome.code == "GO"


def test_the_mentor_signs_what_they_saw_and_it_is_evidence(house, trainee, mentor):
    enrolment = EnrolmentFactory(person=trainee)
    element = PathElementFactory(
        stage__path=enrolment.path,
        kind="ASSIGNMENT",
        rubric=RubricFactory(path=enrolment.path, code="RB-GATE"),
    )
    review = revealed(house)
    row = PresenterFactory(review=review, person=trainee, mentor=mentor)
    with pytest.raises(Refused, match="not decided yet"):
        presenters.cosign(row, note=SAW, by=mentor)
    frozen = decide(review, house, "GO").frozen
    assert frozen["presenters"] == [
        {"act": "present", "person": trainee.name, "mentor": mentor.name}
    ]
    assert [wait.text for wait in waiting_for(mentor)] == [
        f"Co-sign what you saw: {trainee.name}, PDCP"
    ]

    presenters.cosign(row, note=SAW, by=mentor)

    proof = PracticeEvidence.objects.get(person=trainee)
    assert (proof.mentor, proof.note, proof.key) == (mentor, SAW, f"review:{review.pk}")
    assert ElementResult.objects.get(element=element).state == "started"
    assert LedgerEntry.objects.filter(kind="practice co-signed").exists()
    assert waiting_for(mentor) == []
    with pytest.raises(Refused, match="already"):
        presenters.cosign(row, note=SAW, by=mentor)
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeEvidence.objects.update(note="Better than it was.")


def test_a_lead_who_was_not_named_stands_in_the_record_too(house, as_person):
    decision = decide(revealed(house), house, "GO")

    assert decision.frozen["presenters"] == [
        {"act": "present", "person": house.lpdt.name, "mentor": ""}
    ]
    page = as_person(house.member).get(decision.get_absolute_url()).content.decode()
    assert "Presented by" in page


@pytest.mark.django_db(transaction=True)
def test_a_mentor_signs_once_with_many_hands(house, mentor):
    review = revealed(house)
    row = PresenterFactory(review=review, person=house.lpdt, mentor=mentor)
    decide(review, house, "GO")
    sign = partial(presenters.cosign, row, note=SAW, by=mentor)

    done, refused = at_once(by_hands(lambda _number: sign(), 4), refusals=Refused)

    assert len(done) - done.count(None) == 1
    assert len(refused) == 3
    assert PracticeEvidence.objects.count() == 1
