"""Conflicts climb until somebody decides them; what breaks the contract goes by change request."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from django.urls import reverse

from ipd.actions import climbing, trade_offs
from ipd.actions.trade_offs import Side
from ipd.kernel.access import Refused, Stale
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.models import TradeOff
from ipd.models.trade_offs import Rung, TradeOffState
from ipd.permissions.trade_offs import can_decide
from teams.models import Function
from tests.factories import BodyFactory, PersonFactory
from tests.factories.company import seated
from tests.factories.contracts import ChangeFactory, ContractFactory
from tests.factories.trade_offs import option, trade_off
from tests.ipd.counting import PAGE, grown
from tests.races import at_once

MONDAY = "2026-11-23T09:00:00+00:00"


@pytest.fixture
def row(house):
    return trade_off(house.product, owner=house.core_member)


def decided(row, choice, house, **fields):
    given = {"decision": "It is the cheapest.", "by": house.lpdt, "seen_version": row.version}
    return trade_offs.decide(row, option=choice, **(given | fields))


def test_it_starts_with_its_owners_who_are_told(row, house):
    assert (row.number, row.rung, row.state) == (1, Rung.OWNERS, TradeOffState.OPEN)
    assert row.steps.get().left_on is None
    assert Notice.objects.filter(person=house.core_member, needs_action=True).count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sides": []}, "at least two sides"),
        ({"decide_by": date(2020, 1, 1)}, "before today"),
        ({"sides": [Side(limit="One"), Side(limit="Two")]}, "somebody who stands for it"),
    ],
)
def test_a_conflict_without_two_sides_or_owners_is_refused(house, fields, why):
    with pytest.raises(Refused, match=why):
        trade_off(house.product, owner=house.core_member, **fields)
    assert not TradeOff.objects.exists()


def test_deciding_settles_it_and_tells_the_sides(row, house):
    choice = option(row)
    settled = decided(row, choice, house)
    assert (settled.state, settled.chosen, settled.climbs_on) == ("decided", choice, None)
    assert settled.steps.get().left_on is not None
    entry = LedgerEntry.objects.get(subject=f"trade-off:{row.pk}")
    assert entry.body["option"] == "Thinner plate"
    with pytest.raises(Refused, match="settled"):
        decided(settled, choice, house)


def test_a_decision_needs_its_reason_and_an_option_of_its_own(row, house):
    foreign = option(trade_off(house.product, owner=house.core_member))
    choice = option(row)
    with pytest.raises(Refused, match="no option of this"):
        decided(row, foreign, house)
    with pytest.raises(Refused, match="why this option"):
        decided(row, choice, house, decision=" ")


def test_who_saw_an_earlier_state_is_told_and_nothing_is_written(row, house):
    seen = row.version
    choice = option(row)
    with pytest.raises(Stale):
        decided(row, choice, house, seen_version=seen)
    row.refresh_from_db()
    assert row.is_open


def test_one_option_is_recommended(row):
    option(row, name="First", is_recommended=True)
    option(row, name="Second", is_recommended=True)
    assert [o.name for o in row.options.filter(is_recommended=True)] == ["Second"]
    with pytest.raises(Refused, match="stands there already"):
        option(row, name="First")


def test_the_clock_sends_it_up_rung_by_rung_and_stops_at_the_board(house):
    """3, 5 and 10 working days: domain reference, 3.4."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        row = trade_off(house.product, owner=house.core_member, decide_by=date(2027, 2, 1))
        seen = []
        for _day in range(60):
            climbing.chase()
            row.refresh_from_db()
            if not seen or seen[-1][1] != row.rung:
                seen.append((row.rung_since, row.rung))
            clock.shift(timedelta(days=1))
    assert seen == [
        (date(2026, 11, 23), 1),
        (date(2026, 11, 27), 2),
        (date(2026, 12, 5), 3),
        (date(2026, 12, 19), 4),
    ]
    assert row.climbs_on is None
    assert row.steps.count() == 4
    assert row.steps.filter(by=None).count() == 3


def test_each_rung_has_its_deciders(row, house):
    rmt = BodyFactory(line=house.line, kind="RMT").team
    requirements = seated(rmt, "CHAIR", "MKT")
    head = Function.objects.get(pk=house.core_member.function_id).head
    allowed = {}
    for rung in Rung:
        row.rung = rung
        people = {
            "lpdt": house.lpdt,
            "rmt": requirements,
            "head": head,
            "chair": house.chair,
            "core": house.core_member,
            "outsider": house.outsider,
        }
        allowed[rung] = {name for name, person in people.items() if can_decide(person, row)}
    assert allowed == {1: {"lpdt"}, 2: {"lpdt"}, 3: {"rmt", "head"}, 4: {"chair"}}


