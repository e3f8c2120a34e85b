"""Teams: seats, coverage, rights, and that a confidential product's team is hidden with it."""

from pytest_django.asserts import assertContains, assertNotContains

from teams.models import Role
from teams.permissions import visible_seats, visible_teams
from tests.factories import FunctionFactory, GrantFactory, PersonFactory, SeatFactory, TeamFactory
from tests.ipd.counting import FRAGMENT, HTMX, PAGE, grown


def test_the_team_of_a_confidential_product_is_not_there_for_others(house, as_person):
    hidden = house.confidential_product.team
    url = hidden.get_absolute_url()

    for person in (house.outsider, house.chair, house.administrator):
        client = as_person(person)
        assert client.get(url).status_code == 404
        assertNotContains(client.get("/teams/"), hidden.name)
        assert hidden not in visible_teams(person)
        assert not visible_seats(person).filter(team=hidden).exists()

    GrantFactory(product=house.confidential_product, person=house.outsider)
    response = as_person(house.outsider).get(url)
    assertContains(response, "Confidential")
    assertContains(as_person(house.outsider).get("/teams/"), hidden.name)


def test_pages_make_the_same_queries_however_many_seats_and_teams(house, as_person, no_lazy_fetch):
    team, client = house.product.team, as_person(house.chair)

    def add_seat(n):
        SeatFactory(team=team, function=FunctionFactory(code=f"X{n}"), deputy=PersonFactory())

    def add_team(n):
        SeatFactory(team=TeamFactory())

    assert grown(client, team.get_absolute_url(), add_seat) <= PAGE
    assert grown(client, "/teams/", add_team) <= PAGE
    assert grown(client, "/teams/", add_team, headers=HTMX) <= FRAGMENT


def test_coverage_counts_holders_and_deputies(house, as_person):
    team = TeamFactory()
    role = Role.objects.get(code="RD")
    for code, person, deputy in [
        ("A1", PersonFactory(), PersonFactory()),
        ("A2", PersonFactory(), None),
        ("A3", None, None),
        ("A4", None, PersonFactory()),
    ]:
        SeatFactory(
            team=team, role=role, function=FunctionFactory(code=code), person=person, deputy=deputy
        )

    response = as_person(house.outsider).get(team.get_absolute_url())

    coverage = response.context["coverage"]
    assert (coverage.seats, coverage.filled, coverage.strict) == (4, 2, 1)
    assert coverage.strict_percent == 25
    assertContains(response, "no deputy")
    assertContains(response, "(open)", count=2)


def test_over_allocation_counts_all_teams_and_names_the_person(house, as_person):
    busy = PersonFactory(name="Bea Busy")
    team = TeamFactory()
    SeatFactory(team=team, person=busy, allocation_percent=80)
    SeatFactory(team=house.confidential_product.team, person=busy, allocation_percent=45)

    response = as_person(house.outsider).get(team.get_absolute_url())

    assertContains(response, "125 % in all")
    assert response.context["over"] == [busy]


def test_the_matrix_tells_which_seat_may_do_what(house, as_person):
    response = as_person(house.outsider).get(house.board.get_absolute_url())

    rows = {row.act: row.cells for row in response.context["rights"]}
    codes = [role.code for role in response.context["roles"]]
    assert rows["decide"][codes.index("CHAIR")] == "DCP"
    assert rows["decide"][codes.index("SECRETARY")] == ""
    assert rows["see_money"][codes.index("CHAIR")] == "✓"


def test_a_team_tells_what_it_serves(house, as_person):
    client = as_person(house.outsider)

    assertContains(
        client.get(house.product.team.get_absolute_url()), house.product.get_absolute_url()
    )
    assertContains(client.get(house.board.get_absolute_url()), house.line.name)


def test_teams_are_found_by_kind_and_text(house, as_person):
    client = as_person(house.outsider)

    response = client.get("/teams/", {"kind": "TRP"})
    assert {team.kind for team in response.context["page"].rows} == {"TRP"}
    response = client.get("/teams/", {"q": house.board.code})
    assert house.board in response.context["page"].rows
    assert client.get("/teams/", {"kind": "nothing", "after": "x"}).status_code == 200
