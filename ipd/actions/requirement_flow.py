"""The way of a requirement to its product: acknowledged, analysed, merged, rejected, distributed.

Each step stops its clock and starts the next one; see `ipd.calculations.requirement_clocks`.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.actions.requirements import inform, locked, next_code, save_step, stamp
from ipd.calculations.requirement_clocks import ANALYSE_DAYS, DISTRIBUTE_DAYS
from ipd.kernel.access import Refused
from ipd.kernel.days import add_working_days, today
from ipd.models import Product, Requirement
from ipd.models.requirement_words import (
    Level,
    LinkKind,
    StepKind,
    Target,
    Urgency,
)
from ipd.models.requirement_words import (
    RequirementStatus as S,
)
from ipd.queries.holders import of_act
from teams.models import Person

OPEN_RAW = (S.NEW, S.ANALYSING)


def be_in(row: Requirement, *states: str) -> None:
    """Refuse the step unless the requirement is in one of these states."""
    if row.status not in states:
        raise Refused(
            _("%(code)s is “%(state)s”: this step is not possible now.")
            % {"code": row.code, "state": row.get_status_display()}
        )


@transaction.atomic
def acknowledge(requirement: Requirement, *, by: Person, seen_version: int) -> Requirement:
    """Tell the requester that it was heard; the analysis has ten working days from now."""
    row = locked(requirement, seen_version=seen_version)
    be_in(row, S.NEW)
    row.status, row.due_on, row.reminded_on = (
        S.ANALYSING,
        add_working_days(today(), ANALYSE_DAYS),
        None,
    )
    stamp(row, StepKind.ACKNOWLEDGED, by=by)
    save_step(row, "status", "due_on", "reminded_on")
    inform(
        row,
        [row.requester],
        news="acknowledged",
        text=_("%(code)s was received and is being analysed: %(title)s")
        % {"code": row.code, "title": row.title},
        why=_("You brought this requirement."),
    )
    return row


@transaction.atomic
def merge(
    requirement: Requirement, *, into: Requirement, by: Person, seen_version: int
) -> Requirement:
    """Close a raw requirement as the same as another one; it stays, and points there."""
    row = locked(requirement, seen_version=seen_version)
    be_in(row, *OPEN_RAW)
    if into.pk == row.pk or into.level != Level.RR or into.status == S.MERGED:
        raise Refused(_("Name another raw requirement that is not merged itself."))
    row.status, row.merged_into, row.due_on, row.closed_on = S.MERGED, into, None, today()
    stamp(row, StepKind.MERGED, by=by, note=into.code)
    save_step(row, "status", "merged_into", "due_on", "closed_on")
    inform(
        row,
        [row.requester],
        news="merged",
        text=_("%(code)s is the same as %(other)s and goes on there.")
        % {"code": row.code, "other": into.code},
        why=_("You brought this requirement."),
    )
    return row


@transaction.atomic
def analyse(
    requirement: Requirement,
    *,
    by: Person,
    seen_version: int,
    into: Requirement | None = None,
    **facts: Any,
) -> Requirement:
    """Say a raw requirement in exact words: a new initial one, or part of an existing one."""
    traces.hold(requirement.line_id, *([into.line_id] if into else []))
    row = locked(requirement, seen_version=seen_version)
    be_in(row, *OPEN_RAW)
    initial = into
    if initial is not None and (initial.level != Level.IR or initial.status == S.REJECTED):
        raise Refused(_("Name an initial requirement that was not rejected."))
    if initial is None:
        initial = Requirement.objects.create(
            level=Level.IR,
            line=row.line,
            product=row.product,
            code=next_code(Level.IR, line=row.line, product=row.product),
            status=S.PROPOSED,
            requester=row.requester,
            customer=row.customer,
            scenario=row.scenario,
            raised_on=row.raised_on,
            due_on=add_working_days(today(), DISTRIBUTE_DAYS),
            **facts,
        )
        stamp(initial, StepKind.ANALYSED, by=by, note=row.code)
    row.status, row.due_on = S.ACCEPTED, None
    stamp(row, StepKind.ANALYSED, by=by, note=initial.code)
    save_step(row, "status", "due_on")
    traces.link(initial, row, kind=LinkKind.DERIVES, by=by)
    return initial


@transaction.atomic
def reject(
    requirement: Requirement, *, reason: str, reply: str, by: Person, seen_version: int
) -> Requirement:
    """Say no, why, and in which words the requester hears it."""
    traces.hold(requirement.line_id)
    row = locked(requirement, seen_version=seen_version)
    be_in(row, *OPEN_RAW, S.PROPOSED, S.DEFERRED)
    if not reply.strip():
        raise Refused(_("Write what the requester is told."))
    row.status, row.due_on, row.closed_on = S.REJECTED, None, today()
    row.reject_reason, row.reply = reason, reply.strip()
    fields = ["status", "due_on", "closed_on", "reject_reason", "reply"]
    if row.level == Level.IR:
        row.target = Target.REJECTED
        fields.append("target")
    stamp(row, StepKind.REJECTED, by=by, note=row.reply)
    save_step(row, *fields)
    traces.retrace([row.pk])
    inform(
        row,
        [row.requester],
        news="rejected",
        text=_("%(code)s was not accepted (%(reason)s): %(reply)s")
        % {"code": row.code, "reason": row.get_reject_reason_display(), "reply": row.reply},
        why=_("You brought this requirement."),
    )
    return row


@transaction.atomic
def distribute(
    requirement: Requirement,
    *,
    target: str,
    product: Product | None,
    release: str,
    by: Person,
    seen_version: int,
) -> Requirement:
    """Send an initial requirement where it belongs: a product, the roadmap, the technology pool.

    Only what is urgent goes into a running product; a product of the line, and a release, are
    named for the running and the next one.
    """
    traces.hold(requirement.line_id)
    row = locked(requirement, seen_version=seen_version)
    be_in(row, S.PROPOSED, S.DEFERRED)
    into_product = target in (Target.RUNNING, Target.NEXT_RELEASE)
    if target == Target.RUNNING and row.urgency != Urgency.URGENT:
        raise Refused(_("Only what is urgent goes into a running product."))
    if into_product and (product is None or not release.strip()):
        raise Refused(_("Name the product and its release."))
    if product is not None and product.line_id != row.line_id:
        raise Refused(_("Name a product of the line %(line)s.") % {"line": row.line})
    row.status, row.target, row.due_on = S.DISTRIBUTED, target, None
    row.product = product if into_product else row.product
    row.release = release.strip() or row.release
    stamp(
        row, StepKind.DISTRIBUTED, by=by, note=f"{row.get_target_display()} {row.release}".strip()
    )
    save_step(row, "status", "target", "due_on", "product", "release")
    traces.retrace([row.pk])
    if into_product:
        inform(
            row,
            of_act("approve_requirements", line=row.line, product=product),
            news="distributed",
            text=_("Commit or defer %(code)s for %(release)s: %(title)s")
            % {"code": row.code, "release": row.release, "title": row.title},
            why=_("You commit requirements for this product."),
            act=target == Target.RUNNING,
        )
    return row
