"""Reads a process definition: one TOML file in, plain facts out, or every mistake in it named."""

import tomllib
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gates.models.definitions import Weight
from gates.models.processes import StepFact
from ipd.kernel.access import Refused
from teams.models.rights import SeatedIn

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
SHAPES: dict[str, dict[str, Any]] = {
    "phases": {"code!": str, "name!": str, "purpose": str, "order!": int, "before_ga": bool},
    "roles": {"code!": str, "name!": str, "represents": str, "core": bool},
    "rights": {"act!": str, "chain": str, "seat!": str, "body": str, "roles!": list},
    "reason_codes": {"code!": str, "name!": str},
    "chains": {
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
    "gates": {
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
        "criteria!": list,
    },
}
OUTCOME = {"code!": str, "name!": str, "tone!": str, "order!": int, "codes": list}
OUTCOME |= dict.fromkeys(FLAGS, bool)
STEP = {"code!": str, "name!": str, "offset!": int, "owner_role": str, "fact": str}
CRITERION = {"code!": str, "function!": str, "weight!": str, "text!": str, "evidence": str}
WORDS_OF = {
    str: lazy("a text"),
    int: lazy("a whole number"),
    bool: lazy("true or false"),
    list: lazy("a list"),
}
TONES = ("on", "risk", "off", "info", "none")


def read(source: str) -> dict:
    """The definition in the file; refuses with one sentence for each thing wrong with it."""
    try:
        definition = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        told = {"error": error}
        raise Refused(_("The process file is not valid TOML: %(error)s.") % told) from error
    wrong = list(_wrong_shape(definition)) or list(_wrong_references(definition))
    if wrong:
        raise Refused(_("The process file cannot be loaded.") + " " + " ".join(wrong))
    return definition


def _wrong_shape(definition: dict):
    head = {"code!": str, "version!": str, "name!": str, **{f"{key}!": list for key in SHAPES}}
    yield from _wrong_entry(_("The file"), definition, head)
    for section, shape in SHAPES.items():
        entries = definition.get(section)
        if not isinstance(entries, list):
            continue
        yield from _wrong_list(section, entries, shape)
        for entry in entries:
            if not isinstance(entry, dict):
                continue
            where = f"{section} {entry.get('code', '?')}"
            for name, inner in (("outcomes", OUTCOME), ("steps", STEP), ("criteria", CRITERION)):
                if f"{name}!" in shape and isinstance(entry.get(name), list):
                    yield from _wrong_list(f"{where}, {name}", entry[name], inner)


def _wrong_list(where: str, entries: list, shape: dict):
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


def _wrong_entry(where: str, entry: dict, shape: dict):
    kinds = {name.rstrip("!"): kind for name, kind in shape.items()}
    for name, value in entry.items():
        told = {"where": where, "name": name, "known": ", ".join(kinds)}
        if name not in kinds:
            yield _("%(where)s: %(name)s is not known; known are %(known)s.") % told
        elif type(value) is not kinds[name]:
            told["kind"] = WORDS_OF[kinds[name]]
            yield _("%(where)s: %(name)s has to be %(kind)s.") % told
    for name in shape:
        if name.endswith("!") and entry.get(name[:-1]) in (None, ""):
            told = {"where": where, "name": name[:-1]}
            yield _("%(where)s: %(name)s is missing.") % told


def _wrong_references(definition: dict):
    codes = {
        section: {entry["code"] for entry in definition[section]}
        for section in ("phases", "roles", "chains", "gates")
    }

    def unknown(where, name, values, section):
        for value in values:
            if value and value not in codes[section]:
                told = {"where": where, "name": name, "value": value, "section": section}
                yield _("%(where)s: %(name)s %(value)s is not among the %(section)s.") % told

    def outside(where, name, value, accepted):
        if value not in accepted:
            told = {"where": where, "name": name, "accepted": ", ".join(accepted)}
            yield _("%(where)s: %(name)s has to be one of %(accepted)s.") % told

    for right in definition["rights"]:
        where = f"rights {right['act']}"
        yield from unknown(where, "role", right["roles"], "roles")
        yield from unknown(where, "chain", [right.get("chain", "")], "chains")
        yield from outside(where, "seat", right["seat"], SeatedIn.values)
    for chain in definition["chains"]:
        where = f"chains {chain['code']}"
        owners = [step.get("owner_role", "") for step in chain["steps"]]
        yield from unknown(where, "owner_role", owners, "roles")
        for step in chain["steps"]:
            if fact := step.get("fact", ""):
                yield from outside(f"{where}, {step['code']}", "fact", fact, StepFact.values)
        for outcome in chain["outcomes"]:
            yield from outside(f"{where}, {outcome['code']}", "tone", outcome["tone"], TONES)
        if not 0 < chain.get("quorum_numerator", 2) <= chain.get("quorum_denominator", 3):
            told = {"where": where}
            yield _("%(where)s: the quorum has to be a share above 0, at most 1.") % told
    for gate in definition["gates"]:
        where = f"gates {gate['code']}"
        yield from unknown(where, "chain", [gate["chain"]], "chains")
        yield from unknown(where, "phase", [gate["phase"]], "phases")
        yield from unknown(where, "next_phase", [gate.get("next_phase", "")], "phases")
        yield from unknown(where, "presenter", gate.get("presenter", []), "roles")
        yield from unknown(where, "feeds", [gate.get("feeds", "")], "gates")
        for criterion in gate["criteria"]:
            place = f"{where}, {criterion['code']}"
            yield from outside(place, "weight", criterion["weight"], Weight.values)
