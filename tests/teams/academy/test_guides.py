"""Guides are read by whoever needs them; the board's cases are not known to learners."""

import pytest
from django.urls import reverse

from teams.models import Content
from teams.models.academy.contents import ContentKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def guides(house):
    for code in ("mentoring", "board-interview"):
        body = {"text": f"# Guide of {code}\n\nFirst.\n\n## A session\n\nSaid."}
        Content.objects.create(
            kind=ContentKind.GUIDE, code=code, title=code, body=body, is_current=True
        )


def test_a_guide_is_read_by_everybody_with_its_own_title(guides, house, as_person):
    page = as_person(house.outsider).get(reverse("teams:guide", args=["mentoring"]))
    assert page.text.count("Guide of mentoring") == 2
    assert "<h2>A session</h2>" in page.text
    assert reverse("teams:mentoring") in page.text


def test_a_guide_that_nobody_imported_says_so_and_an_unknown_one_is_not_there(house, as_person):
    client = as_person(house.outsider)
    assert "No guide has been imported" in client.get("/academy/guides/peer-review/").text
    assert client.get("/academy/guides/nothing/").status_code == 404


def test_the_boards_cases_are_for_assessors_and_who_runs_the_academy(guides, house, as_person):
    address, link = reverse("teams:guide", args=["board-interview"]), "How the board works"
    for person, answer in ((house.lpdt, 403), (house.assessor, 200), (house.academy, 200)):
        client = as_person(person)
        assert client.get(address).status_code == answer
        assert (link in client.get(reverse("teams:certification")).text) == (answer == 200)
