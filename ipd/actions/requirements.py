"""Raising requirements, deriving them from others, and editing what they say."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.calculations.requirement_clocks import ACKNOWLEDGE_DAYS
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import add_working_days, today
from ipd.models import Product, ProductLine, Requirement, RequirementBaselineItem, RequirementStep
from ipd.models.requirement_words import (
    BUILT,
    FIRST_STATE,
    OUT_STATES,
    OWNED_STATES,
    Level,
    LinkKind,
    StepKind,
)
from ipd.queries.holders import who_may_see
from teams.models import Person

# What a baseline keeps: after it these move by a request only.
KEPT_FIELDS = frozenset(["title", "text", "kind", "is_contracted"])


class Kept(Refused):
    """A baseline keeps it: the way to change it is a request."""


def locked(requirement: Requirement, *, seen_version: int | None = None) -> Requirement:
    """The fresh row, locked until the transaction ends; Stale when its page was older."""
    row = (
        Requirement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product__team", "line", "owner", "requester")
        .get(pk=requirement.pk)
    )
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("%(code)s moved on while you were writing. It is now “%(state)s”: %(title)s")
            % {"code": row.code, "state": row.get_status_display(), "title": row.title}
        )
    return row


def stamp(row: Requirement, kind: str, *, by: Person | None, note: str = "") -> None:
    """Append a step to the requirement's history."""
    RequirementStep.objects.create(requirement=row, kind=kind, by=by, at=timezone.now(), note=note)


def save_step(row: Requirement, *fields: str) -> Requirement:
    """Write the fields, count the version up, and say that the product's facts moved."""
    row.version += 1
    row.save(update_fields=[*fields, "version", "updated_at"])
    if row.product_id:
        touch([row.product_id])
    return row


def inform(row: Requirement, people, *, news: str, text: str, why: str, act=False) -> None:
    """Tell those of `people` who may see the requirement's product."""
    tell(
        who_may_see(row.product, people),
        news=f"requirement:{row.pk}:{news}",
        text=text,
        link=row.get_absolute_url(),
        why=why,
        needs_action=act,
    )


def next_code(level: str, *, line: ProductLine, product: Product | None) -> str:
    """A code that nobody has: the product's or line's, the level, and a number of its own."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('ipd_requirement', 'id'))")
            code = f"{(product or line).code}-{level}-{cursor.fetchone()[0]}"
            if not Requirement.objects.filter(code=code).exists():
                return code


def is_kept(requirement: Requirement) -> bool:
    """A baseline holds it."""
    return requirement.level in BUILT and requirement.baseline_items.exists()


def keeps_level(product: Product, level: str) -> bool:
    """A baseline of the product holds requirements of that level: nothing joins them unasked."""
    return RequirementBaselineItem.objects.filter(
        baseline__product=product, requirement__level=level
    ).exists()


@transaction.atomic
def raise_raw(*, line: ProductLine, by: Person, **facts: Any) -> Requirement:
    """Take in a raw requirement; anybody may. Its clock starts: acknowledge in two days.

    Without a customer it comes from whoever raises it.
    """
    row = Requirement.objects.create(
        level=Level.RR,
        line=line,
        code=next_code(Level.RR, line=line, product=None),
        status=FIRST_STATE[Level.RR],
        requester=by,
        due_on=add_working_days(today(), ACKNOWLEDGE_DAYS),
        **facts,
    )
    stamp(row, StepKind.RAISED, by=by)
    return row


@transaction.atomic
def derive(
    upper: Requirement, *, level: str, by: Person, kind: str = LinkKind.DERIVES, **facts: Any
) -> Requirement:
    """Make a requirement of a lower level out of `upper`, linked to it; its author owns it.

    Refused from what is out, without a product, and into a level that a baseline keeps: there
    it takes a request.
    """
    traces.hold(upper.line_id)
    upper = locked(upper)
    if upper.product is None:
        raise Refused(_("%(code)s belongs to no product yet.") % {"code": upper.code})
    if upper.status in OUT_STATES:
        raise Refused(_("%(code)s is out of the product.") % {"code": upper.code})
    if keeps_level(upper.product, level):
        raise Kept(_("A baseline keeps this level: ask for the addition."))
    facts.setdefault("owner", by)
    row = Requirement.objects.create(
        level=level,
        line=upper.line,
        product=upper.product,
        code=next_code(level, line=upper.line, product=upper.product),
        status=FIRST_STATE[level],
        requester=by,
        release=facts.pop("release", "") or upper.release,
        **facts,
    )
    stamp(row, StepKind.DERIVED, by=by, note=upper.code)
    traces.link(row, upper, kind=kind, by=by)
    return row


def why_not(row: Requirement, name: str, value: Any, *, kept: bool) -> str:
    """Why this field does not take this value now, as a sentence; empty when it does."""
    if name in KEPT_FIELDS and kept:
        return _("A baseline keeps it: ask for the change.")
    if name == "owner" and value is None and row.status in OWNED_STATES:
        return _("Somebody owns what is committed or in a baseline.")
    if name == "release" and not value and row.status in OWNED_STATES and row.level == Level.IR:
        return _("What is committed has a release.")
    if name == "target" and row.level != Level.IR:
        return _("Only initial requirements have a target.")
    return ""


@transaction.atomic
def edit(requirement: Requirement, *, seen_version: int, by: Person, **values: Any) -> Requirement:
    """Change what it says, in place; each change is in its history.

    Raises Kept for what a baseline keeps, Stale when the page was older, Refused when an owner
    or a release would go missing.
    """
    row = locked(requirement, seen_version=seen_version)
    moved = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not moved:
        return row
    kept = not KEPT_FIELDS.isdisjoint(moved) and is_kept(row)
    for name, value in moved.items():
        if reason := why_not(row, name, value, kept=kept):
            raise (Kept if name in KEPT_FIELDS and kept else Refused)(reason)
    stamp(row, StepKind.EDITED, by=by, note=told(row, moved))
    for name, value in moved.items():
        setattr(row, name, value)
    save_step(row, *moved)
    if "owner" in moved and row.owner and row.owner != by:
        inform(
            row,
            [row.owner],
            news=f"owner:{row.version}",
            text=_("%(code)s is yours now: %(title)s") % {"code": row.code, "title": row.title},
            why=_("You own this requirement."),
        )
    return row


def told(row: Requirement, values: dict[str, Any]) -> str:
    """What moved, from what to what, a line each."""
    return "\n".join(
        f"{row._meta.get_field(name).verbose_name}: "
        f"{str(getattr(row, name) or '–')[:300]} → {str(value or '–')[:300]}"
        for name, value in values.items()
    )
