"""Baselines, and what moves after them: by a request that somebody else decides."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.actions.requirements import is_kept, locked, next_code, save_step, stamp
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import (
    Product,
    Requirement,
    RequirementBaseline,
    RequirementBaselineItem,
    RequirementChange,
    RequirementStep,
)
from ipd.models.requirement_words import (
    ChangeAction,
    ChangeState,
    Level,
    StepKind,
)
from ipd.models.requirement_words import (
    RequirementStatus as S,
)
from ipd.queries.holders import of_act
from teams.models import Person

# What each baseline keeps: the first, at TR1, features and system requirements.
KEEPS = {
    "B1": (Level.PB, Level.SF, Level.SR),
    "B2": (Level.PB, Level.SF, Level.SR),
    "B3": (Level.PB, Level.SF, Level.SR, Level.AR),
}


def text_hash(title: str, text: str) -> str:
    """SHA-256, in hexadecimal, of what a requirement says."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


@transaction.atomic
def keep(product: Product, *, code: str, reason: str, by: Person) -> RequirementBaseline:
    """Keep all living requirements of the baseline's levels as they are today.

    Refused twice, before an earlier one's turn, without a requirement, and while one has no
    owner or a change is not decided; the ledger knows.
    """
    traces.hold(product.line_id)
    done = set(product.requirement_baselines.values_list("code", flat=True))
    if code in done:
        raise Refused(_("%(code)s is kept already.") % {"code": code})
    if any(other > code for other in done):
        raise Refused(_("A later baseline is kept already."))
    if product.requirement_changes.filter(state=ChangeState.PROPOSED).exists():
        raise Refused(_("Decide the open requests for changes first."))
    rows = list(
        Requirement.objects.select_for_update(of=("self",), no_key=True)
        .filter(product=product, level__in=KEEPS[code])
        .alive()
        .order_by("pk")
    )
    if not rows:
        raise Refused(_("There is nothing to keep yet."))
    if orphans := [row.code for row in rows if row.owner_id is None]:
        raise Refused(
            _("%(count)d have no owner: %(codes)s")
            % {"count": len(orphans), "codes": ", ".join(orphans[:10])}
        )
    baseline = RequirementBaseline.objects.create(
        product=product, code=code, reason=reason, kept_by=by
    )
    fresh = [row for row in rows if row.status in (S.DRAFT, S.CHANGED)]
    now = timezone.now()
    for row in fresh:
        row.status, row.version, row.updated_at = S.BASELINED, row.version + 1, now
    Requirement.objects.bulk_update(fresh, ["status", "version", "updated_at"], batch_size=1000)
    RequirementBaselineItem.objects.bulk_create(
        [
            RequirementBaselineItem(
                baseline=baseline,
                requirement=row,
                version=row.version,
                title=row.title,
                text_hash=text_hash(row.title, row.text),
            )
            for row in rows
        ],
        batch_size=1000,
    )
    RequirementStep.objects.bulk_create(
        [
            RequirementStep(requirement=row, kind=StepKind.BASELINED, by=by, at=now, note=code)
            for row in fresh
        ],
        batch_size=1000,
    )
    ledger.record(
        kind="requirement baseline",
        subject=f"product:{product.pk}",
        body={"code": code, "requirements": len(rows), "reason": reason},
        by=by,
    )
    touch([product.pk])
    return baseline


@transaction.atomic
def ask(
    product: Product,
    *,
    action: str,
    requirement: Requirement | None,
    after: dict[str, Any],
    reason: str,
    impact: str,
    pcr: str,
    by: Person,
) -> RequirementChange:
    """Ask to add, modify or drop what a baseline keeps; those who decide are told.

    after  the new words: of an addition its level, title and text, and the code of what it is
           derived from (`upper`); of a modification the fields that move
    """
    before: dict[str, Any] = {}
    if action == ChangeAction.ADD:
        requirement, contracted = None, bool(after.get("is_contracted"))
    else:
        requirement = locked(requirement)
        if requirement.status == S.DROPPED or not is_kept(requirement):
            raise Refused(_("No baseline keeps it: it is changed without a request."))
        if requirement.changes.filter(state=ChangeState.PROPOSED).exists():
            raise Refused(_("A request for it is open already."))
        contracted = requirement.is_contracted
        after = {
            name: value for name, value in after.items() if getattr(requirement, name) != value
        }
        if action == ChangeAction.MODIFY and not after:
            raise Refused(_("Nothing would change."))
        before = {name: getattr(requirement, name) for name in ("title", "text")}
    change = RequirementChange.objects.create(
        product=product,
        code=next_code("RC", line=product.line, product=product),
        requirement=requirement,
        action=action,
        before=before,
        after=after if action != ChangeAction.DROP else {},
        is_contracted=contracted,
        reason=reason,
        impact=impact,
        pcr=pcr,
        asked_by=by,
    )
    deciders = of_act("approve_requirements", line=product.line, product=product)
    _tell(change, [one for one in deciders if one.pk != by.pk], "asked", act=True)
    return change


