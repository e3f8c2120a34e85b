"""Certificates: issued once each, revoked for good, renewed by practice, reminded of."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from gates.models.reviews import Stage
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import certificates
from teams.calculations.academy.certification import months_on
from teams.models import Certificate, Content, Play, PlayRole
from teams.queries.academy import recertification
from tests.factories import PersonFactory
from tests.factories.academy import LearningPathFactory
from tests.factories.academy_certification import CertificateFactory, PresenterFactory
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    return LearningPathFactory()


def played(person, slug, *, passed=True, on=None, number=1):
    scenario, _made = Content.objects.get_or_create(
        kind="scenario",
        code=slug,
        number=number,
        defaults={"title": slug, "body": {}, "is_current": number == 1},
    )
    play = Play.objects.create(
        scenario=scenario,
        state="finished",
        seed=1,
        started_by=person,
        finished_on=on or today(),
        score=80,
        has_passed=passed,
        made_at=timezone.now(),
    )
    PlayRole.objects.create(play=play, person=person, role="LPDT")
    return play


def issue(person, path, **more):
    return certificates.issue(person, path, basis="experience", by=None, **more)


def test_numbers_count_up_by_path_and_year(path):
    year = today().year
    CertificateFactory(number=f"LPDT-1-{year}-041")

    first, second = issue(PersonFactory(), path), issue(PersonFactory(), path)

    assert [first.number, second.number] == [f"LPDT-1-{year}-042", f"LPDT-1-{year}-043"]
    assert first.valid_until == months_on(today(), 24) - timedelta(days=1)
    assert LedgerEntry.objects.filter(kind="certificate issued").count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_hands_issue_different_numbers(path):
    people = PersonFactory.create_batch(4)
    jobs = [partial(transaction.atomic(issue), person, path) for person in people]

    done, refused = at_once(jobs)

    assert refused == []
    assert len({row.number for row in done}) == 4


def test_a_certificate_is_never_edited():
    row = CertificateFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(valid_until=date(2099, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM teams_certificate WHERE id = %s", [row.pk])


def test_it_is_revoked_once_with_a_reason(house):
    row = Certificate.objects.get(person=house.lpdt)
    with pytest.raises(Refused, match="Say why"):
        certificates.revoke(row, reason=" ", by=house.academy)

    certificates.revoke(row, reason="A figure was made up.", by=house.academy)

    row.refresh_from_db()
    assert (row.revoked_on, row.revoked_by, row.is_valid) == (today(), house.academy, False)
    assert not Certificate.objects.valid().filter(pk=row.pk).exists()
    assert LedgerEntry.objects.filter(kind="certificate revoked").exists()
    assert OutboxMessage.objects.filter(recipient=house.lpdt).exists()
    with pytest.raises(Refused, match="already"):
        certificates.revoke(row, reason="Again.", by=house.academy)


def test_a_gate_and_an_unseen_simulation_renew_it(house, path):
    row = Certificate.objects.get(person=house.lpdt)
    with pytest.raises(Refused, match=r"No gate was presented .* No unseen simulation"):
        certificates.renew(row, by=house.academy)
    house.review(stage=Stage.DECIDED)
    played(house.lpdt, "supplier-fire")

    new = certificates.renew(row, by=house.academy)

    assert (new.person, new.renews, new.basis) == (house.lpdt, row, "renewal")
    assert [one["what"] for one in new.proof] == ["gate", "simulation"]
    assert "PDCP" in new.proof[0]["text"]
    with pytest.raises(Refused, match="already"):
        certificates.renew(Certificate.objects.get(pk=row.pk), by=house.academy)


def test_a_scenario_that_was_seen_before_renews_nothing(house):
    row = Certificate.objects.get(person=house.lpdt)
    played(house.lpdt, "supplier-fire", passed=False)
    played(house.lpdt, "supplier-fire", number=2)

    assert not recertification.proofs(row)[1].is_there


def test_a_gate_that_somebody_else_presented_renews_nothing(house):
    row = Certificate.objects.get(person=house.lpdt)
    review = house.review(stage=Stage.DECIDED)
    PresenterFactory(review=review, person=house.core_member)

    assert not recertification.proofs(row)[0].is_there
    assert recertification.proofs(CertificateFactory(person=house.core_member))[0].is_there


def test_a_rehearsal_renews_nothing(house):
    row = Certificate.objects.get(person=house.lpdt)
    house.review(stage=Stage.DECIDED, is_rehearsal=True, decision=False)

    assert not recertification.proofs(row)[0].is_there


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_until": today() - timedelta(days=1)},
        {"revoked_on": today(), "revoked_reason": "Left."},
    ],
)
def test_what_holds_no_more_is_not_renewed(house, fields):
    row = CertificateFactory(**fields)

    with pytest.raises(Refused, match="the way back is the board interview"):
        certificates.renew(row, by=house.academy)


def test_nobody_renews_their_own(house):
    row = CertificateFactory(person=house.academy)

    with pytest.raises(Refused, match="their own"):
        certificates.renew(row, by=house.academy)


@pytest.mark.django_db(transaction=True)
def test_it_is_renewed_once_with_many_hands(house, path):
    row = Certificate.objects.get(person=house.lpdt)
    house.review(stage=Stage.DECIDED)
    played(house.lpdt, "supplier-fire")

    done, refused = at_once(
        by_hands(lambda _n: certificates.renew(row, by=house.academy), 4), refusals=Refused
    )

    assert len([one for one in done if one]) == 1
    assert len(refused) == 3


@pytest.mark.parametrize(
    ("months", "told"), [(7, None), (6, "6"), (4, "6"), (3, "3"), (1, "1"), (0, "1")]
)
def test_the_holder_is_reminded(house, months, told):
    row = CertificateFactory(valid_until=months_on(today(), months))

    certificates.remind()
    certificates.remind()

    keys = Notice.objects.filter(person=row.person).values_list("dedupe_key", flat=True)
    assert list(keys) == ([f"certificate:{row.pk}:{told}"] if told else [])


def test_a_lapse_is_told_to_holder_and_academy_once(house):
    row = CertificateFactory(valid_until=today() - timedelta(days=1))
    renewed = CertificateFactory(valid_until=today() - timedelta(days=1))
    CertificateFactory(person=renewed.person, renews=renewed)

    certificates.remind()
    certificates.remind()

    people = Notice.objects.filter(dedupe_key=f"certificate:{row.pk}:lapsed")
    assert set(people.values_list("person", flat=True)) == {row.person_id, house.academy.pk}
    assert not Notice.objects.filter(dedupe_key__startswith=f"certificate:{renewed.pk}:").exists()


# Pages ------------------------------------------------------------------------------------


def test_everybody_reads_the_register(house, as_person):
    row = CertificateFactory(person=PersonFactory(name="Zoe Zenith"))
    client = as_person(house.outsider)

    page = client.get(reverse("teams:certification")).content.decode()
    assert "Zoe Zenith" in page
    assert "Lena Lead" in page
    narrowed = client.get(reverse("teams:certification"), {"q": "zenith"}).content.decode()
    assert "Lena Lead" not in narrowed
    lapsed = client.get(reverse("teams:certification"), {"state": "lapsed"}).content.decode()
    assert "Zoe Zenith" not in lapsed
    assert row.number in client.get(row.get_absolute_url()).content.decode()


def test_a_certificate_is_a_sheet_of_paper(house, as_person):
    row = Certificate.objects.get(person=house.lpdt)

    answer = as_person(house.outsider).get(reverse("teams:certificate-file", args=[row.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_why_it_was_revoked_is_for_holder_and_academy(house, as_person):
    row = Certificate.objects.get(person=house.lpdt)
    address = reverse("teams:certificate-revocation", args=[row.pk])
    for who in (house.outsider, house.lpdt, house.assessor, house.administrator):
        assert as_person(who).post(address, {"reason": "No."}).status_code == 403
    client = as_person(house.academy)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "SENTINEL reason"}).status_code == 302

    for who, sees in [
        (house.lpdt, True),
        (house.academy, True),
        (house.outsider, False),
        (house.administrator, False),
        (house.assessor, False),
    ]:
        page = as_person(who).get(row.get_absolute_url()).content.decode()
        assert ("SENTINEL" in page) == sees, who


def test_the_academy_renews_on_the_page(house, path, as_person):
    row = Certificate.objects.get(person=house.lpdt)
    address = reverse("teams:certificate-renewal", args=[row.pk])
    assert as_person(house.lpdt).post(address).status_code == 403
    client = as_person(house.academy)
    assert client.post(address).status_code == 409
    assert "No unseen simulation" in client.get(row.get_absolute_url()).content.decode()
    house.review(stage=Stage.DECIDED)
    played(house.lpdt, "supplier-fire")
    assert address in client.get(row.get_absolute_url()).content.decode()

    assert client.post(address).status_code == 302
    assert Certificate.objects.filter(renews=row).exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["lpdt", "academy"])
def test_pages_cost_the_same_whatever_their_size(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count, who
):
    CertificateFactory.create_batch(count)
    CertificateFactory.create_batch(count, person=getattr(house, who))
    row = Certificate.objects.filter(person=house.lpdt).first()
    client = as_person(getattr(house, who))

    with django_assert_max_num_queries(12):
        client.get(reverse("teams:certification"))
    with django_assert_max_num_queries(12):
        client.get(row.get_absolute_url())
