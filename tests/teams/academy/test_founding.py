"""A new company: how it gets an academy, and how its lead gives the first places."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from teams.models import Seat
from tests.factories.academy import CohortFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db
HOME, NOBODY = reverse("teams:academy"), "Nobody runs the academy yet"


def test_while_nobody_runs_it_an_administrator_reads_how_it_is_founded(house, as_person):
    client = as_person(house.administrator)
    assertNotContains(client.get(HOME), NOBODY)
    Seat.objects.filter(team__kind="ACADEMY").delete()
    page = client.get(HOME)
    for said in (
        NOBODY,
        "#table-seats",
        "#table-certificates",
        "kind ACADEMY",
        "CHAIR",
        "Assess practice",
    ):
        assertContains(page, said)
    page = as_person(house.outsider).get(HOME)
    assertContains(page, "An administrator brings in who leads the academy")
    assertNotContains(page, "#table-seats")


def test_the_waiting_list_leads_to_places(house, as_person):
    lead, url = as_person(house.academy), reverse("teams:cohort-waiting")
    one = EnrolmentFactory(cohort=None, state="waiting", started_on=None)
    assertContains(lead.get(url), "No cohort has a place free.")
    assertContains(lead.get(HOME), "no cohort has one: ")
    assertNotContains(as_person(house.assessor).get(HOME), "no cohort has one: ")
    cohort = CohortFactory(code="2099-A", path=one.path, ends_on="2099-01-01", places=1)
    assertContains(lead.get(url), reverse("teams:cohort-lottery", args=[cohort.code]))
    assertContains(lead.get(HOME), "cohort 2099-A has places: draw its lottery")
    EnrolmentFactory(path=one.path, cohort=cohort)
    assertNotContains(lead.get(url), reverse("teams:cohort-lottery", args=[cohort.code]))
