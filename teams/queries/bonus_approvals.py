"""What a round still waits for, and which signatures under it stand."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from teams.models import BonusApproval, BonusCosignature, BonusMember, BonusRound, BonusTeam
from teams.queries.bonus_seals import of_function


def waiting_for(teams: Iterable[BonusTeam]) -> dict[int, list[str]]:
    """By team (its pk in the round) what its pool waits for; two queries.

    A team without a pool has nothing to share, and waits for nothing.
    """
    teams = {team.pk: team for team in teams if team.entitlement}
    members: dict[int, list[BonusMember]] = {pk: [] for pk in teams}
    for member in BonusMember.objects.filter(team__in=teams).select_related("function"):
        members[member.team_id].append(member)
    signed = set(
        BonusCosignature.objects.filter(team__in=teams).values_list("team", "function", "seal")
    )
    found: dict[int, list[str]] = {}
    for pk, team in teams.items():
        if team.proposed_on is None:
            found[pk] = [_("the lead's proposal")]
            continue
        functions = {member.function_id: member.function for member in members[pk]}
        lacking = [
            function.name
            for number, function in functions.items()
            if (pk, number, of_function(team, number, members[pk])) not in signed
        ]
        if lacking:
            found[pk] = sorted(lacking)
    return found


def blockers(row: BonusRound) -> list[str]:
    """What keeps the round from being approved, a sentence for each team."""
    teams = {team.pk: team for team in row.teams.select_related("team").order_by("team__code")}
    waiting = waiting_for(teams.values())
    return [
        _("%(team)s waits for %(what)s.") % {"team": team.team.code, "what": ", ".join(waiting[pk])}
        for pk, team in teams.items()
        if pk in waiting
    ]


def standing(row: BonusRound) -> list[BonusApproval]:
    """The signatures under the round as it stands; one query."""
    rows = row.approvals.filter(version=row.version).select_related("by", "role")
    return list(rows.order_by("pk"))
