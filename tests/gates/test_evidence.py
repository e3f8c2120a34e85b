"""Evidence: kept with its hash, versioned, and given out to nobody who may not see it."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains

from gates.models import Evidence
from gates.models.reviews import Stage
from ipd.kernel.days import today
from tests.factories import EvidenceFactory

pytestmark = pytest.mark.django_db
PAGE = b"<script>alert(document.cookie)</script>"


def upload(client, criterion, *, title="EVT report", content=PAGE, name="report.html", **fields):
    sent = {"title": title, "dated_on": today().isoformat(), "link": "", **fields}
    if content is not None:
        sent["file"] = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(reverse("gates:criterion-evidence", args=[criterion.pk]), sent)


@pytest.fixture
def criterion(house):
    return house.review().criteria.first()


def test_a_file_is_kept_with_its_hash_and_the_same_title_is_its_next_version(
    criterion, house, as_person
):
    client = as_person(house.core_member)

    assert upload(client, criterion).status_code == 302
    assert upload(client, criterion, content=b"second").status_code == 302

    second, first = criterion.evidence.order_by("-version")
    assert (first.version, first.sha256) == (1, hashlib.sha256(PAGE).hexdigest())
    assert (second.version, second.size, second.is_addendum) == (2, 6, False)


def test_after_the_lock_it_is_an_addendum_and_shown_as_one(house, as_person):
    review = house.review(stage=Stage.LOCKED)
    criterion = review.criteria.first()

    upload(as_person(house.core_member), criterion)

    assert criterion.evidence.get().is_addendum
    assertContains(as_person(house.member).get(review.get_absolute_url()), "addendum")


@pytest.mark.parametrize(
    "fields",
    [
        {"content": None},
        {"link": "https://plm.example.org/1"},
        {"content": None, "link": "javascript:alert(1)"},
        {"dated_on": "2999-01-01"},
        {"content": b""},
    ],
)
def test_what_is_neither_file_nor_link_or_dated_ahead_is_refused(
    criterion, house, as_person, fields
):
    assert upload(as_person(house.core_member), criterion, **fields).status_code == 422
    assert not Evidence.objects.exists()


def test_a_file_too_large_is_refused(criterion, house, as_person, settings):
    settings.EVIDENCE_MAX_BYTES = 10

    assert upload(as_person(house.core_member), criterion).status_code == 422


def test_it_is_handed_out_as_a_download_that_cannot_run(criterion, house, as_person):
    upload(as_person(house.core_member), criterion)
    url = reverse("gates:evidence", args=[criterion.evidence.get().pk])

    response = as_person(house.member).get(url)

    assert b"".join(response.streaming_content) == PAGE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_who_may_not_see_the_product_finds_no_file(house, as_person):
    review = house.review(product=house.confidential_product)
    row = EvidenceFactory(criterion=review.criteria.first(), link="", file="evidence/x.pdf")

    url = reverse("gates:evidence", args=[row.pk])
    assert as_person(house.chair).get(url).status_code == 404


def test_a_link_and_a_lost_file_have_nothing_to_download(criterion, house, as_person):
    client = as_person(house.member)
    link = EvidenceFactory(criterion=criterion)
    lost = EvidenceFactory(criterion=criterion, link="", file="evidence/lost.pdf")

    for row in (link, lost):
        assert client.get(reverse("gates:evidence", args=[row.pk])).status_code == 404


def test_deciders_add_no_evidence(criterion, house, as_person):
    assert upload(as_person(house.member), criterion).status_code == 403
