"""Many requirements of one product given the same at once, and the way back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.actions.requirements import told, why_not
from ipd.kernel.actions.touches import touch
from ipd.models import Requirement, RequirementStep
from ipd.models.requirement_words import StepKind
from teams.models import Person

MOST_AT_ONCE = 500
# What one row gets, and why it does not get it, as a sentence; empty when it does.
Wanted = Callable[[Requirement], tuple[dict[str, Any], str]]


@dataclass(frozen=True)
class Was:
    """One row before it was changed, by the names of its columns, and its version after."""

    pk: int
    version: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of a change of many: how many rows, why which others stayed, the way back."""

    changed: int
    asked: int
    kept: dict[str, list[str]]
    was: list[Was] = field(default_factory=list)
    is_undo: bool = False

    def __str__(self):
        numbers = {"changed": self.changed, "asked": self.asked}
        said = _("%(changed)d of %(asked)d are as they were.") if self.is_undo else ""
        said = (said or _("%(changed)d of %(asked)d changed.")) % numbers
        for why, codes in self.kept.items():
            said += " " + _("%(codes)s: %(why)s") % {"codes": ", ".join(codes[:20]), "why": why}
        return said


@transaction.atomic
def edit(requirements: Iterable[Requirement], *, by: Person, **values: Any) -> Outcome:
    """Give many of one product the same owner, release or target; what cannot take it stays."""

    def wanted(row: Requirement) -> tuple[dict[str, Any], str]:
        reasons = (why_not(row, name, value, kept=False) for name, value in values.items())
        return values, next(filter(None, reasons), "")

    chosen = {one.pk: one.line_id for one in requirements}
    return Outcome(**_change(chosen, wanted, by=by))


@transaction.atomic
def undo(was: Iterable[Was], *, by: Person) -> Outcome:
    """Give rows back what they had before; one that somebody changed since stays, and is named.

    A second undoing finds every row changed: it is done once.
    """
    before = {one.pk: one for one in was}
    lines = dict(Requirement.objects.filter(pk__in=before).values_list("pk", "line_id"))
    owners = Person.objects.in_bulk([one.values.get("owner_id") for one in before.values()])

    def wanted(row: Requirement) -> tuple[dict[str, Any], str]:
        one = before[row.pk]
        values = dict(one.values)
        if "owner_id" in values:
            values["owner"] = owners.get(values.pop("owner_id"))
        if row.version != one.version:
            return values, _("Somebody changed it since.")
        reasons = (why_not(row, name, value, kept=False) for name, value in values.items())
        return values, next(filter(None, reasons), "")

    return Outcome(**_change(lines, wanted, by=by), is_undo=True)


def _change(chosen: dict[int, int], wanted: Wanted, *, by: Person) -> dict[str, Any]:
    """Lock the rows (id to line) and write what each gets, with a step of its history."""
    traces.hold(*set(chosen.values()))
    ids = sorted(chosen)[:MOST_AT_ONCE]
    rows = Requirement.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    changed, steps, kept, was, fields, now = [], [], {}, [], set(), timezone.now()
    for row in rows.select_related("owner").order_by("pk"):
        values, reason = wanted(row)
        if reason:
            kept.setdefault(reason, []).append(row.code)
            continue
        note = told(row, values)
        step = RequirementStep(requirement=row, kind=StepKind.EDITED, by=by, at=now, note=note)
        columns = [row._meta.get_field(name).attname for name in values]
        was.append(Was(row.pk, row.version + 1, {name: getattr(row, name) for name in columns}))
        for name, value in values.items():
            setattr(row, name, value)
        row.version, row.updated_at = row.version + 1, now
        fields.update(values)
        steps.append(step)
        changed.append(row)
    if changed:
        Requirement.objects.bulk_update(changed, [*fields, "version", "updated_at"])
        RequirementStep.objects.bulk_create(steps)
        touch(row.product_id for row in changed if row.product_id)
    return {"changed": len(changed), "asked": len(ids), "kept": kept, "was": was}
