"""Checklists of new seats: computed from what is there, in as many queries for one as for many."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from ipd.kernel.access import Refused
from ipd.kernel.actions import jobs
from ipd.kernel.models import Job, LedgerEntry, Notice, Touch
from teams.actions.academy import deeds, seats
from teams.facts import FACTS
from teams.models import Content, Deed, KnowledgeClaim, Role, Seat
from teams.permissions import visible_seats
from teams.queries.academy import checklists, rights
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy_checklists import ChecklistFactory, PassedFactory
from tests.factories.people import FunctionFactory, PersonFactory, SeatFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
INDEX = "/academy/checklists/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


def taken(team, role, days=10, **more):
    """A seat that began so many days ago."""
    owner = more.pop("function", None) or FunctionFactory(code="SVC")
    return SeatFactory(
        team=team,
        role=Role.objects.get(code=role),
        person=more.pop("person", None) or PersonFactory(function=owner),
        function=owner,
        period=DateRange(TODAY - timedelta(days=days), None),
        **more,
    )


@pytest.fixture
def seat(house):
    """A new seat in the core of the product's team, with its checklist."""
    ChecklistFactory()
    return taken(house.product.team, "SVC")


def items(person):
    return {item.code: item for one in checklists.of(person) for item in one.items}


def test_a_new_core_member_has_a_checklist_with_days_from_the_first(seat):
    found = checklists.of(seat.person)[0]
    assert (found.title, found.ends_on) == ("New core member", date(2026, 12, 27))
    assert [item.word for item in found.items] == ["late", "open", "open"]
    assert found.items[0].due_on == date(2026, 11, 15)
    assert found.next == found.items[0]


@pytest.mark.parametrize(
    ("role", "days", "count"),
    [("SVC", 10, 1), ("SVC", 179, 1), ("SVC", 180, 0), ("LPDT", 10, 0), ("PQA", 10, 1)],
)
def test_who_has_one(house, role, days, count):
    ChecklistFactory()
    team = TeamFactory()
    person = taken(team, role, days).person
    assert len(checklists.of(person)) == count
    assert len(waiting_for(person)) == count


def test_a_seat_on_a_board_has_one_and_a_seat_of_the_academy_none(house):
    ChecklistFactory(code="C-BOARD", body__for_role="MEMBER", body__title="New board member")
    board = taken(house.board, "MEMBER")
    school = taken(Seat.objects.get(person=house.academy).team, "MEMBER")
    assert [one.title for one in checklists.of(board.person)] == ["New board member"]
    assert not checklists.of(school.person)
    assert not waiting_for(school.person)


def test_what_is_done_is_read_and_nothing_is_ticked(seat):
    seats.confirm(seat, by=seat.person)
    PassedFactory(person=seat.person, module__code="M01")
    seats.claim(seat, area="Calibration", level=3, by=seat.person)
    found = items(seat.person)
    assert [item.is_done for item in found.values()] == [True, True, False]
    assert (found["C-3"].count, found["C-3"].wanted) == (1, 2)
    seats.claim(seat, area="  calibration  of antennas ", level=2, by=seat.person)
    assert items(seat.person)["C-3"].is_done


def test_a_finished_checklist_waits_no_more_once_it_was_seen(client, seat):
    seats.confirm(seat, by=seat.person)
    PassedFactory(person=seat.person, module__code="M01")
    for area in ("A", "B"):
        seats.claim(seat, area=area, level=3, by=seat.person)
    assert waiting_for(seat.person)
    client.force_login(seat.person)
    assert "All of it is done" in client.get(INDEX).text
    client.get(INDEX)
    assert not waiting_for(seat.person)
    assert Deed.objects.filter(deed=deeds.CHECKLIST_DONE).count() == 1


def test_another_s_deeds_and_modules_do_not_count(seat, house):
    other = taken(TeamFactory(), "SVC")
    seats.confirm(other, by=other.person)
    PassedFactory(person=other.person, module__code="M01")
    assert not any(item.is_done for item in items(seat.person).values())


def test_a_checklist_costs_the_same_for_any_number(
    client, house, seat, django_assert_max_num_queries, no_lazy_fetch
):
    counts = []
    for _round in (1, 2):
        taken(TeamFactory(), "SVC", person=seat.person)
        ChecklistFactory(code=f"C-{_round}")
        client.force_login(seat.person)
        with django_assert_max_num_queries(12) as seen:
            client.get(INDEX)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_seat_is_confirmed_by_its_holder(client, house, seat):
    address = reverse("teams:checklist-seat", args=[seat.pk])
    for person in (house.lpdt, house.administrator):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}confirmation/").status_code == 404
    client.force_login(seat.person)
    assert "not confirmed" in client.get(address).text
    client.post(f"{address}confirmation/")
    assert "You confirmed it" in client.get(address).text


