"""The pages of bonus rounds: who gets which, what each costs, and how a round is run by them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from teams.models import BonusMember, BonusRound, BonusTeam
from tests.factories import ProductFactory
from tests.factories.bonuses import BonusTeamFactory, board
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.teams.bonus_rounds import approve, cosigned, frozen, opened, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def at(name, *args):
    return reverse(f"teams:bonus{name}", args=args)


# Who gets which page --------------------------------------------------------------------------


def test_a_draft_is_there_for_who_prepares_and_approves_it(made, as_person):
    url, team = at("", made.round.pk), at("-team", made.p10.pk)
    for person in (made.board.secretary, made.board.chair):
        assert as_person(person).get(url).status_code == 200
    assert as_person(made.house.lpdt).get(url).status_code == 404
    assert as_person(made.house.lpdt).get(team).status_code == 403
    assertNotContains(as_person(made.house.lpdt).get(at("-list")), "2026</a>")


def test_an_open_round_shows_each_what_is_theirs(made, as_person):
    proposed(made)
    url, team = at("", made.round.pk), at("-team", made.p10.pk)
    head = made.members["SE"].function.head

    page = as_person(made.board.secretary).get(url)
    assertContains(page, "120,282.63 EUR")
    assertContains(page, "361,610.61 EUR")
    member = as_person(made.members["MKT"].person)
    page = member.get(url)
    assertContains(page, "9,027.54 EUR")
    assertNotContains(page, made.teams["P05"].team.name)
    page = member.get(team)
    assertContains(page, "114.11")
    assertContains(page, "120,282.63 EUR × 0.4000 × 1.20 × 1.00 ÷ 6.3955 = 9,027.54 EUR")
    assertNotContains(page, "Member SE")
    page = as_person(made.house.lpdt).get(team)
    assertContains(page, "23,170.70 EUR")
    assertContains(page, "Member SE")
    page = as_person(head).get(team)
    assertContains(page, "1.10")
    assertNotContains(page, "EUR")
    assert as_person(head).get(url).status_code == 200
    outsider = as_person(made.house.outsider)
    assertNotContains(outsider.get(url), "EUR")
    assertContains(outsider.get(url), "restricted")
    assert outsider.get(team).status_code == 403


def test_a_confidential_team_stays_unknown_and_its_pool_is_one_sum(made, as_person):
    hidden = ProductFactory(line=made.house.line, is_confidential=True)
    row = BonusTeamFactory(
        round=made.round, team=hidden.team, specialists=Decimal(37), stopped_early="No-go."
    )
    opened(made)
    client = as_person(made.board.secretary)
    page = client.get(at("", made.round.pk))
    assertNotContains(page, hidden.team.name)
    assertContains(page, "Teams you may not know of")
    assertContains(page, "300,000 EUR")
    assert client.get(row.get_absolute_url()).status_code == 404
    assertNotContains(client.get(at("-totals", made.round.pk, "csv")), hidden.team.code)


def test_fewer_observations_than_a_figure_needs_are_shown_as_what_was_counted(made, as_person):
    kpi = made.round.kpis.get(kpi__code="GATE_FPY").kpi
    type(kpi).objects.filter(pk=kpi.pk).update(unit="%")
    last = made.p10.team.readings.get(kpi=kpi)
    KpiReadingFactory(
        **{"kpi": kpi, "team": made.p10.team, "supersedes": last},
        **{"source": "imported", "entered_by": None},
        **{"numerator": 4, "denominator": 4, "n": 4},
    )
    opened(made)
    page = as_person(made.house.lpdt).get(at("-team", made.p10.pk))
    assertContains(page, "4 of 4")
    assertContains(page, "uncertain: n = 4, 95 % between 51 and 100 %")


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("teams", [1, 3])
def test_pages_cost_the_same_for_one_team_and_three(
    made, teams, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    if teams == 1:
        BonusTeam.objects.exclude(pk=made.p10.pk).filter(round=made.round).delete()
    steps = [lambda: None, lambda: opened(made)]
    for step in steps:
        step()
        for who, names in {
            made.board.secretary: ("", "-team"),
            made.board.chair: ("", "-team"),
            made.house.lpdt: ("-list", "", "-team", "-proposal"),
            made.house.core_member: ("-list", "", "-team"),
        }.items():
            draft = made.fresh().state == "draft"
            client = as_person(who)
            for name in names:
                of = made.round if name == "" else made.p10
                url = at(name) if name == "-list" else at(name, of.pk)
                with django_assert_max_num_queries(12):
                    found = client.get(url)
                hidden = draft and who not in (made.board.secretary, made.board.chair)
                assert found.status_code == (
                    200 if not hidden or name == "-list" else found.status_code
                )


@pytest.mark.parametrize("members", [1, 3])
def test_a_frozen_round_costs_the_same_for_one_member_and_three(
    made, members, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    if members == 1:
        kept = made.members["RD1"].pk
        BonusMember.objects.filter(team=made.p10).exclude(pk=kept).delete()
        made.members = {"RD1": made.members["RD1"]}
        made.contributions = lambda: {kept: Decimal(1)}
    frozen(made)
    for who in (made.board.secretary, made.board.chair, made.house.core_member):
        client = as_person(who)
        for url in (at("", made.round.pk), at("-team", made.p10.pk)):
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


# A round run by its pages ---------------------------------------------------------------------


def test_a_round_is_prepared_in_the_browser(house, as_person):
    seats = board()
    client = as_person(seats.secretary)
    facts = {
        **{"name": "2026", "first_month": "2025-11", "last_month": "2026-10"},
        **{"fund": "600000", "reserve": "Rest", "appeal_days": "14"},
    }
    assert as_person(seats.chair).post(at("-new"), facts).status_code == 403
    bad = client.post(at("-new"), facts | {"last_month": "2025-01", "profit": "1"})
    assert bad.status_code == 422
    assertContains(bad, "Not before the first month.", status_code=422)
    assertContains(bad, "give both", status_code=422)
    client.post(at("-new"), facts)
    row = BonusRound.objects.get()
    kpi = KpiFactory()
    scale = {"floor": "70", "target": "85", "stretch": "92"}
    put = at("-kpi", row.pk)
    assert client.post(put, scale | {"kpi": kpi.pk, "weight": "31"}).status_code == 422
    assert client.post(put, scale | {"kpi": kpi.pk, "weight": 9, "floor": 90}).status_code == 422
    client.post(put, scale | {"kpi": kpi.pk, "weight": "25"})
    client.post(at("-grade", row.pk), {"role": house.lpdt.seats.get().role_id, "weight": "1.6"})
    client.post(at("-team-new", row.pk), {"team": house.product.team_id, "specialists": "0.5"})
    team = row.teams.get()
    assert {m.person for m in team.members.all()} == {house.lpdt, house.core_member, house.pqa}
    assert team.members.get(person=house.lpdt).grade == Decimal("1.6")
    assertContains(client.get(row.get_absolute_url()), "The weights make 25 %, not 100 %.")
    row.refresh_from_db()
    assert client.post(at("-opening", row.pk), {"version": row.version}).status_code == 409
    edited = facts | {"fund": "500000", "version": row.version}
    assert client.post(at("-edit", row.pk), edited).status_code == 302
    assert client.post(at("-edit", row.pk), edited).status_code == 409
    client.post(at("-kpi-removal", row.kpis.get().pk))
    client.post(at("-team-removal", team.pk))
    row.refresh_from_db()
    assert (row.fund, row.kpis.count(), row.teams.count()) == (500_000, 0, 0)


def test_a_round_is_run_in_the_browser(made, as_person):
    def version():
        return {"version": made.fresh().version}

    secretary, lead = as_person(made.board.secretary), as_person(made.house.lpdt)
    assert secretary.post(at("-opening", made.round.pk), version()).status_code == 302
    assert as_person(made.board.chair).post(at("-reading", made.round.pk)).status_code == 403
    assert secretary.post(at("-reading", made.round.pk), version()).status_code == 302
    said = {f"c-{pk}": value for pk, value in made.contributions().items()}
    url, other = at("-proposal", made.p10.pk), at("-proposal", made.teams["P05"].pk)
    assert secretary.get(url).status_code == 403
    assert lead.get(other).status_code == 403
    assertContains(lead.get(url), "Member SE")
    wrong = said | {f"c-{made.members['SE'].pk}": "1.5", "version": made.p10.version}
    assert lead.post(url, wrong).status_code == 422
    assert lead.post(url, said | {"version": made.p10.version}).status_code == 302
    assert lead.post(url, said | {"version": 1}).status_code == 409
    for function, head in made.heads():
        client = as_person(head)
        assertContains(client.get(at("-team", made.p10.pk)), "You stand for what")
        sign = {"function": function.pk, "version": made.p10.version}
        assert client.post(at("-cosignature", made.p10.pk), sign).status_code == 302
    assert lead.post(at("-cosignature", made.p10.pk), {}).status_code == 403
    assertContains(secretary.get(at("", made.round.pk)), "the lead&#x27;s proposal")
    # Nothing is left to share in the other teams once their pools are empty.
    text = {"text": "Returned units, report 12.", "kind": "falsified"}
    assert secretary.post(at("-finding", made.teams["P05"].pk), text).status_code == 302
    for person in (made.board.chair, made.board.member):
        answer = as_person(person).post(at("-approval", made.round.pk), version())
        assert answer.status_code == 302
    assert made.fresh().state == "frozen"
    assertContains(lead.get(at("-team", made.p10.pk)), "31,596.41 EUR")
    assert lead.get(url).status_code == 200
    assert lead.post(url, said | {"version": made.p10.version}).status_code == 409


def test_a_finding_is_cleared_on_its_team_s_page(made, as_person):
    opened(made)
    client = as_person(made.board.secretary)
    assert client.post(at("-finding", made.p10.pk), {"kind": "field"}).status_code == 422
    client.post(at("-finding", made.p10.pk), {"kind": "field", "text": "Report 3."})
    finding = made.p10.findings.get()
    url = at("-clearing", finding.pk)
    assert as_person(made.house.lpdt).post(url, {"reason": "No."}).status_code == 403
    assert client.post(url, {"reason": ""}).status_code == 409
    assert client.post(url, {"reason": "A supplier's part."}).status_code == 302
    assertContains(
        as_person(made.house.pqa).get(at("-team", made.p10.pk)), "A supplier&#x27;s part"
    )


def test_taking_back_needs_a_reason(made, as_person):
    opened(made)
    client, url = as_person(made.board.secretary), at("-withdrawal", made.round.pk)
    assert client.post(url, {"version": made.fresh().version}).status_code == 422
    said = {"version": made.fresh().version, "reason": "A wrong weight."}
    assert client.post(url, said).status_code == 302
    assert made.fresh().state == "draft"


def test_one_person_alone_does_not_freeze(made, as_person):
    cosigned(made)
    client = as_person(made.board.chair)
    data = {"version": made.fresh().version}
    assert client.post(at("-approval", made.round.pk), data).status_code == 302
    assert client.post(at("-approval", made.round.pk), data).status_code == 409
    assert made.fresh().state == "open"
    approve(made, made.board.member)
    assert made.fresh().state == "frozen"
