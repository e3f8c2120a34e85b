"""The way of a requirement in its product: committed, built, verified, delivered, confirmed."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.actions.requirement_flow import be_in
from ipd.actions.requirements import inform, is_kept, locked, save_step, stamp
from ipd.calculations.requirement_clocks import confirm_by
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import Requirement
from ipd.models.requirement_words import Level, Result, StepKind
from ipd.models.requirement_words import RequirementStatus as S
from ipd.queries.holders import of_act
from teams.models import Person

OPEN_INITIAL = (S.PROPOSED, S.DISTRIBUTED, S.COMMITTED, S.DEFERRED, S.DELIVERED)
# From which states a requirement is moved to which by its team, and the right that takes.
MOVES = {
    S.COMMITTED: ((S.DISTRIBUTED, S.DEFERRED), "approve_requirements"),
    S.DEFERRED: ((S.DISTRIBUTED, S.COMMITTED), "approve_requirements"),
    S.DELIVERED: ((S.COMMITTED,), "edit_requirements"),
    S.IMPLEMENTED: ((S.BASELINED, S.CHANGED, S.VERIFIED), "edit_requirements"),
    S.VERIFIED: ((S.IMPLEMENTED,), "edit_requirements"),
    S.DROPPED: ((S.DRAFT,), "edit_requirements"),
    S.DRAFT: ((S.DROPPED,), "edit_requirements"),
}
STEPS = {
    S.COMMITTED: StepKind.COMMITTED,
    S.DEFERRED: StepKind.DEFERRED,
    S.DELIVERED: StepKind.DELIVERED,
    S.IMPLEMENTED: StepKind.IMPLEMENTED,
    S.VERIFIED: StepKind.VERIFIED,
    S.DROPPED: StepKind.DROPPED,
    S.DRAFT: StepKind.EDITED,
}


def blocker(row: Requirement, to: str) -> str:
    """Why the team does not move it there now, as a sentence; empty when it may."""
    if to not in MOVES or row.status not in MOVES[to][0]:
        return _("%(code)s is “%(state)s”: this step is not possible now.") % {
            "code": row.code,
            "state": row.get_status_display(),
        }
    if to == S.COMMITTED:
        if row.product_id is None or not row.release:
            return _("Only what is distributed to a product's release is committed.")
        if row.owner_id is None:
            return _("Somebody owns what is committed: name them first.")
    if to == S.VERIFIED and (
        not row.is_tested or row.verifications.filter(result=Result.FAILED).exists()
    ):
        return _("It takes a passed verification, and none that failed.")
    if to == S.DROPPED and is_kept(row):
        return _("A baseline keeps it: ask for the change.")
    if to == S.DRAFT and is_kept(row):
        return _("It was dropped by a change: ask for another one.")
    return ""


@transaction.atomic
def move(requirement: Requirement, to: str, *, by: Person, seen_version: int) -> Requirement:
    """Take the team's next step: commit, defer, deliver; implement, verify, drop."""
    traces.hold(requirement.line_id)
    row = locked(requirement, seen_version=seen_version)
    if row.status == to:
        return row
    if reason := blocker(row, to):
        raise Refused(reason)
    row.status = to
    fields = ["status"]
    if to == S.COMMITTED:
        row.committed_release = row.release
        fields.append("committed_release")
    if to == S.DELIVERED:
        row.delivered_release, row.due_on = row.release, confirm_by(today())
        fields += ["delivered_release", "due_on"]
    stamp(row, STEPS[to], by=by, note=row.release if row.level == Level.IR else "")
    save_step(row, *fields)
    traces.retrace([row.pk])
    if to == S.DELIVERED:
        ask_for_confirmation(row)
    return row


def ask_for_confirmation(row: Requirement) -> None:
    people = [row.requester] if row.requester else of_act("distribute_requirements", line=row.line)
    inform(
        row,
        people,
        news=f"delivered:{row.due_on}",
        text=_("Is %(code)s what was asked for? Confirm by %(day)s: %(title)s")
        % {"code": row.code, "day": row.due_on, "title": row.title},
        why=_("This requirement came from you, or from a customer you speak for."),
        act=True,
    )


@transaction.atomic
def confirm(requirement: Requirement, *, by: Person, seen_version: int) -> Requirement:
    """The requester says it is what they asked for; raw ones behind it are closed with it."""
    row = locked(requirement, seen_version=seen_version)
    be_in(row, S.DELIVERED)
    return close_confirmed(row, StepKind.CONFIRMED, by=by)


def close_confirmed(row: Requirement, kind: str, *, by: Person | None) -> Requirement:
    """Settle a delivered requirement, and the raw ones of which every answer is confirmed."""
    row.status, row.due_on, row.closed_on = S.CONFIRMED, None, today()
    stamp(row, kind, by=by)
    save_step(row, "status", "due_on", "closed_on")
    raw = Requirement.objects.filter(links_down__lower=row, level=Level.RR, closed_on=None)
    waiting = Requirement.objects.filter(
        links_up__upper__in=raw, level=Level.IR, status__in=OPEN_INITIAL
    )
    still = waiting.values_list("links_up__upper", flat=True)
    raw.exclude(pk__in=list(still)).update(closed_on=today())
    return row
