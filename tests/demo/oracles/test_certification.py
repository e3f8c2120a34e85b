"""Who is certified in the demonstration, and whose coming reviews wait for a mentor."""

from datetime import date

import pytest

from gates.models import Review
from gates.queries import practice
from teams.models import Certificate, Enrolment

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def test_who_finished_is_certified_and_so_are_the_other_leads():
    """Cohorts of 12 and 10, and the seven other leads of today by experience."""
    assert Certificate.objects.filter(basis="interview").count() == 12 + 10
    assert Certificate.objects.filter(basis="experience").count() == 7
    assert Certificate.objects.valid(DAY).count() == 29
    done = Enrolment.objects.filter(state="certified").values_list("person__code", flat=True)
    certified = Certificate.objects.filter(basis="interview")
    assert set(done) == set(certified.values_list("person__code", flat=True))


def test_nobody_on_the_path_holds_a_certificate():
    learning = Enrolment.objects.filter(state__in=["active", "waiting"]).values("person")
    assert not Certificate.objects.filter(person__in=learning).exists()


def test_one_coming_review_still_lacks_a_mentor():
    """Both trainees lead products; one of their three coming reviews has nobody beside yet."""
    rows = practice.with_presenter(Review.objects.real().open().select_related("product", "gate"))
    found = {str(row): practice.presenting(row) for row in rows}
    beside = {name: one.names for name, one in found.items() if one.mentor}

    assert sorted(beside.values()) == [
        "Adaeze Obi, with Kiran Bhat beside",
        "Claire Fontaine, with Tereza Mala beside",
    ]
    assert [name for name, one in found.items() if one.lacking] == ["P08 Osprey vRAN DU · CDCP"]
