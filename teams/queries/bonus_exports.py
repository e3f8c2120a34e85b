"""What goes into files about a bonus."""

from collections.abc import Iterable

from teams.models import BonusMember, BonusRound, BonusTeam, Person
from teams.queries.bonus_access import team_bonuses

Rows = tuple[list[str], Iterable[tuple]]


def totals(row: BonusRound, person: Person) -> Rows:
    """The visible teams of a round, and what makes up their pools."""
    head = ["team", "score", "measured", "headcount", "multiplier", "factor", "base", "pool"]
    teams = team_bonuses(person).filter(round=row).order_by("team__code")
    names = ("score", "measured", "headcount", "multiplier", "factor", "base", "entitlement")
    return [*head, "currency"], teams.values_list("team__code", *names, "round__currency")


def shares(row: BonusTeam, members: Iterable[BonusMember]) -> Rows:
    """A team's members with everything that makes up their shares."""
    head = ["round", "team", "person", "name", "role", "participation", "grade", "contribution"]
    rows = (
        (
            *(row.round.name, row.team.code, member.person.code, member.person.name),
            *(member.role.code, member.participation, member.grade, member.contribution),
            *(member.share, row.round.currency),
        )
        for member in members
    )
    return [*head, "share", "currency"], rows
