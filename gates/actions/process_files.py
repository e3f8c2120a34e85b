"""Reads a process definition: one TOML file in, plain facts out, or every mistake in it named."""

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gates.actions.process_shapes import SECTIONS, plain, wrong_shape
from gates.models.definitions import Weight
from gates.models.facts import Operator
from gates.models.presenters import PractisedAct
from gates.models.processes import StepFact
from ipd.kernel.access import Refused
from ipd.kernel.measures import MEASURES, Unit
from teams.models.rights import SeatedIn

TONES = ("on", "risk", "off", "info", "none")
REFERRED_TO = ("phases", "roles", "chains", "gates")


def read(source: str) -> dict:
    """The definition in the file; refuses with one sentence for each thing wrong with it.

    Sections that a file may leave out are there, empty.
    """
    try:
        definition = tomllib.loads(source, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        told = {"error": error}
        raise Refused(_("The process file is not valid TOML: %(error)s.") % told) from error
    wrong = list(wrong_shape(definition)) or list(_wrong_references(definition))
    if wrong:
        raise Refused(_("The process file cannot be loaded.") + " " + " ".join(wrong))
    return {plain(name): [] for name in SECTIONS} | definition


def _outside(where: str, name: str, value: Any, accepted: Iterable[str]) -> Iterator[str]:
    if value not in accepted:
        told = {"where": where, "name": name, "accepted": ", ".join(accepted)}
        yield _("%(where)s: %(name)s has to be one of %(accepted)s.") % told


def _wrong_references(definition: dict) -> Iterator[str]:
    codes = {section: {entry["code"] for entry in definition[section]} for section in REFERRED_TO}

    def unknown(where, name, values, section):
        for value in values:
            if value and value not in codes[section]:
                told = {"where": where, "name": name, "value": value, "section": section}
                yield _("%(where)s: %(name)s %(value)s is not among the %(section)s.") % told

    for right in definition["rights"]:
        where = f"rights {right['act']}"
        yield from unknown(where, "role", right["roles"], "roles")
        yield from unknown(where, "chain", [right.get("chain", "")], "chains")
        yield from _outside(where, "seat", right["seat"], SeatedIn.values)
    for chain in definition["chains"]:
        where = f"chains {chain['code']}"
        owners = [step.get("owner_role", "") for step in chain["steps"]]
        yield from unknown(where, "owner_role", owners, "roles")
        yield from _wrong_chain(where, chain)
    for gate in definition["gates"]:
        where = f"gates {gate['code']}"
        yield from unknown(where, "chain", [gate["chain"]], "chains")
        yield from unknown(where, "phase", [gate["phase"]], "phases")
        yield from unknown(where, "next_phase", [gate.get("next_phase", "")], "phases")
        yield from unknown(where, "presenter", gate.get("presenter", []), "roles")
        yield from unknown(where, "feeds", [gate.get("feeds", "")], "gates")
        for criterion in gate["criteria"]:
            place = f"{where}, {criterion['code']}"
            yield from _outside(place, "weight", criterion["weight"], Weight.values)
            yield from _wrong_binding(place, criterion)
    for element in definition.get("contract_elements", []):
        where = f"contract_elements {element['code']}"
        yield from _outside(where, "unit", element["unit"], [unit.value for unit in Unit])
        if measure := element.get("measure"):
            yield from _outside(where, "measure", measure, sorted(MEASURES))
    yield from _wrong_authority(definition, unknown)
    yield from _wrong_practice(definition, unknown)


def _wrong_chain(where: str, chain: dict) -> Iterator[str]:
    for step in chain["steps"]:
        if fact := step.get("fact", ""):
            yield from _outside(f"{where}, {step['code']}", "fact", fact, StepFact.values)
    for outcome in chain["outcomes"]:
        yield from _outside(f"{where}, {outcome['code']}", "tone", outcome["tone"], TONES)
    if not 0 < chain.get("quorum_numerator", 2) <= chain.get("quorum_denominator", 3):
        yield _("%(where)s: the quorum has to be a share above 0, at most 1.") % {"where": where}


def _wrong_binding(where: str, criterion: dict) -> Iterator[str]:
    """A measure comes with an operator and a threshold, and neither comes without a measure."""
    told = {"where": where}
    measure = criterion.get("measure", "")
    given = [name for name in ("operator", "threshold", "partly") if name in criterion]
    if not measure:
        if given:
            told["names"] = ", ".join(given)
            yield _("%(where)s: %(names)s without a measure.") % told
        return
    yield from _outside(where, "measure", measure, sorted(MEASURES))
    yield from _outside(where, "operator", criterion.get("operator", ""), Operator.values)
    if "threshold" not in criterion:
        yield _("%(where)s: threshold is missing.") % told
        return
    weaker, full = criterion.get("partly"), criterion["threshold"]
    if weaker is None:
        return
    if weaker == full or (weaker < full) != (criterion.get("operator") == Operator.AT_LEAST):
        yield _("%(where)s: partly has to be easier to reach than the threshold.") % told


def _wrong_authority(definition: dict, unknown) -> Iterator[str]:
    seen: set[tuple] = set()
    for limit in definition.get("authority", []):
        where = f"authority {limit['act']} {limit['level']}"
        yield from unknown(where, "role", [limit.get("role", "")], "roles")
        if not limit.get("role") and not limit.get("body_kind"):
            yield _("%(where)s: role or body_kind has to say who holds it.") % {"where": where}
        key = (limit["act"], limit["level"], limit.get("role", ""), limit.get("body_kind", ""))
        yield from _twice(where, key, seen)


def _wrong_practice(definition: dict, unknown) -> Iterator[str]:
    """An act that can be practised, said once for a chain and a path."""
    seen: set[tuple] = set()
    for rule in definition.get("practice", []):
        where = f"practice {rule['act']}"
        yield from _outside(where, "act", rule["act"], PractisedAct.values)
        yield from unknown(where, "chain", [rule.get("chain", "")], "chains")
        yield from _twice(where, (rule["act"], rule.get("chain", ""), rule["path"]), seen)


def _twice(where: str, key: tuple, seen: set[tuple]) -> Iterator[str]:
    """An entry with the key of one before it."""
    if key in seen:
        yield _("%(where)s stands there twice.") % {"where": where}
    seen.add(key)
