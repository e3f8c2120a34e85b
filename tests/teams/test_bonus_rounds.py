"""A bonus round from draft to frozen: what each step does, and to whom it is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gates.models.reviews import Stage
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry, Notice
from teams.actions import bonus_findings, bonuses
from teams.models import (
    BonusFigure,
    BonusKpi,
    BonusMember,
    BonusTeam,
    KpiApproval,
)
from teams.queries import bonus_people
from tests.factories import ConditionFactory, PersonFactory, ReviewFactory
from tests.factories.bonuses import BonusRoundFactory, grade
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.people import SeatFactory
from tests.teams.bonus_rounds import approve, cosigned, opened
from tests.teams.test_bonuses import BASES, ENTITLEMENTS, MULTIPLIERS, SCORES, TOTALS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def results(made):
    rows = {code: BonusTeam.objects.get(pk=row.pk) for code, row in made.teams.items()}
    return {code: str(row.entitlement) for code, row in rows.items()}


# Opening ------------------------------------------------------------------------------------


def test_an_opened_round_is_the_worked_example_to_the_cent(made):
    opened(made)

    for code, pk in {code: row.pk for code, row in made.teams.items()}.items():
        row = BonusTeam.objects.get(pk=pk)
        figures = BonusFigure.objects.filter(team=row).order_by("paid__pk")
        assert " ".join(f"{one.score:.2f}" for one in figures) == SCORES[code]
        assert f"{row.score:.2f}" == TOTALS[code]
        assert f"{row.multiplier:.6f}" == MULTIPLIERS[code]
        assert str(row.base) == BASES[code]
    assert results(made) == ENTITLEMENTS
    found = made.fresh()
    assert (found.released, found.left_over, found.coefficient) == (
        Decimal(600_000),
        Decimal("361610.61"),
        1,
    )
    [finding] = made.teams["P05"].findings.all()
    assert (finding.kind, finding.factor) == ("overdue", Decimal("0.9"))
    assert finding.text.startswith("38 days overdue")


def test_whoever_leads_is_asked_and_the_ledger_says_so(made):
    opened(made)

    assert Notice.objects.get(person=made.house.lpdt, needs_action=True).text.startswith("2026")
    entry = LedgerEntry.objects.latest("sequence")
    assert (entry.kind, entry.subject) == ("bonus round opened", f"bonus:{made.round.pk}")
    assert ledger.verify() == []


def test_a_round_opens_only_when_it_is_complete(house):
    row = BonusRoundFactory(first_month=date(2026, 1, 1), last_month=date(2026, 11, 1))
    unpaid = KpiFactory(counts_in_pay=False)
    BonusKpi.objects.create(round=row, kpi=unpaid, weight=20, floor=1, target=2, stretch=3)

    with pytest.raises(Refused) as refused:
        bonuses.open_round(row, by=house.lpdt, seen_version=row.version)
    for said in ("make 20 %", f"{unpaid.code} must not be paid for", "not over", "No team"):
        assert said in str(refused.value)


def test_rules_are_a_draft_s(made):
    kpi = KpiFactory()
    scale = {"floor": 1, "target": 2, "stretch": 3, "centre": None}
    with pytest.raises(Refused, match="stops being honest"):
        bonuses.put_kpi(
            made.round, kpi=KpiFactory(counts_in_pay=False), scale=scale, weight=9, by=None
        )
    paid = bonuses.put_kpi(made.round, kpi=kpi, scale=scale, weight=9, by=None)
    bonuses.drop_kpi(paid, by=None)
    with pytest.raises(IntegrityError, match="thirty_percent"), transaction.atomic():
        bonuses.put_kpi(made.round, kpi=kpi, scale=scale, weight=31, by=None)
    opened(made)
    for forbidden in (
        lambda: bonuses.put_kpi(made.round, kpi=kpi, scale=scale, weight=9, by=None),
        lambda: bonuses.put_grade(made.round, role=paid.kpi, weight=1, by=None),
        lambda: bonuses.drop_team(made.teams["P05"], by=None),
    ):
        with pytest.raises(Refused, match="fixed once the round is opened"):
            forbidden()


def test_the_next_round_begins_with_the_rules_of_the_last(made):
    grade(made.round, "LPDT", "1.60")
    facts = {"name": "2027", "first_month": date(2026, 11, 1), "last_month": date(2027, 10, 1)}
    row = bonuses.draft(facts={**facts, "fund": 1, "reserve": "Rest"}, by=made.board.secretary)

    assert row.kpis.count() == 6
    assert [str(one.weight) for one in row.grades.all()] == ["1.60"]
    assert not row.teams.exists()


def test_taken_back_it_is_a_draft_again_and_the_ledger_knows_why(made):
    cosigned(made)
    approve(made, made.board.chair)
    row = made.fresh()
    with pytest.raises(Refused, match="Say why"):
        bonuses.take_back(row, reason=" ", by=made.board.secretary, seen_version=row.version)
    row = bonuses.take_back(
        row, reason="Wrong weight.", by=made.board.secretary, seen_version=row.version
    )
    assert (row.state, row.opened_on) == ("draft", None)
    assert LedgerEntry.objects.latest("sequence").body["reason"] == "Wrong weight."
    opened(made)
    approve(made, made.board.member)
    assert made.fresh().state == "open", "the chair has not signed what was opened again"


# Who was in a team --------------------------------------------------------------------------


def test_members_come_from_seats_with_their_part_of_the_year(house, made):
    team = made.teams["P01"].team
    for person, role, percent, period in (
        ("A", "LPDT", 100, (date(2020, 1, 1), None)),
        ("B", "RD", 50, (date(2026, 5, 2), None)),
        ("C", "SE", 60, (date(2020, 1, 1), None)),
        ("D", "MFG", 40, (date(2020, 1, 1), date(2025, 6, 1))),
    ):
        SeatFactory(
            **{"team": team, "role__code": role, "person": PersonFactory(name=person)},
            **{"allocation_percent": percent, "period": period},
        )
    both = BonusMember(person=team.seats.get(person__name="C").person)
    SeatFactory(
        **{"team": team, "role__code": "PRC", "person": both.person},
        **{"allocation_percent": 80},
    )
    grade(made.round, "LPDT", "1.60")
    grade(made.round, "SE", "1.40")
    BonusTeam.objects.filter(pk=made.teams["P01"].pk).delete()
    row = bonuses.put_team(made.round, team=team, specialists=Decimal(2), stopped_early="", by=None)

    found = {m.person.name: (m.participation, m.grade) for m in row.members.all()}
    half = round(Decimal("0.5") * 183 / 365, 4)
    assert found["A"] == (1, Decimal("1.60"))
    assert found["B"] == (half, 1)
    assert found["C"] == (1, Decimal("1.40")), "two seats are full time at most"
    assert "D" not in found
    assert bonus_people.span(made.round) == (date(2025, 11, 1), date(2026, 11, 1))


# Figures ------------------------------------------------------------------------------------


def test_what_a_team_enters_and_nobody_audits_is_not_paid_for(made):
    team, paid = made.p10.team, made.round.kpis.get(kpi__code="CSAT")
    last = team.readings.get(kpi=paid.kpi)
    mine = KpiReadingFactory(
        **{"kpi": paid.kpi, "team": team, "supersedes": last, "entered_by": made.house.lpdt},
        **{"numerator": 99, "denominator": 1},
    )
    opened(made)

    row = BonusFigure.objects.get(team=made.p10, paid=paid)
    assert (row.counts, row.figure, row.score) == ("unaudited", 99, None)
    assert made.p10.measured == 80
    KpiApproval.objects.create(reading=mine, by=made.house.pqa)
    row = made.fresh()
    bonuses.read_again(row, by=made.board.secretary, seen_version=row.version)
    row = BonusFigure.objects.get(team=made.p10, paid=paid)
    assert (row.counts, row.score) == ("yes", 120)


def test_too_little_measured_pays_nothing_but_what_is_not_due_is_not_missing(made):
    team = made.p10.team
    for code, status in (("SCH_DEV", "missing"), ("CSAT", "not_due")):
        last = team.readings.get(kpi__code=code)
        KpiReadingFactory(
            **{
                "kpi": last.kpi,
                "team": team,
                "supersedes": last,
                "source": "imported",
                "entered_by": None,
            },
            **{"numerator": None, "denominator": None, "n": 0, "status": status},
        )
    opened(made)
    # 55 of the 80 percent that are due: 68.75 %.
    assert (made.p10.score, made.p10.measured, made.p10.entitlement) == (
        None,
        Decimal("68.75"),
        0,
    )


def test_a_team_that_was_stopped_in_time_is_paid_by_its_milestones(made):
    BonusTeam.objects.filter(pk=made.teams["P01"].pk).update(stopped_early="No-go at CDCP.")
    opened(made)

    assert results(made)["P01"] == BASES["P01"]


def test_a_fund_that_is_not_earned_is_released_in_part(made):
    row = made.round
    row.profit, row.threshold = Decimal(30), Decimal(40)
    row.save()
    opened(made)

    assert made.fresh().released == Decimal(450_000)
    assert results(made)["P10"] == "90211.97"


# Findings -----------------------------------------------------------------------------------


def test_findings_are_stated_multiplied_and_cleared(made):
    opened(made)
    row, secretary = made.p10, made.board.secretary
    with pytest.raises(Refused, match="proof"):
        bonus_findings.state(row, kind="field", text=" ", by=secretary)
    bonus_findings.state(row, kind="breach", text="Cost, mail of 11-02.", by=secretary)
    one = bonus_findings.state(row, kind="field", text="Report 17.", by=secretary)
    bonus_findings.state(row, kind="field", text="Report 18.", by=secretary)
    assert made.p10.factor == Decimal("0.35"), "once for each kind"
    with pytest.raises(Refused, match="Say why"):
        bonus_findings.clear(one, reason="", by=secretary)
    bonus_findings.clear(one, reason="Not ours.", by=secretary)
    assert made.p10.factor == Decimal("0.35"), "the other report still counts"
    with pytest.raises(Refused, match="cleared already"):
        bonus_findings.clear(one, reason="Again.", by=secretary)
    kinds = LedgerEntry.objects.filter(kind__startswith="bonus finding")
    assert kinds.count() == 4


def test_what_is_found_goes_with_its_fact_and_what_is_cleared_stays_cleared(made):
    review = ReviewFactory(product=made.house.product, stage=Stage.DECIDED)
    overdue = {"review": review, "due_on": date(2026, 10, 1), "original_due_on": date(2026, 10, 1)}
    first, second = ConditionFactory(**overdue), ConditionFactory(**overdue)

    def read_again():
        row = made.fresh()
        bonuses.read_again(row, by=made.board.secretary, seen_version=row.version)

    opened(made)
    assert (made.p10.findings.count(), made.p10.factor) == (2, Decimal("0.9"))
    cleared = made.p10.findings.get(text__endswith=first.text, key__endswith=f"-{first.number}")
    bonus_findings.clear(cleared, reason="Extended by word.", by=made.board.secretary)
    read_again()
    assert made.p10.factor == Decimal("0.9"), "the other one still counts"
    type(second).objects.filter(pk=second.pk).update(due_on=date(2027, 1, 1))
    read_again()
    assert made.p10.factor == 1
    assert made.p10.findings.get().cleared == "Extended by word."
