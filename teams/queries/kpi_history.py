"""What happened to a KPI's card: the ledger's lines about it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.models import LedgerEntry
from teams.models import Function, Kpi, Person

LINES = 40
KINDS = {
    "kpi defined": gettext_lazy("defined it"),
    "kpi changed": gettext_lazy("changed the card"),
    "kpi target set": gettext_lazy("set a target"),
    "kpi target removed": gettext_lazy("took a target out"),
}
FIELDS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "formula": gettext_lazy("Formula in words"),
    "expression": gettext_lazy("Formula over measures"),
    "unit": gettext_lazy("Unit"),
    "unit_label": gettext_lazy("Behind the figure"),
    "places": gettext_lazy("Decimals"),
    "direction": gettext_lazy("Direction"),
    "cadence": gettext_lazy("Cadence"),
    "together": gettext_lazy("A group's figure"),
    "dimension": gettext_lazy("Dimension"),
    "source": gettext_lazy("Source"),
    "owner_id": gettext_lazy("Owner"),
    "least_n": gettext_lazy("Least n"),
    "counts_in_pay": gettext_lazy("May count in pay"),
    "has_amounts": gettext_lazy("Numerator and denominator are amounts of money"),
    "valid_from": gettext_lazy("Valid from"),
    "order": gettext_lazy("Place in lists"),
    "is_active": gettext_lazy("In use"),
}


@dataclass(frozen=True)
class Line:
    """One line of a card's history."""

    at: datetime
    who: Person | None
    what: str
    version: int
    reason: str
    changes: list[tuple[str, str, str]]


def history(kpi: Kpi) -> list[Line]:
    """What happened to a card, the latest first, as the ledger has it."""
    rows = LedgerEntry.objects.filter(subject=f"kpi:{kpi.pk}").select_related("actor")
    entries = list(rows.order_by("-sequence")[:LINES])
    moved = any("owner_id" in entry.body.get("changes", {}) for entry in entries)
    names = dict(Function.objects.values_list("pk", "name")) if moved else {}
    return [
        Line(
            entry.at,
            entry.actor,
            str(KINDS.get(entry.kind, entry.kind)),
            entry.body.get("version", 1),
            entry.body.get("reason", ""),
            [*_changes(entry.body, names), *_target(entry.body)],
        )
        for entry in entries
    ]


def _changes(body: dict, functions: dict[int, str]) -> Iterable[tuple[str, str, str]]:
    for name, (before, after) in body.get("changes", {}).items():
        if name == "owner_id":
            before, after = functions.get(before, ""), functions.get(after, "")
        yield str(FIELDS.get(name, name)), _said(before), _said(after)


def _target(body: dict) -> Iterable[tuple[str, str, str]]:
    if "after" not in body:
        return
    sides = [_said_target(body[side]) for side in ("before", "after")]
    row = body["after"] or body["before"]
    yield f"{row['phase'] or _('Every other phase')} {row['valid_from']}", *sides


def _said_target(row: dict | None) -> str:
    if not row:
        return "–"
    if not row["is_due"]:
        return _("not due")
    shown = " / ".join((row["floor"], row["target"], row["stretch"]))
    return f"{shown} ± {row['centre']}" if row["centre"] is not None else shown


def _said(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else str(value)
