"""How a reader comes to a bonus: seen or 404, with what they are to it, allowed or 403."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from ipd.kernel.access import require
from teams.models import BonusMember, BonusRound, BonusTeam, Person
from teams.queries import bonus_access
from teams.queries.bonus_access import Access, Duties


@dataclass(frozen=True)
class RoundEntry:
    row: BonusRound
    duties: Duties


def managed(person: Person) -> Duties:
    """403 unless the person prepares rounds."""
    done = bonus_access.duties(person)
    require(done.manages)
    return done


def round_entry(request, pk) -> RoundEntry:
    """A round and what the reader does for it; drafts are there for those who prepare them."""
    done = bonus_access.duties(request.user)
    return RoundEntry(get_object_or_404(bonus_access.rounds(request.user, done), pk=pk), done)


@dataclass(frozen=True)
class TeamEntry:
    """One team's bonus, its members with their functions, and what the reader is to it."""

    row: BonusTeam
    members: list[BonusMember]
    access: Access


def team_entry(request, pk) -> TeamEntry:
    """404 where the team does not exist for the reader, 403 where its bonus is not theirs.

    A draft is nobody's yet but those who prepare it.
    """
    row = get_object_or_404(bonus_access.team_bonuses(request.user), pk=pk)
    members = list(
        row.members.select_related("person", "role", "function__head").order_by(
            "role__order", "person__name", "pk"
        )
    )
    found = bonus_access.access(request.user, row, members)
    require(found.is_anything and (row.round.state != "draft" or found.duties.sees_totals))
    return TeamEntry(row, members, found)
