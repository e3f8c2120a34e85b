"""Presenters and certificates out of files: added, changed, and what is refused."""

import pytest

from gates.models import Presenter
from ipd.kernel.tables import importing
from ipd.kernel.tables.files import Folder
from teams.models import Certificate
from tests.factories import PersonFactory
from tests.factories.academy_certification import CertificateFactory, PresenterFactory

pytestmark = pytest.mark.django_db
HEAD = "product,gate,attempt,act,person,mentor\n"
CERTIFICATES = "number,person,path,issued_on,valid_until,basis,revoked_on,revoked_reason\n"


def bring(**files):
    return importing.run(Folder({f"{name}.csv": text.encode() for name, text in files.items()}))


def said(report) -> str:
    return " ".join(str(problem) for problem in report.problems)


def row(review, person, mentor=""):
    return f"{review.product.code},{review.gate.code},1,present,{person},{mentor}\n"


def test_presenters_come_in_and_change(house):
    review, mentor = house.review(), PersonFactory(code="M1")

    assert not bring(presenters=HEAD + row(review, house.lpdt.code, "M1")).problems
    found = Presenter.objects.get()
    assert (found.review, found.person, found.mentor) == (review, house.lpdt, mentor)
    assert not bring(presenters=HEAD + row(review, house.lpdt.code)).problems
    found.refresh_from_db()
    assert found.mentor is None


@pytest.mark.parametrize(
    ("act", "mentor", "sentence"),
    [
        ("present", "{lpdt}", "somebody else than the person"),
        ("vote", "", "act"),
        ("present", "NOBODY", "mentor"),
    ],
)
def test_bad_presenters(house, act, mentor, sentence):
    review = house.review()
    text = row(review, house.lpdt.code, mentor.format(lpdt=house.lpdt.code))

    report = bring(presenters=HEAD + text.replace("present", act))

    assert sentence in said(report)
    assert not Presenter.objects.exists()


def test_what_was_cosigned_stays(house):
    review, mentor = house.review(), PersonFactory(code="M1")
    PresenterFactory(
        review=review,
        person=house.lpdt,
        mentor=mentor,
        signed_at="2026-11-01T12:00Z",
        note="Seen.",
    )

    report = bring(presenters=HEAD + row(review, house.lpdt.code))

    assert "co-signed" in said(report)


def test_certificates_come_in_once_and_stay(house):
    line = f"C-1,{house.pqa.code},LPDT-1,2025-11-01,2027-10-31,experience,,\n"

    assert not bring(certificates=CERTIFICATES + line).problems
    assert not bring(certificates=CERTIFICATES + line).problems
    assert Certificate.objects.get(number="C-1").person == house.pqa
    changed = bring(certificates=CERTIFICATES + line.replace("2027", "2029"))
    assert "never edited" in said(changed)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("C-1,{who},LPDT-1,2025-11-01,2025-10-31,experience,,", "not before issued_on"),
        ("C-1,{who},LPDT-1,2025-11-01,2027-10-31,experience,2026-01-01,", "neither"),
        ("C-1,{who},LPDT-1,2025-11-01,2027-10-31,luck,,", "basis"),
        ("C-1,NOBODY,LPDT-1,2025-11-01,2027-10-31,experience,,", "person"),
    ],
)
def test_bad_certificates(house, line, sentence):
    report = bring(certificates=CERTIFICATES + line.format(who=house.pqa.code) + "\n")

    assert sentence in said(report)
    assert not Certificate.objects.filter(number="C-1").exists()


def test_a_revoked_one_comes_in_revoked(house):
    CertificateFactory()
    line = f"C-2,{house.pqa.code},LPDT-1,2025-11-01,2027-10-31,experience,2026-03-01,Left.\n"

    assert not bring(certificates=CERTIFICATES + line).problems
    assert not Certificate.objects.valid().filter(number="C-2").exists()
