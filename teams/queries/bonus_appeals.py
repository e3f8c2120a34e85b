"""Appeals about a team's bonus, and what the reserve still has for them."""

from decimal import Decimal

from django.db.models import Sum

from teams.models import BonusAnswer, BonusAppeal, BonusRound, BonusTeam, Person
from teams.queries.bonus_access import Access


def left_in_reserve(row: BonusRound) -> Decimal:
    """What no team earned, less what appeals were granted."""
    granted = BonusAnswer.objects.filter(appeal__team__round=row).aggregate(sum=Sum("amount"))
    return (row.left_over or Decimal(0)) - (granted["sum"] or Decimal(0))


def of_team(row: BonusTeam, person: Person, found: Access) -> list[BonusAppeal]:
    """Those the reader may read: their own, and all of them for who answers; one query."""
    rows = row.appeals.select_related("by", "answer__by").order_by("pk")
    return list(rows if found.duties.approves else rows.filter(by=person))
