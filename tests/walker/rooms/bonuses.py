"""Team bonuses in the walk: the lead is a member; who prepares and approves walks not."""

from datetime import date

from teams.models import BonusAppeal
from teams.models.bonuses import RoundState
from tests.factories.bonuses import (
    BonusFindingFactory,
    BonusKpiFactory,
    BonusMemberFactory,
    BonusRoundFactory,
    BonusTeamFactory,
)
from tests.walker.rows import LPDT, NOBODY, act, form, page

ROUND, TEAM = {"pk": "bonus"}, "bonus_team"

TABLE = {
    "teams:bonus-list": page(),
    "teams:bonus-new": form(None, NOBODY),
    "teams:bonus": page(ROUND, everywhere=True),
    "teams:bonus-edit": form(ROUND, NOBODY, everywhere=True),
    "teams:bonus-kpi": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-kpi-removal": act("bonus_kpi", NOBODY, everywhere=True),
    "teams:bonus-grade": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-team-new": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-team-removal": act(TEAM, NOBODY),
    "teams:bonus-opening": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-reading": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-withdrawal": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-approval": act(ROUND, NOBODY, everywhere=True),
    "teams:bonus-totals": page({"pk": "bonus", "ending": "csv"}, get=NOBODY, everywhere=True),
    "teams:bonus-team": page(TEAM, get=LPDT),
    "teams:bonus-what-ifs": page(TEAM, get=LPDT),
    "teams:bonus-proposal": form(TEAM, LPDT),
    "teams:bonus-cosignature": act(TEAM, NOBODY),
    "teams:bonus-shares": page({"pk": TEAM, "ending": "csv"}, get=LPDT),
    "teams:bonus-finding": act(TEAM, NOBODY),
    "teams:bonus-clearing": act("bonus_finding", NOBODY),
    "teams:bonus-appeal": act(TEAM, LPDT),
    "teams:bonus-answer": act("bonus_appeal", NOBODY),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """An open round with the product's team; its one member is the owner."""
    row = BonusRoundFactory(state=RoundState.OPEN, opened_on=date(2026, 11, 2))
    team = BonusTeamFactory(round=row, team=product.team)
    BonusMemberFactory(team=team, person=owner)
    return {
        "bonus": row,
        "bonus_team": team,
        "bonus_kpi": BonusKpiFactory(round=row),
        "bonus_finding": BonusFindingFactory(team=team),
        "bonus_appeal": BonusAppeal.objects.create(team=team, by=owner, text="Too little."),
    }
