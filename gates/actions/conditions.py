"""What people do with a condition: accept, submit, verify, reject, extend.

Waiving takes two people and is in `condition_waivers`, what the clock does in `escalating`.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import effects, portfolio
from gates.models import Condition, ConditionEvent
from gates.models.conditions import STEPS, ConditionKind, ConditionState
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger, touches
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from ipd.queries.holders import who_may_see
from teams.models import Person


def locked(condition: Condition, *, seen_version: int | None = None) -> Condition:
    """The condition's fresh row, locked until the transaction ends.

    Raises Stale when the caller's page was drawn before the last step.
    """
    row = (
        Condition.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "review__product",
            "review__gate__chain",
            "review__gate__next_phase",
            "review__outcome",
            "owner",
            "verifier",
            "function__head",
        )
        .get(pk=condition.pk)
    )
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("This condition moved on while you were writing: it is now “%(state)s”, due %(day)s.")
            % {"state": row.get_state_display(), "day": row.due_on}
        )
    return row


def blocker(condition: Condition, act: str) -> str:
    """Why the act is not possible now, as a sentence; empty when it is."""
    if act == "accept":
        if condition.accepted_at:
            return _("It was accepted already.")
        return "" if condition.is_unsettled else _settled(condition)
    if act == "extend":
        limit = condition.review.gate.chain.extension_limit
        if not condition.is_unsettled:
            return _settled(condition)
        if condition.extensions >= limit:
            return _("It was extended %(count)d of %(limit)d times.") % {
                "count": condition.extensions,
                "limit": limit,
            }
        return ""
    if condition.state in STEPS[act][0]:
        return ""
    if act in ("verify", "reject") and condition.is_unsettled:
        return _("The owner has not submitted it.")
    if act == "submit" and condition.state == ConditionState.SUBMITTED:
        return _("It was submitted and waits for %(person)s.") % {"person": condition.verifier}
    return _settled(condition)


def _settled(condition: Condition) -> str:
    return _("It is settled: %(state)s.") % {"state": condition.get_state_display()}


def _possible(condition: Condition, act: str) -> None:
    if reason := blocker(condition, act):
        raise Refused(reason)


def note_event(condition: Condition, what: str, *, by: Person | None, note: str = "") -> None:
    """Append a line to the condition's history."""
    ConditionEvent.objects.create(
        condition=condition, what=what, by=by, at=timezone.now(), note=note
    )


def save_step(condition: Condition, *fields: str) -> Condition:
    """Write the fields, count the version up and renew the product's decision debt."""
    condition.version += 1
    condition.save(update_fields=[*fields, "version"])
    touches.touch([condition.review.product_id])
    portfolio.refresh([condition.review.product_id])
    return condition


def inform(condition: Condition, people, *, news: str, text: str, why: str, act=False) -> None:
    """Tell those of `people` who may see the product; `news` is told once per version."""
    tell(
        who_may_see(condition.review.product, people),
        news=f"condition:{condition.pk}:{news}",
        text=text,
        link=condition.get_absolute_url(),
        why=why,
        needs_action=act,
    )


def name_of(condition: Condition) -> str:
    return _("%(review)s, condition %(number)d") % {
        "review": condition.review,
        "number": condition.number,
    }


def enter_in_ledger(condition: Condition, what: str, *, by: Person | None, **facts) -> None:
    """What binds others: verified, extended, waived, lapsed."""
    ledger.record(
        kind=f"condition {what}",
        subject=f"condition:{condition.pk}",
        body={
            "review": condition.review_id,
            "number": condition.number,
            "state": condition.state,
            "due_on": condition.due_on,
            **facts,
        },
        by=by,
    )


@transaction.atomic
def accept(condition: Condition, *, by: Person, seen_version: int) -> Condition:
    """The owner takes the condition on; refused to anybody else, twice, and once settled."""
    condition = locked(condition, seen_version=seen_version)
    if by.pk != condition.owner_id:
        raise Refused(_("Only its owner accepts a condition."))
    _possible(condition, "accept")
    condition.accepted_at = timezone.now()
    note_event(condition, "accepted", by=by)
    return save_step(condition, "accepted_at")


