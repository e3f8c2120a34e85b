"""What a process file may hold: its sections, their entries, and the kind of each value."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

Shape = dict[str, Any]
NUMBER = (int, Decimal)

FLAGS = [
    "passes",
    "passes_clean",
    "advances",
    "releases_money",
    "bridge_money",
    "needs_conditions",
    "blocked_by_red_must",
    "comes_back",
    "holds",
    "cancels",
    "escalates",
    "needs_reason_code",
    "needs_next_date",
    "needs_expiry",
    "needs_restart_trigger",
    "needs_reuse_plan",
    "needs_changes",
]
# Section: what each entry may hold; a name with "!" has to be there.
SECTIONS: dict[str, Shape] = {
    "phases!": {"code!": str, "name!": str, "purpose": str, "order!": int, "before_ga": bool},
    "roles!": {"code!": str, "name!": str, "represents": str, "core": bool},
    "rights!": {"act!": str, "chain": str, "seat!": str, "body": str, "roles!": list},
    "reason_codes!": {"code!": str, "name!": str},
    "chains!": {
        "code!": str,
        "name!": str,
        "body!": str,
        "quorum_numerator": int,
        "quorum_denominator": int,
        "quorum_functions": list,
        "void_unassessed_percent": int,
        "ready_percent": int,
        "evidence_max_age_days": int,
        "circular_days": int,
        "extension_limit": int,
        "remind_before_days": int,
        "escalate_after_days": list,
        "lapse_after_days": int,
        "outcomes!": list,
        "steps!": list,
    },
    "gates!": {
        "code!": str,
        "name!": str,
        "chain!": str,
        "question": str,
        "phase!": str,
        "next_phase": str,
        "presenter": list,
        "feeds": str,
        "entry": str,
        "exit": str,
        "order!": int,
        "repeatable": bool,
        "in_statistics": bool,
        "unplanned": bool,
        "circular_allowed": bool,
        "signs_contract": bool,
        "criteria!": list,
    },
    "contract_elements": {
        "code!": str,
        "name!": str,
        "unit!": str,
        "measure": str,
        "higher_is_better": bool,
        "tolerance_days": int,
        "tolerance_percent": NUMBER,
        "warning_percent": NUMBER,
        "zero_tolerance": bool,
        "order!": int,
    },
    "authority": {
        "act!": str,
        "level!": int,
        "role": str,
        "body_kind": str,
        "limit": NUMBER,
        "cumulative_percent": int,
        "window_days": int,
    },
    "practice": {"act!": str, "chain": str, "path!": str, "since": date},
}
OUTCOME: Shape = {"code!": str, "name!": str, "tone!": str, "order!": int, "codes": list}
OUTCOME |= dict.fromkeys(FLAGS, bool)
STEP: Shape = {"code!": str, "name!": str, "offset!": int, "owner_role": str, "fact": str}
CRITERION: Shape = {
    "code!": str,
    "function!": str,
    "weight!": str,
    "text!": str,
    "evidence": str,
    "measure": str,
    "operator": str,
    "threshold": NUMBER,
    "partly": NUMBER,
}
INNER = {"outcomes": OUTCOME, "steps": STEP, "criteria": CRITERION}
HEAD: Shape = {"code!": str, "version!": str, "name!": str, **dict.fromkeys(SECTIONS, list)}
WORDS_OF = {
    str: lazy("a text"),
    int: lazy("a whole number"),
    NUMBER: lazy("a number"),
    bool: lazy("true or false"),
    list: lazy("a list"),
    date: lazy("a day, as 2026-01-31"),
}


def plain(name: str) -> str:
    """A name of a shape without its mark.

    >>> plain("code!"), plain("purpose")
    ('code', 'purpose')
    """
    return name.rstrip("!")


def wrong_shape(definition: dict) -> Iterator[str]:
    """A sentence for each section, entry and value that is not of its shape."""
    yield from _wrong_entry(_("The file"), definition, HEAD)
    for name, shape in SECTIONS.items():
        section = plain(name)
        entries = definition.get(section)
        if not isinstance(entries, list):
            continue
        yield from _wrong_list(section, entries, shape)
        for entry in entries:
            if not isinstance(entry, dict):
                continue
            where = f"{section} {entry.get('code', '?')}"
            for inner, inner_shape in INNER.items():
                if f"{inner}!" in shape and isinstance(entry.get(inner), list):
                    yield from _wrong_list(f"{where}, {inner}", entry[inner], inner_shape)


def _wrong_list(where: str, entries: list, shape: Shape) -> Iterator[str]:
    seen = set()
    for number, entry in enumerate(entries, 1):
        told = {"where": where, "number": number}
        if not isinstance(entry, dict):
            yield _("%(where)s, entry %(number)s, is not a table.") % told
            continue
        yield from _wrong_entry(f"{where} {entry.get('code', number)}", entry, shape)
        if "code!" in shape and (code := str(entry.get("code", ""))):
            if code in seen:
                yield _("%(where)s: %(code)s stands there twice.") % {**told, "code": code}
            seen.add(code)


def _wrong_entry(where: str, entry: dict, shape: Shape) -> Iterator[str]:
    kinds = {plain(name): kind for name, kind in shape.items()}
    for name, value in entry.items():
        told = {"where": where, "name": name, "known": ", ".join(kinds)}
        if name not in kinds:
            yield _("%(where)s: %(name)s is not known; known are %(known)s.") % told
        elif not _is_a(value, kinds[name]):
            told["kind"] = WORDS_OF[kinds[name]]
            yield _("%(where)s: %(name)s has to be %(kind)s.") % told
    for name in shape:
        if name.endswith("!") and entry.get(plain(name)) in (None, ""):
            told = {"where": where, "name": plain(name)}
            yield _("%(where)s: %(name)s is missing.") % told


def _is_a(value: Any, kind: Any) -> bool:
    """True is no number here, and what TOML calls inf or nan is none either."""
    if kind is NUMBER:
        return type(value) in NUMBER and abs(value) < 10**14
    return type(value) is kind