def test_sending_up_needs_a_reason_and_tells_who_decides_there(row, house):
    with pytest.raises(Refused, match="why it goes up"):
        trade_offs.send_up(row, note=" ", by=house.core_member, seen_version=row.version)
    row = trade_offs.send_up(row, note="No way", by=house.core_member, seen_version=row.version)
    assert row.rung == Rung.TEAM
    assert OutboxMessage.objects.filter(recipient=house.lpdt).count() == 1


def test_the_board_is_the_last_rung(row, house):
    TradeOff.objects.filter(pk=row.pk).update(rung=Rung.BOARD, climbs_on=None)
    with pytest.raises(Refused, match="last step"):
        trade_offs.send_up(row, note="Higher", by=house.core_member, seen_version=row.version)


@pytest.mark.parametrize(("days", "cost"), [(11, 0), (0, 500_001)])
def test_what_breaks_the_contract_needs_a_change_request(row, house, days, cost):
    """Tolerances of the contract: ten working days, five percent of ten million."""
    ContractFactory(product=house.product)
    choice = option(row, days=days, cost=Decimal(cost))
    with pytest.raises(Refused, match="change request"):
        decided(row, choice, house)
    change = ChangeFactory(product=house.product)
    assert decided(row, choice, house, change=change).change == change


def test_taking_it_back_says_why(row, house):
    with pytest.raises(Refused, match="no conflict any more"):
        trade_offs.withdraw(row, note="", by=house.lpdt, seen_version=row.version)
    row = trade_offs.withdraw(row, note="Solved", by=house.lpdt, seen_version=row.version)
    assert row.state == TradeOffState.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does(house):
    row = trade_off(house.product, owner=house.core_member)

    done, stale = at_once([partial(decided, row, option(row), house)] * 2, refusals=Stale)

    assert (len(done), len(stale)) == (1, 1)


def test_pages_cost_the_same_with_one_and_with_three(row, house, as_person):
    client = as_person(house.lpdt)

    def more(_number):
        option(trade_off(house.product, owner=house.core_member))

    assert grown(client, reverse("ipd:trade-offs", args=[house.product.pk]), more) <= PAGE

    def ways(number):
        option(row, name=f"Way {number}")

    assert grown(client, row.get_absolute_url(), ways) <= PAGE


def test_a_browser_raises_offers_and_decides(house, as_person):
    team, lead = as_person(house.core_member), as_person(house.lpdt)
    new = reverse("ipd:trade-off-new", args=[house.product.pk])
    typed = {
        "title": "Noise against cooling",
        "text": "The fan is loud.",
        "dimension": "quality",
        "decide_by": "2099-01-04",
        "codes": "",
        "limit": "35 dB",
        "owner": house.core_member.pk,
    }
    page = team.post(new, typed)
    assert page.status_code == 409
    assert "at least two sides" in page.text
    assert team.post(new, typed | {"codes": "NONE-1"}).status_code == 422
    row = trade_off(house.product, owner=house.core_member)
    url = reverse("ipd:trade-off-option", args=[row.pk])
    way = {"name": "Bigger fan", "days": "2", "cost": "1200", "version": row.version}
    assert team.post(url, way).status_code == 302
    row.refresh_from_db()
    decision = reverse("ipd:trade-off-decision", args=[row.pk])
    choice = {"option": row.options.get().pk, "decision": "Quiet enough", "version": row.version}
    assert team.post(decision, choice).status_code == 403
    assert lead.post(decision, choice | {"decision": ""}).status_code == 422
    assert lead.post(decision, choice).status_code == 302
    assert "Quiet enough" in team.get(row.get_absolute_url()).text


def test_what_an_option_costs_is_for_those_with_the_grant(row, house, as_person):
    option(row, cost=Decimal("777444"))
    url = row.get_absolute_url()
    assert "777,444" in as_person(house.lpdt).get(url).text
    for person in (house.core_member, house.outsider):
        assert "777" not in as_person(person).get(url).text


def test_open_ones_in_time_are_measured(house):
    day = date(2026, 11, 23)
    with time_machine.travel(MONDAY, tick=False):
        trade_off(house.product, owner=house.core_member, decide_by=day)
        trade_off(house.product, owner=house.core_member, decide_by=day + timedelta(days=30))
    late = day + timedelta(days=7)
    reading = MEASURES["trade_offs_in_time"].compute([house.product.pk], day, late)
    assert (reading[house.product.pk].numerator, reading[house.product.pk].n) == (1, 2)


def test_a_confidential_product_keeps_its_conflicts(house, as_person):
    row = trade_off(house.confidential_product, owner=PersonFactory())
    assert as_person(house.lpdt).get(row.get_absolute_url()).status_code == 404