def _tell(change: RequirementChange, people, news: str, *, act: bool = False) -> None:
    text = {
        "asked": _("Decide the request %(code)s of %(product)s: %(reason)s"),
        "accepted": _("Accepted: %(code)s of %(product)s"),
        "rejected": _("Not accepted: %(code)s of %(product)s"),
    }[news]
    tell(
        people,
        news=f"requirement-change:{change.pk}:{news}",
        text=text % {"code": change.code, "product": change.product, "reason": change.reason},
        link=change.get_absolute_url(),
        why=_("You decide on changes of these requirements.")
        if news == "asked"
        else _("You asked for this change."),
        needs_action=act,
    )


def blocker(change: RequirementChange, by: Person | None = None) -> str:
    """Why it cannot be decided now, or not by them; empty when it can."""
    if change.state != ChangeState.PROPOSED:
        return _("It is decided already: %(state)s.") % {"state": change.get_state_display()}
    if by is not None and by.pk == change.asked_by_id:
        return _("Nobody decides a change they asked for.")
    return ""


@transaction.atomic
def decide(
    change: RequirementChange,
    *,
    accepted: bool,
    answer: str,
    pcr: str,
    by: Person,
    seen_version: int,
) -> RequirementChange:
    """Accept a request, whereby it is carried out, or reject it with a reason.

    Scope of the contract is added and dropped only by a change of the contract: it has to be
    named (`pcr`). Refused to whoever asked, and twice.
    """
    traces.hold(change.product.line_id)
    row = (
        RequirementChange.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product__line", "asked_by")
        .get(pk=change.pk)
    )
    if reason := blocker(row, by):
        raise Refused(reason)
    if seen_version != row.version:
        raise Stale(_("This request moved on while you were writing."))
    row.pcr = pcr.strip() or row.pcr
    moves_scope = row.action in (ChangeAction.ADD, ChangeAction.DROP) and row.is_contracted
    if accepted and moves_scope and not row.pcr:
        raise Refused(_("The contract promises it: name the change request of the contract (PCR)."))
    if not accepted and not answer.strip():
        raise Refused(_("Say why it is not accepted."))
    if accepted:
        _carry_out(row, by)
    row.state = ChangeState.ACCEPTED if accepted else ChangeState.REJECTED
    row.decided_by, row.decided_on, row.answer = by, today(), answer.strip()
    row.version += 1
    row.save()
    touch([row.product_id])
    ledger.record(
        kind="requirement change",
        subject=f"requirement-change:{row.pk}",
        body={"code": row.code, "action": row.action, "state": row.state, "pcr": row.pcr},
        by=by,
    )
    _tell(row, [row.asked_by], str(row.state))
    return row


def _carry_out(change: RequirementChange, by: Person) -> None:
    if change.action == ChangeAction.ADD:
        change.requirement = _add(change, by)
        return
    row = locked(change.requirement)
    if change.action == ChangeAction.DROP:
        row.status = S.DROPPED
        stamp(row, StepKind.DROPPED, by=by, note=change.code)
        save_step(row, "status")
    else:
        for name, value in change.after.items():
            setattr(row, name, value)
        row.status = S.CHANGED
        stamp(row, StepKind.EDITED, by=by, note=change.code)
        save_step(row, "status", *change.after)
    traces.retrace([row.pk])


def _add(change: RequirementChange, by: Person) -> Requirement:
    """The requirement that an accepted addition asked for, owned by who asked."""
    facts = dict(change.after)
    level, upper = facts.pop("level"), facts.pop("upper", "")
    row = Requirement.objects.create(
        level=level,
        line=change.product.line,
        product=change.product,
        code=next_code(level, line=change.product.line, product=change.product),
        status=S.CHANGED,
        owner=change.asked_by,
        requester=change.asked_by,
        **facts,
    )
    stamp(row, StepKind.DERIVED, by=by, note=change.code)
    if above := Requirement.objects.filter(code=upper, product=change.product).first():
        traces.link(row, above, kind="derives", by=by)
    return row
