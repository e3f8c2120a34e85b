"""The demonstration's bonus round is the worked example of the domain reference, to the cent."""

from decimal import Decimal

import pytest

from teams.models import BonusFigure, BonusRound, BonusTeam
from tests.teams.test_bonuses import BASES, ENTITLEMENTS, MULTIPLIERS, SCORES, SHARES, TOTALS

pytestmark = pytest.mark.django_db
ORDER = ["SCH_DEV", "GATE_FPY", "CSAT", "EAC_DEV", "TC_ATT", "DEF_DEN"]


@pytest.mark.parametrize("code", list(TOTALS))
def test_a_team_s_score_and_pool(code):
    row = BonusTeam.objects.get(team__code=f"PDT-{code}")
    found = {
        figure.paid.kpi.code: f"{figure.score:.2f}"
        for figure in BonusFigure.objects.filter(team=row).select_related("paid__kpi")
    }

    assert " ".join(found[name] for name in ORDER) == SCORES[code]
    assert f"{row.score:.2f}" == TOTALS[code]
    assert f"{row.multiplier:.6f}" == MULTIPLIERS[code]
    assert (str(row.base), str(row.entitlement)) == (BASES[code], ENTITLEMENTS[code])


def test_what_counts_is_p05_s_condition_alone():
    rows = BonusRound.objects.get().teams.exclude(findings=None).distinct()

    assert [row.team.code for row in rows] == ["PDT-P05"]
    [finding] = rows[0].findings.filter(cleared="")
    assert (finding.kind, finding.text[:15]) == ("overdue", "38 days overdue")
    assert rows[0].factor == Decimal("0.9")


def test_promises_that_p05_broke_are_found_and_the_board_says_why_they_do_not_count():
    cleared = BonusTeam.objects.get(team__code="PDT-P05").findings.exclude(cleared="")

    assert {row.key for row in cleared} == {
        f"promise:{code}"
        for code in ("ADCP", "RD_COST", "NPV", "CONTRIBUTION", "DEFECTS", "STAFFING")
    }
    assert all(row.text.endswith("outside its tolerance") for row in cleared)


def test_the_reserve_and_the_shares_of_p10():
    row = BonusRound.objects.get()
    shares = row.teams.get(team__code="PDT-P10").members.order_by("pk")

    assert (row.released, row.left_over) == (Decimal(600_000), Decimal("361610.61"))
    assert [str(member.share) for member in shares] == SHARES.split()
