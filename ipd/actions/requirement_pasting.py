"""Rows pasted from a spreadsheet: read and named what is wrong, then all of them or none."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import traces
from ipd.actions.requirements import edit, keeps_level, next_code, stamp
from ipd.kernel.access import Refused
from ipd.kernel.actions.touches import touch
from ipd.models import Product, Requirement, RequirementBaselineItem
from ipd.models.requirement_words import (
    BUILT,
    FIRST_STATE,
    Level,
    Method,
    RequirementKind,
    StepKind,
)
from teams.models import Person

COLUMNS = ("code", "level", "title", "text", "kind", "value", "release", "owner", "method")
MOST_ROWS = 1000


@dataclass
class Row:
    """One pasted row: its values, the requirement it changes if any, and what is wrong."""

    number: int
    values: dict[str, Any]
    existing: Requirement | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its code, or the level it is added to."""
        return self.values.get("code") or self.values.get("level") or ""

    @property
    def moved(self) -> dict[str, Any]:
        """What it would change of the existing requirement."""
        fields = {k: v for k, v in self.values.items() if k not in ("code", "level")}
        return {k: v for k, v in fields.items() if getattr(self.existing, k) != v}


@dataclass
class Block:
    """All rows of a paste."""

    rows: list[Row]
    problems: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.problems and not any(row.problems for row in self.rows)

    @property
    def added(self) -> int:
        return sum(row.existing is None for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.existing is not None and bool(row.moved) for row in self.rows)


def read(product: Product, text: str) -> Block:
    """The rows of a pasted block, each checked; nothing is written."""
    lines = [
        (number, line)
        for number, line in enumerate(csv.reader(io.StringIO(text), delimiter="\t"), 1)
        if any(cell.strip() for cell in line)
    ]
    if not lines:
        return Block([], [_("There is no row.")])
    head = [cell.strip().lower() for cell in lines[0][1]]
    if unknown := [name for name in head if name not in COLUMNS]:
        known = ", ".join(COLUMNS)
        return Block(
            [],
            [
                _("The first row names the columns: %(known)s. Not known: %(names)s")
                % {
                    "known": known,
                    "names": ", ".join(unknown)[:200],
                }
            ],
        )
    if "code" not in head and "title" not in head:
        return Block([], [_("New rows have a title, changed ones a code.")])
    if len(lines) - 1 > MOST_ROWS:
        return Block([], [_("At most %(most)d rows at once.") % {"most": MOST_ROWS}])
    found = [Row(number, _cells(head, line)) for number, line in lines[1:]]
    _match(product, found)
    return Block(found)


def _cells(head: list[str], line: list[str]) -> dict[str, Any]:
    cells = {name: cell.strip() for name, cell in zip(head, line, strict=False)}
    return {name: cells.get(name, "") for name in head}


def _match(product: Product, rows: list[Row]) -> None:
    """Find what exists, read each value, and say what is wrong with it."""
    codes = [row.values["code"] for row in rows if row.values.get("code")]
    own = product.requirements.filter(code__in=codes).select_related("owner")
    existing = {one.code: one for one in own}
    kept = set(
        RequirementBaselineItem.objects.filter(requirement__in=existing.values()).values_list(
            "requirement", flat=True
        )
    )
    names = [row.values["owner"] for row in rows if row.values.get("owner")]
    people = {one.code: one for one in Person.objects.filter(code__in=names, is_active=True)}
    closed = {level: keeps_level(product, level) for level in BUILT}
    seen: set[str] = set()
    for row in rows:
        _values(row, people)
        code = row.values.get("code", "")
        if code and code in seen:
            row.problems.append(_("%(code)s stands twice.") % {"code": code})
        seen.add(code)
        if code:
            row.existing = existing.get(code)
            if row.existing is None:
                row.problems.append(_("The product has no %(code)s.") % {"code": code})
            elif row.existing.pk in kept and {"title", "text", "kind"} & set(row.moved):
                row.problems.append(_("A baseline keeps it: ask for the change."))
        else:
            _new(row, closed)


def _new(row: Row, closed: dict[str, bool]) -> None:
    level = row.values.setdefault("level", Level.SR) or Level.SR
    row.values["level"] = level
    if level not in BUILT:
        row.problems.append(_("New rows are PB, SF, SR or AR."))
    elif closed[level]:
        row.problems.append(_("A baseline keeps this level: ask for the addition."))
    if not row.values.get("title"):
        row.problems.append(_("It needs a title."))


def _values(row: Row, people: dict[str, Person]) -> None:
    """Words become values; what is none of the words is named."""
    values = row.values
    if len(values.get("title", "")) > 200:
        row.problems.append(_("The title has more than 200 characters."))
    if len(values.get("release", "")) > 40:
        row.problems.append(_("The release has more than 40 characters."))
    if "level" in values:
        values["level"] = values["level"].upper()
    for name, words in (("kind", RequirementKind), ("method", Method)):
        if name not in values:
            continue
        values[name] = values[name].lower()
        if values[name] and values[name] not in words.values:
            known = ", ".join(words.values)
            row.problems.append(_("%(name)s is one of %(known)s.") % {"name": name, "known": known})
    if "kind" in values and not values["kind"]:
        values["kind"] = RequirementKind.FUNCTIONAL
    if "value" in values:
        rated = values["value"] or "0"
        if rated.isdecimal() and int(rated) <= 9:
            values["value"] = int(rated)
        else:
            row.problems.append(_("The value is a number from 0 to 9."))
    if "owner" in values:
        owner = values["owner"]
        values["owner"] = people.get(owner)
        if owner and values["owner"] is None:
            row.problems.append(_("Nobody has the number %(code)s.") % {"code": owner})


@transaction.atomic
def bring_in(product: Product, text: str, *, by: Person) -> Block:
    """Add and change what the block says, as one; Refused when it is not clean any more."""
    traces.hold(product.line_id)
    block = read(product, text)
    if not block.is_clean:
        raise Refused(_("The data changed meanwhile: look at the rows again."))
    for row in block.rows:
        if row.existing is None:
            values = {k: v for k, v in row.values.items() if k != "code"}
            values["owner"] = values.get("owner") or by
            made = Requirement.objects.create(
                line=product.line,
                product=product,
                code=next_code(values["level"], line=product.line, product=product),
                status=FIRST_STATE[values["level"]],
                requester=by,
                **values,
            )
            stamp(made, StepKind.DERIVED, by=by)
        elif row.moved:
            edit(row.existing, by=by, seen_version=row.existing.version, **row.moved)
    touch([product.pk])
    return block