@transaction.atomic
def submit(condition: Condition, *, note: str, by: Person, seen_version: int) -> Condition:
    """The owner says it is met and how that shows; the verifier is told at once.

    Submitting accepts it, too. Refused to anybody else, and unless it is open or rejected.
    """
    condition = locked(condition, seen_version=seen_version)
    if by.pk != condition.owner_id:
        raise Refused(_("Only its owner submits a condition."))
    _possible(condition, "submit")
    if not note.strip():
        raise Refused(_("Say how it was met, and where that can be seen."))
    condition.state, condition.submitted_on = ConditionState.SUBMITTED, today()
    condition.accepted_at = condition.accepted_at or timezone.now()
    note_event(condition, "submitted", by=by, note=note.strip())
    save_step(condition, "state", "submitted_on", "accepted_at")
    inform(
        condition,
        [condition.verifier],
        news=f"submitted:{condition.version}",
        text=_("Verify %(condition)s: %(text)s")
        % {"condition": name_of(condition), "text": condition.text},
        why=_("You are the verifier of this condition."),
        act=True,
    )
    return condition


def _refuse_wrong_verifier(condition: Condition, by: Person) -> None:
    if by.pk != condition.verifier_id or by.pk == condition.owner_id:
        raise Refused(_("Only its verifier judges a condition, and never its owner."))


@transaction.atomic
def verify(condition: Condition, *, by: Person, seen_version: int, note: str = "") -> Condition:
    """The verifier finds the acceptance test passed; a precedent may open the next phase.

    Refused to anybody else, and unless it is submitted. The owner and the team's lead are told.
    """
    condition = locked(condition, seen_version=seen_version)
    _refuse_wrong_verifier(condition, by)
    _possible(condition, "verify")
    condition.state, condition.settled_on = ConditionState.VERIFIED, today()
    note_event(condition, "verified", by=by, note=note.strip())
    enter_in_ledger(condition, "verified", by=by, note=note.strip())
    save_step(condition, "state", "settled_on")
    open_next_phase(condition)
    inform(
        condition,
        [condition.owner],
        news=f"verified:{condition.version}",
        text=_("Verified: %(condition)s") % {"condition": name_of(condition)},
        why=_("You own this condition."),
    )
    return condition


@transaction.atomic
def reject(condition: Condition, *, note: str, by: Person, seen_version: int) -> Condition:
    """The verifier finds the acceptance test not passed, and says why; it is the owner's again."""
    condition = locked(condition, seen_version=seen_version)
    _refuse_wrong_verifier(condition, by)
    _possible(condition, "reject")
    if not note.strip():
        raise Refused(_("Say what is missing."))
    condition.state = ConditionState.REJECTED
    note_event(condition, "rejected", by=by, note=note.strip())
    save_step(condition, "state")
    inform(
        condition,
        [condition.owner],
        news=f"rejected:{condition.version}",
        text=_("Not accepted yet: %(condition)s. %(note)s")
        % {"condition": name_of(condition), "note": note.strip()},
        why=_("You own this condition."),
        act=True,
    )
    return condition


@transaction.atomic
def extend(
    condition: Condition, *, due_on: date, reason: str, by: Person, seen_version: int
) -> Condition:
    """The chair gives more time; the original due date stays beside the new one.

    As often as the chain allows; the ladder starts anew. Refused when settled, without a
    reason, or for a day that is not ahead of both today and the present due date.
    """
    condition = locked(condition, seen_version=seen_version)
    if by.pk == condition.owner_id:
        raise Refused(_("Nobody extends their own condition."))
    _possible(condition, "extend")
    if due_on <= max(condition.due_on, today()):
        raise Refused(_("The new date is later than the present one, and ahead of today."))
    if not reason.strip():
        raise Refused(_("Say why more time is given."))
    before, condition.due_on = condition.due_on, due_on
    condition.extensions += 1
    condition.escalation_step = 0
    note_event(condition, "extended", by=by, note=f"{before} → {due_on}: {reason.strip()}")
    enter_in_ledger(condition, "extended", by=by, before=before, reason=reason.strip())
    save_step(condition, "due_on", "extensions", "escalation_step")
    inform(
        condition,
        [condition.owner, condition.verifier],
        news=f"extended:{condition.version}",
        text=_("%(condition)s is now due %(day)s.")
        % {"condition": name_of(condition), "day": due_on},
        why=_("You own or verify this condition."),
    )
    return condition


def open_next_phase(condition: Condition) -> None:
    """Let the product enter its next phase when this was the last precedent it waited for.

    The product's row is locked first, so that of two precedents settled at once one sees both.
    """
    review = condition.review
    if condition.kind != ConditionKind.PRECEDENT or not (
        review.outcome and review.outcome.advances
    ):
        return
    product = effects.locked_product(review)
    if effects.advance(review, product):
        portfolio.refresh([product.pk])
