"""Who reads KPIs of a team, and who approves what they read: the people to ask."""

from collections.abc import Iterable

from teams.models import Kpi, Person, Seat
from teams.models.rights import SeatedIn

ENTER, APPROVE = "enter_readings", "approve_readings"


def holders(teams: Iterable[int], act: str) -> dict[int, list[Seat]]:
    """By team the filled seats of today that may do the act, in the order of roles; one query."""
    rows = (
        Seat.objects.current()
        .filter(
            team__in=list(teams),
            person__is_active=True,
            role__rights__act=act,
            role__rights__seated_in=SeatedIn.TEAM,
        )
        .select_related("person")
        .order_by("team_id", "role__order", "pk")
    )
    found: dict[int, list[Seat]] = {}
    for seat in rows.distinct():
        found.setdefault(seat.team_id, []).append(seat)
    return found


def reader_of(kpi: Kpi, seats: list[Seat]) -> Person | None:
    """Who of a team reads the KPI: the seat of the function that owns it, else the team's first."""
    own = (seat.person for seat in seats if seat.function_id == kpi.owner_id)
    return next(own, seats[0].person if seats else None)