def test_a_deputy_is_of_the_same_function_stands_in_the_ledger_and_counts(client, house, seat):
    other, colleague = PersonFactory(), PersonFactory(function=seat.function)
    for wrong in (other, seat.person, PersonFactory(function=seat.function, is_active=False)):
        with pytest.raises(Refused):
            seats.name_deputy(seat, deputy=wrong, by=seat.person)
    with pytest.raises(Refused):
        seats.name_deputy(seat, deputy=colleague, by=house.lpdt)
    Touch.objects.all().delete()
    client.force_login(seat.person)
    address = reverse("teams:checklist-seat", args=[seat.pk])
    assert client.post(f"{address}deputy/", {"deputy": "no@one.x"}).status_code == 422
    assert client.post(f"{address}deputy/", {"deputy": other.email}).status_code == 409
    assert client.post(f"{address}deputy/", {"deputy": colleague.email}).status_code == 302
    seat.refresh_from_db()
    assert seat.deputy == colleague
    assert LedgerEntry.objects.get(kind="deputy named").body["deputy"] == colleague.pk
    assert Touch.objects.filter(product_id=house.product.pk).exists()
    assert client.post(f"{address}deputy/", {"deputy": colleague.email}).status_code == 409


def test_a_seat_in_a_confidential_team_is_not_given_to_who_may_not_see_it(client, house):
    """Its holder does not decide who sees the product; who sees it already may stand in."""
    hidden = taken(house.confidential_product.team, "SVC")
    colleague = PersonFactory(function=hidden.function, name="Nora Nearby")
    client.force_login(hidden.person)
    address = reverse("teams:checklist-seat-deputy", args=[hidden.pk])
    refused = client.post(address, {"deputy": colleague.email})
    assert (refused.status_code, "Nora Nearby may not see" in refused.text) == (409, True)
    assert not visible_seats(colleague).filter(pk=hidden.pk).exists()
    assert not Notice.objects.filter(person=colleague).exists()
    taken(hidden.team, "RD", person=colleague, function=FunctionFactory(code="RD"))
    assert client.post(address, {"deputy": colleague.email}).status_code == 302


def test_what_one_knows_is_said_and_taken_back_by_oneself(client, house, seat):
    address = reverse("teams:checklist-seat", args=[seat.pk])
    theirs = KnowledgeClaim.objects.create(
        person=house.lpdt, team=seat.team, area="Filters", level=4, claimed_on=TODAY
    )
    client.force_login(seat.person)
    assert client.post(f"{address}knowledge/", {"area": "", "level": 3}).status_code == 422
    client.post(f"{address}knowledge/", {"area": "Calibration", "level": 3})
    page = client.get(address).text
    assert "Calibration" in page
    assert "Filters" in page
    removal = f"{address}knowledge/{theirs.pk}/removal/"
    assert client.post(removal).status_code == 404
    own = KnowledgeClaim.objects.get(area="Calibration")
    client.post(f"{address}knowledge/{own.pk}/removal/")
    assert not KnowledgeClaim.objects.filter(pk=own.pk).exists()


def test_opening_the_decision_rights_is_noted_once(client, house):
    client.force_login(house.member)
    for _time in (1, 2):
        page = client.get(reverse("teams:team-rights")).text
    assert house.board.name in page
    assert Deed.objects.filter(person=house.member, deed=deeds.AUTHORITY_READ).count() == 1


def test_rights_of_the_deciding_body_are_said_of_its_holders_alone(house):
    def said(person):
        return {one.seat.team_id: one.acts for one in rights.own(person, visible_seats(person))}

    school = Seat.objects.get(person=house.assessor).team_id
    assert "Vote (DCP)" in said(house.member)[house.board.pk]
    assert said(house.assessor)[school] == ["Assess practice and interview for certificates"]
    Seat.objects.filter(person=house.member).update(deputy=house.outsider)
    assert said(house.outsider)[house.board.pk] == []
    Seat.objects.filter(person=house.core_member).update(deputy=house.outsider)
    assert (
        said(house.outsider)[house.product.team_id]
        == said(house.core_member)[house.product.team_id]
    )


def test_the_rights_of_hidden_teams_are_nobody_else_s(client, house):
    client.force_login(house.outsider)
    assert house.confidential_product.team.name not in client.get("/teams/rights/").text


def test_the_ledger_is_checked_by_those_who_answer_for_it(client, house):
    client.force_login(house.outsider)
    assert client.get("/ledger/check/").status_code == 403
    client.force_login(house.secretary)
    assert client.get("/ledger/check/").status_code == 200
    client.post("/ledger/check/")
    jobs.run(str(Job.objects.get().pk))
    assert Job.objects.get().state == "done"
    assert Deed.objects.filter(person=house.secretary, deed=deeds.LEDGER_VERIFIED).exists()
    assert "The chain held" in client.get("/ledger/check/").text


def test_every_fact_of_the_shipped_checklists_is_told_and_leads_somewhere(house, curriculum):
    """Each is counted for a real seat, and its line leads to a page that exists."""
    told = Content.objects.filter(kind="checklist", is_current=True)
    assert {row.body["for_role"] for row in told} == {"MEMBER", "CORE", "SECRETARY"}
    for team, role in [
        (house.board, "MEMBER"),
        (house.product.team, "SVC"),
        (house.board, "SECRETARY"),
    ]:
        seat = taken(team, role, function=FunctionFactory(code="PMO"))
        (found,) = checklists.of(seat.person)
        body = next(row.body for row in told if row.title == found.title)
        for item, said in zip(found.items, body["items"], strict=True):
            assert said["fact"] in FACTS, said["fact"]
            assert item.url.startswith("/"), said["fact"]
