"""What people change about parts: status, recovery and survival, make or buy; one or many."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Part, PartAssessment
from ipd.models.parts import MOVES, SCORES, PartStatus
from ipd.models.where_used import touched_by
from teams.models import Person

# What may be changed of one part, and of many at once.
FACTS = {
    *("status", "last_order_on", "kraljic", "category", "lead_weeks"),
    *("claimed_ttr", "assessed_ttr", "entered_tts", "stock", "on_order", "weekly_demand"),
    *("pack_size", "make_buy", "make_buy_reason", *SCORES),
}
MANY = {"status", "last_order_on", "kraljic", "category"}


def locked(part: Part, *, seen_version: int | None = None) -> Part:
    """The part's fresh row, locked until the transaction ends; Stale if its page was older."""
    row = Part.objects.select_for_update(of=("self",), no_key=True).get(pk=part.pk)
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("%(part)s was changed while you were writing: it is now “%(status)s”.")
            % {"part": row.code, "status": row.get_status_display()}
        )
    return row


@transaction.atomic
def change(part: Part, *, by: Person, seen_version: int, why: str = "", **facts) -> Part:
    """Put new facts on a part; a new assessment of its recovery is kept with who and why.

    Refused for a status the present one does not lead to, for a last-time buy without its last
    order day, for a make-or-buy decision without all scores and a reason, and for an assessed
    recovery without a reason.
    """
    part = locked(part, seen_version=seen_version)
    changed = {name for name in facts if getattr(part, name) != facts[name]}
    unknown = changed - FACTS
    if unknown:
        raise ValueError(f"Not a fact of a part: {unknown}")
    if "status" in changed:
        refuse_move(part, facts["status"])
    before = part.assessed_ttr
    for name in changed:
        setattr(part, name, facts[name])
    _refuse_halves(part)
    if "assessed_ttr" in changed and part.assessed_ttr is not None:
        _assess(part, why=why, by=by)
    elif before is not None and part.assessed_ttr is None:
        raise Refused(_("An assessment is replaced by another one, never taken away."))
    return _saved(part, changed)


def refuse_move(part: Part, status: str) -> None:
    """Refuse a status to which the part's present one does not lead."""
    if status not in MOVES[part.status]:
        raise Refused(
            _("%(part)s cannot go from “%(old)s” to “%(new)s”.")
            % {
                "part": part.code,
                "old": part.get_status_display(),
                "new": PartStatus(status).label,
            }
        )


def _refuse_halves(part: Part) -> None:
    if part.status == PartStatus.LTB and part.last_order_on is None:
        raise Refused(_("A part in last-time buy has its last order day."))
    if part.make_buy and (
        not part.make_buy_reason.strip() or None in [getattr(part, name) for name in SCORES]
    ):
        raise Refused(_("Make or buy is decided with its five scores (cost to risk) and a reason."))


def _assess(part: Part, *, why: str, by: Person) -> None:
    if not why.strip():
        raise Refused(_("Say why the recovery takes that long: the assessment is kept with it."))
    PartAssessment.objects.create(
        part=part,
        ttr_weeks=part.assessed_ttr,
        claimed_ttr=part.claimed_ttr,
        why=why.strip(),
        by=by,
        on=today(),
    )


def _saved(part: Part, fields: Iterable[str]) -> Part:
    part.version += 1
    part.save(update_fields=[*fields, "version"])
    touch(touched_by([part.pk]))
    return part


@transaction.atomic
def change_many(part_ids: Iterable[int], *, by: Person, **facts) -> int:
    """Put the same facts on many parts, all of them or none; how many changed.

    Refused, with the codes, when one of them cannot take the status.
    """
    if set(facts) - MANY:
        raise ValueError(f"Not for many at once: {set(facts) - MANY}")
    rows = list(
        Part.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=list(part_ids))
        .order_by("pk")
    )
    moving = [row for row in rows if any(getattr(row, n) != v for n, v in facts.items())]
    status = facts.get("status")
    stuck = [r.code for r in moving if status and r.status != status and not _leads(r, status)]
    if stuck:
        raise Refused(
            ngettext(
                "%(codes)s cannot become “%(status)s” from where it stands.",
                "%(count)d parts cannot become “%(status)s” from where they stand: %(codes)s.",
                len(stuck),
            )
            % {
                "count": len(stuck),
                "codes": ", ".join(stuck[:8]) + (" …" if len(stuck) > 8 else ""),
                "status": PartStatus(status).label,
            }
        )
    for row in moving:
        for name, value in facts.items():
            setattr(row, name, value)
        _refuse_halves(row)
        row.version += 1
    Part.objects.bulk_update(moving, [*facts, "version"], batch_size=1000)
    touch(touched_by(row.pk for row in moving))
    return len(moving)


def _leads(part: Part, status: str) -> bool:
    return status in MOVES[part.status]
