"""Facts that cut a pool: stated where no system knows them, cleared where they do not count."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from teams.actions import bonus_results
from teams.actions.bonuses import locked_open, saved
from teams.models import BonusFinding, BonusTeam, Person

RESULT = ("released", "coefficient", "left_over")


@transaction.atomic
def state(row: BonusTeam, *, kind: str, text: str, by: Person) -> BonusFinding:
    """State a fact with its proof; it cuts the pool at once and stands in the ledger."""
    held = locked_open(row.round)
    if not text.strip():
        raise Refused(_("Say what was found, and where the proof is."))
    made = BonusFinding.objects.create(team=row, kind=kind, text=text.strip()[:400], by=by)
    _enter(made, "stated", by=by)
    bonus_results.keep(held)
    saved(held, *RESULT)
    return made


@transaction.atomic
def clear(finding: BonusFinding, *, reason: str, by: Person) -> BonusFinding:
    """Say why a fact does not count; approvers see both."""
    held = locked_open(finding.team.round)
    finding = BonusFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if finding.cleared:
        raise Refused(_("It is cleared already."))
    if not reason.strip():
        raise Refused(_("Say why it does not count."))
    finding.cleared, finding.by = reason.strip()[:400], by
    finding.save(update_fields=["cleared", "by"])
    _enter(finding, "cleared", by=by, reason=finding.cleared)
    bonus_results.keep(held)
    saved(held, *RESULT)
    return finding


def _enter(finding: BonusFinding, what: str, *, by: Person, **more) -> None:
    ledger.record(
        kind=f"bonus finding {what}",
        subject=f"bonus:{finding.team.round_id}",
        body={"finding": finding.pk, "kind": finding.kind, "text": finding.text, **more},
        by=by,
    )
