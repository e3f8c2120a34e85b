"""Inside a team: the lead proposes contributions, the functions' heads co-sign them."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.bonuses import locked_open, saved
from teams.calculations.bonuses import HIGHEST, LOWEST
from teams.models import BonusCosignature, BonusMember, BonusTeam, Function, Person
from teams.queries import bonus_results as results
from teams.queries import bonus_seals


def locked_team(row: BonusTeam, *, seen_version: int) -> BonusTeam:
    """The team's fresh row under its round's lock; refused unless the round is open."""
    held = locked_open(row.round)
    rows = BonusTeam.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("round", "team").get(pk=row.pk)
    if found.version != seen_version:
        raise Stale(_("The proposal was changed while you were looking at it."))
    found.round = held
    return found


@transaction.atomic
def propose(
    row: BonusTeam,
    *,
    contributions: Mapping[int, Decimal],
    note: str,
    by: Person,
    seen_version: int,
) -> BonusTeam:
    """Say what each member contributed; the pool is split at once, and the heads are asked.

    A head's signature under parts that did not change stands; the board signs anew. Refused
    unless every member is named, and outside of 0.8…1.2.
    """
    row = locked_team(row, seen_version=seen_version)
    members = list(row.members.select_related("function__head"))
    if {member.pk for member in members} != set(contributions):
        raise Stale(_("The team's members are others by now."))
    for member in members:
        member.contribution = contributions[member.pk]
        if not LOWEST <= member.contribution <= HIGHEST:
            raise Refused(_("A contribution is between 0.80 and 1.20."))
    row.proposed_by, row.proposed_on, row.note = by, today(), note.strip()[:1000]
    row.version += 1
    row.save(update_fields=["proposed_by", "proposed_on", "note", "version"])
    split = results.shares(row.entitlement, members)
    for member in members:
        member.share = split[member.pk]
    BonusMember.objects.bulk_update(members, ["contribution", "share"])
    saved(row.round)
    for function in bonus_seals.unsigned(row):
        tell(
            [function.head],
            news=f"bonus:{row.pk}:cosign:{function.pk}:{row.version}",
            text=_("%(round)s: co-sign the contributions of %(function)s in %(team)s.")
            % {"round": row.round.name, "function": function.name, "team": row.team.name},
            link=row.get_absolute_url(),
            why=_("You head this function."),
            needs_action=True,
        )
    return row


@transaction.atomic
def cosign(row: BonusTeam, *, function: Function, by: Person, seen_version: int) -> None:
    """The function's head stands for what its members contributed.

    Who may is the view's right. Refused to whoever proposed it, before a proposal, and twice.
    """
    row = locked_team(row, seen_version=seen_version)
    if row.proposed_on is None:
        raise Refused(_("Nothing is proposed yet."))
    if by.pk == row.proposed_by_id:
        raise Refused(_("Whoever proposes the shares does not co-sign them."))
    if function not in bonus_seals.unsigned(row):
        raise Refused(_("This function has signed what is proposed."))
    seal = bonus_seals.of_function(row, function.pk, list(row.members.all()))
    BonusCosignature.objects.create(team=row, function=function, by=by, seal=seal)
