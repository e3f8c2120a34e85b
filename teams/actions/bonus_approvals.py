"""Two signatures of two roles freeze a round; neither is of somebody who is paid by it."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.bonuses import appeals_end, locked_open
from teams.models import BonusApproval, BonusMember, BonusRound, Person
from teams.models.bonuses import RoundState
from teams.queries import bonus_access, bonus_people, bonus_seals
from teams.queries.bonus_approvals import blockers, standing


@transaction.atomic
def approve(row: BonusRound, *, by: Person, seen_version: int) -> BonusRound:
    """Sign the round as it stands; the second signature freezes it.

    Refused while a proposal or a co-signature is missing, to whoever proposed or receives a
    share, and to a person or a role that has signed already.
    """
    row = locked_open(row, seen_version=seen_version)
    if said := blockers(row):
        raise Refused(" ".join(said))
    if row.teams.filter(proposed_by=by) or BonusMember.objects.filter(team__round=row, person=by):
        raise Refused(_("Who proposes or receives a share does not approve the round."))
    seal = bonus_seals.of_round(row)
    signed = [one for one in standing(row) if one.seal == seal]
    if any(one.by_id == by.pk for one in signed):
        raise Refused(_("You have signed: the other signature is somebody else's."))
    taken = {one.role_id for one in signed}
    roles = [role for role in bonus_access.approving_roles(by) if role.pk not in taken]
    if not roles:
        raise Refused(_("Your role has signed: the other signature is of another role."))
    BonusApproval.objects.create(round=row, role=roles[0], by=by, version=row.version, seal=seal)
    if not signed:
        _ask_for_the_other(row, by=by)
        return row
    return _freeze(row, seal, roles=[signed[0].role.code, roles[0].code], by=by)


def _ask_for_the_other(row: BonusRound, *, by: Person) -> None:
    tell(
        [person for person in bonus_people.in_body_with(bonus_access.APPROVE) if person != by],
        news=f"bonus:{row.pk}:approve:{row.version}",
        text=_("%(round)s waits for its second signature.") % {"round": row.name},
        link=row.get_absolute_url(),
        why=_("You may approve bonus rounds."),
    )


def _freeze(row: BonusRound, seal: str, *, roles: list[str], by: Person) -> BonusRound:
    """Nothing changes from here on, not even the version, which the seal is over.

    The ledger keeps the seal, and no amount.
    """
    row.state, row.seal, row.frozen_on = RoundState.FROZEN, seal, today()
    row.appeals_until = appeals_end(row.frozen_on, row.appeal_days)
    row.save(update_fields=["state", "seal", "frozen_on", "appeals_until"])
    ledger.record(
        kind="bonus round frozen",
        subject=f"bonus:{row.pk}",
        body={
            "name": row.name,
            "seal": seal,
            "roles": sorted(roles),
            "teams": sorted(row.teams.values_list("team__code", flat=True)),
        },
        by=by,
    )
    tell(
        bonus_people.members(row),
        news=f"bonus:{row.pk}:frozen",
        text=_("%(round)s is fixed. You may appeal until %(day)s.")
        % {"round": row.name, "day": row.appeals_until},
        link=row.get_absolute_url(),
        why=_("You are a member of a team in this round."),
    )
    return row
