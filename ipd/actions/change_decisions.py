"""Deciding a plan change: the contract's next version, the plan, the money, in one transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import cases, contract_versions, movements
from ipd.actions.changes import binding, locked, saved
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import ChangeElement, ChangeRequest, Contract, Product
from ipd.models.changes import WAITING, ChangeClass, ChangeState, Verdict
from ipd.models.contracts import COST
from ipd.models.money import MovementKind
from ipd.queries import changes as queries
from ipd.queries.holders import core_people
from teams.models import Person


def blocker(request: ChangeRequest, by: Person) -> str:
    """Why this person cannot decide it now, as a sentence; empty when they can."""
    if request.requester_id == by.pk:
        return _("Nobody decides their own request.")
    if request.state == ChangeState.DRAFT:
        return _("It has not been submitted.")
    if request.state not in WAITING:
        return _("It is closed: %(state)s.") % {"state": request.get_state_display()}
    if request.needs_gate:
        return _("Only an unplanned gate decides it: its Go signs the next version.")
    if request.state == ChangeState.SUBMITTED:
        return _("Not every function has assessed it yet.")
    return ""


@transaction.atomic
def decide(
    request: ChangeRequest, *, verdict: str, note: str, by: Person, seen_version: int
) -> ChangeRequest:
    """Accept or reject a request outside a meeting; who may is the view's right.

    Accepted in class C it is logged; in class B it signs the contract's next version, keeps the
    plan as a baseline, moves the budget and accepts the business case behind it. Refused as
    `blocker` says, without a reason, and when the contract has moved on since it was submitted.
    """
    request = locked(request, seen_version=seen_version)
    if reason := blocker(request, by):
        raise Refused(reason)
    if not note.strip():
        raise Refused(_("Say why."))
    decision = _("%(request)s, off-line") % {"request": request}
    if verdict == Verdict.ACCEPTED:
        return _accept(request, decision=decision, note=note.strip(), by=by)
    return _close(request, verdict, decision=decision, note=note.strip(), by=by)


def accept_at_gate(product: Product, *, decision: str, by: Person) -> Contract | None:
    """Accept the request that waits for the gate which has just passed; the version it signed.

    In the caller's transaction, which holds the product's row.
    """
    waiting = ChangeRequest.objects.filter(product=product, needs_gate=True, state__in=WAITING)
    request = waiting.first()
    if request is None:
        return None
    request = locked(request)
    if request.requester_id == by.pk:
        raise Refused(_("Nobody decides their own request: %(request)s.") % {"request": request})
    note = _("Accepted by the gate's decision.")
    return _accept(request, decision=decision, note=note, by=by).contract


def reject_all(product: Product, *, decision: str, by: Person) -> None:
    """The product is stopped: what waits is rejected, what was drafted is withdrawn."""
    for request in ChangeRequest.objects.open().filter(product=product):
        row = locked(request)
        if row.state == ChangeState.DRAFT or row.requester_id == by.pk:
            row.state = ChangeState.WITHDRAWN
            saved(row, "state")
        else:
            _close(row, Verdict.REJECTED, decision=decision, note=_("It was stopped."), by=by)


def _accept(request: ChangeRequest, *, decision: str, note: str, by: Person) -> ChangeRequest:
    changes = list(request.elements.all())
    current = binding(request.product_id)
    if not queries.stands_on(changes, current):
        raise Refused(_("The contract has changed since this was submitted."))
    if request.change_class != ChangeClass.C:
        after = {change.code: change.after for change in changes}
        request.contract = contract_versions.follow(
            current, after, reason=request.title, decision=decision, by=by
        )
        _move_budget(request, changes, by=by)
    if request.case_after is not None and request.case_after.is_draft:
        cases.seal(request.case_after, by=by)
    return _close(request, Verdict.ACCEPTED, decision=decision, note=note, by=by)


def _move_budget(request: ChangeRequest, changes: list[ChangeElement], *, by: Person) -> None:
    """What the budget grows or shrinks by is a movement that names the request."""
    for change in changes:
        if change.code == COST:
            movements.append(
                request.product,
                kind=MovementKind.CHANGE,
                amount=round(change.after - change.before, 2),
                reference=str(request),
                reason=request.title[:300],
                by=by,
            )


def _close(
    request: ChangeRequest, verdict: str, *, decision: str, note: str, by: Person
) -> ChangeRequest:
    request.state, request.verdict = ChangeState.DECIDED, verdict
    request.decided_by, request.decided_on = by, today()
    request.decision, request.decision_note = decision[:120], note
    saved(
        request,
        *("state", "verdict", "decided_by", "decided_on", "decision", "decision_note", "contract"),
    )
    ledger.record(
        kind="change decided",
        subject=f"change:{request.pk}",
        body={
            "product": request.product_id,
            "number": request.number,
            "class": request.change_class,
            "verdict": verdict,
            "decision": decision,
            "note": note,
            "version": request.contract.version if request.contract else None,
            "elements": {
                change.code: [change.before, change.after] for change in request.elements.all()
            },
        },
        by=by,
    )
    touch([request.product_id])
    tell(
        [request.requester, *core_people(request.product)],
        news=f"change:{request.pk}:decided",
        text=_("%(request)s of %(product)s: %(verdict)s")
        % {
            "request": request,
            "product": request.product,
            "verdict": request.get_verdict_display(),
        },
        link=request.get_absolute_url(),
        why=_("You asked for it, or sit in the product's core team."),
    )
    return request
