"""The inbox: one's own notices, read marks and the hour of the digest."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.actions.notices import tell
from ipd.kernel.models import Notice
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown

URL = "/inbox/"


def told(person, *texts):
    for text in texts:
        tell([person], news=text, text=text, link="/portfolio/", why="You lead the team.")
    return list(Notice.objects.filter(person=person).order_by("pk"))


def test_page_makes_the_same_queries_however_many_notices(house, as_person):
    client = as_person(house.lpdt)

    assert grown(client, URL, lambda n: told(house.lpdt, f"News {n}")) <= PAGE
    assert grown(client, URL, lambda n: told(house.lpdt, f"More {n}"), headers=HTMX) <= FRAGMENT


def test_only_one_s_own_notices_are_shown(house, as_person):
    told(house.lpdt, "For Lena")

    assertContains(as_person(house.lpdt).get(URL), "For Lena")
    assertNotContains(as_person(house.chair).get(URL), "For Lena")


def test_reading_a_notice_marks_it_and_leads_on(house, as_person):
    (notice,) = told(house.lpdt, "News")
    client = as_person(house.lpdt)

    response = client.post(f"/inbox/{notice.pk}/")

    assert response["Location"] == "/portfolio/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assertNotContains(client.get(URL, {"show": "unread"}), "News")


def test_a_link_to_another_house_is_not_followed(house, as_person):
    (notice,) = told(house.lpdt, "News")
    Notice.objects.filter(pk=notice.pk).update(link="https://evil.example/")

    assert as_person(house.lpdt).post(f"/inbox/{notice.pk}/")["Location"] == URL


def test_somebody_else_s_notice_is_not_found(house, as_person):
    (notice,) = told(house.lpdt, "News")

    assert as_person(house.chair).post(f"/inbox/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_all_leaves_what_came_after_the_page_was_drawn(house, as_person):
    first, second = told(house.lpdt, "First", "Second")
    (foreign,) = told(house.chair, "Other")

    as_person(house.lpdt).post("/inbox/read/", {"newest": first.pk})

    unread = set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
    assert unread == {second.pk, foreign.pk}


@pytest.mark.parametrize("newest", ["", "x", "²", "9" * 40])
def test_a_number_that_is_none_marks_nothing(house, as_person, newest):
    told(house.lpdt, "News")

    assert as_person(house.lpdt).post("/inbox/read/", {"newest": newest}).status_code == 302


@pytest.mark.parametrize(("sent", "kept"), [("17", 17), ("0", 0), ("", None)])
def test_the_digest_comes_at_the_chosen_hour_or_not_at_all(house, as_person, sent, kept):
    as_person(house.lpdt).post("/inbox/digest/", {"digest_hour": sent})

    house.lpdt.refresh_from_db()
    assert house.lpdt.digest_hour == kept


def test_an_hour_that_no_day_has_is_refused(house, as_person):
    response = as_person(house.lpdt).post("/inbox/digest/", {"digest_hour": "25"})

    assert response.status_code == 422
    house.lpdt.refresh_from_db()
    assert house.lpdt.digest_hour == 8
