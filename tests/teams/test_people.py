"""People: their seats as far as one may see the teams, the sum of all, and their own work."""

from pytest_django.asserts import assertContains, assertNotContains

from teams.queries import people
from tests.factories import PersonFactory, SeatFactory, TeamFactory
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown


def test_pages_make_the_same_queries_however_many_people_and_seats(house, as_person, no_lazy_fetch):
    person, client = PersonFactory(), as_person(house.chair)

    def add(n):
        SeatFactory(team=TeamFactory(), person=person, deputy=PersonFactory())

    assert grown(client, person.get_absolute_url(), add) <= PAGE
    assert grown(as_person(person), person.get_absolute_url(), add) <= PAGE
    assert grown(client, "/people/", add) <= PAGE
    assert grown(client, "/people/", add, headers=HTMX) <= FRAGMENT


def test_a_seat_in_a_hidden_team_is_left_out_but_its_share_is_summed(house, as_person):
    person = PersonFactory()
    hidden = house.confidential_product.team
    SeatFactory(team=house.product.team, person=person, allocation_percent=90)
    SeatFactory(team=hidden, person=person, allocation_percent=30)

    response = as_person(house.outsider).get(person.get_absolute_url())

    assertNotContains(response, hidden.name)
    assertContains(response, "Other")
    assert (response.context["total"], response.context["unseen"]) == (120, 30)
    assertContains(response, "over full time")

    response = as_person(person).get(person.get_absolute_url())
    assertContains(response, hidden.name)
    assert response.context["unseen"] == 0


def test_open_work_is_shown_to_its_owner_alone(house, as_person):
    review = house.review(criteria__state="no_data")
    criterion = review.criteria.first()
    criterion.owner = house.core_member
    criterion.save()
    url = house.core_member.get_absolute_url()

    assertContains(as_person(house.core_member).get(url), criterion.text[:40])
    assertNotContains(as_person(house.chair).get(url), criterion.text[:40])


def test_people_are_listed_by_name_page_by_page(house, as_person, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 2)
    for name in ("Same Name", "Same Name", "Same Name", "Zoe Last"):
        PersonFactory(name=name)
    client, query, seen = as_person(house.chair), {}, []
    while True:
        page = client.get("/people/", query).context["page"]
        seen += [person.pk for person in page.rows]
        if not page.after:
            break
        query["after"] = page.after

    assert len(seen) == len(set(seen))
    names = [row.name for row in page.rows]
    assert names[-1] == "Zoe Last"


def test_people_are_narrowed_by_text_function_and_site(house, as_person):
    anna = PersonFactory(name="Anna-Lena Holm")
    client = as_person(house.chair)

    def found(**query):
        return [person.pk for person in client.get("/people/", query).context["page"].rows]

    assert anna.pk in found(q="holm")
    assert anna.pk in found(q="lena h")
    assert anna.pk not in found(q="olm")
    assert anna.pk in found(function=anna.function.code, site=anna.site.code)
    assert found(q="?!") == []
