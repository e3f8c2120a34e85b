"""Loading a process definition: phases, roles, rights, chains, gates and criteria as data."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from gates.actions import process_files
from gates.models import (
    CalendarStep,
    Chain,
    CriterionDefinition,
    GateDefinition,
    Outcome,
    ReasonCode,
)
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.models import AuthorityLimit, ContractElementDefinition, Phase, ProcessVersion
from teams.models import DecisionRight, Function, Person, PracticeRule, Role


@transaction.atomic
def load(source: str, *, by: Person | None = None) -> tuple[ProcessVersion, bool]:
    """Bring in the file's version and make it current; True when it was new.

    The same file again changes nothing. Refused when the version is there with another
    content, because products are bound to it, or when the file has mistakes.
    """
    definition = process_files.read(source)
    code, version = definition["code"], definition["version"]
    content = hashlib.sha256(ledger.canonical(definition).encode()).hexdigest()
    present = ProcessVersion.objects.select_for_update().filter(code=code, version=version).first()
    if present and present.source_hash == content:
        return present, False
    if present:
        told = {"version": version, "code": code}
        raise Refused(
            _(
                "Version %(version)s of %(code)s is loaded already, with another content, and "
                "products follow it. Give the changed file a new version."
            )
            % told
        )
    ProcessVersion.objects.filter(code=code, is_current=True).update(is_current=False)
    process = ProcessVersion.objects.create(
        code=code,
        version=version,
        name=definition["name"],
        source=source,
        source_hash=content,
        is_current=True,
    )
    phases = _phases(process, definition)
    _roles(definition)
    _rights(definition)
    _practice(definition)
    chains = _chains(process, definition)
    _gates(definition, chains, phases)
    ReasonCode.objects.bulk_create(
        ReasonCode(process=process, **entry) for entry in definition["reason_codes"]
    )
    ContractElementDefinition.objects.bulk_create(
        ContractElementDefinition(process=process, **entry)
        for entry in definition["contract_elements"]
    )
    AuthorityLimit.objects.bulk_create(
        AuthorityLimit(process=process, **entry) for entry in definition["authority"]
    )
    ledger.record(
        kind="process",
        subject=f"process:{process.pk}",
        body={"code": code, "version": version, "content": content},
        by=by,
    )
    return process, True


def _phases(process: ProcessVersion, definition: dict) -> dict[str, Phase]:
    phases = [Phase(process=process, **entry) for entry in definition["phases"]]
    return {phase.code: phase for phase in Phase.objects.bulk_create(phases)}


def _roles(definition: dict) -> None:
    """Roles are the company's, not a version's; a later file may rename and add, never remove.

    A function that no table has brought in yet gets its code as its name.
    """
    codes = {entry["represents"] for entry in definition["roles"] if entry.get("represents")}
    Function.objects.bulk_create(
        [Function(code=code, name=code) for code in sorted(codes)], ignore_conflicts=True
    )
    functions = dict(Function.objects.values_list("code", "pk"))
    Role.objects.bulk_create(
        [
            Role(
                code=entry["code"],
                name=entry["name"],
                represents_id=functions.get(entry.get("represents")),
                is_core=entry.get("core", False),
                order=order,
            )
            for order, entry in enumerate(definition["roles"], 1)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "represents", "is_core", "order"],
    )


def _rights(definition: dict) -> None:
    """The rights of the newest file hold, for every product: duties do not differ by project."""
    roles = dict(Role.objects.values_list("code", "pk"))
    DecisionRight.objects.all().delete()
    DecisionRight.objects.bulk_create(
        [
            DecisionRight(
                act=entry["act"],
                chain=entry.get("chain", ""),
                seated_in=entry["seat"],
                body_kind=entry.get("body", ""),
                role_id=roles[role],
            )
            for entry in definition["rights"]
            for role in entry["roles"]
        ],
        ignore_conflicts=True,
    )


def _practice(definition: dict) -> None:
    """Which acts ask for a certificate: like rights, the newest file's rules hold for all."""
    PracticeRule.objects.all().delete()
    PracticeRule.objects.bulk_create(PracticeRule(**entry) for entry in definition["practice"])


def _chains(process: ProcessVersion, definition: dict) -> dict[str, Chain]:
    lists = ("outcomes", "steps")
    chains = Chain.objects.bulk_create(
        Chain(process=process, **{k: v for k, v in entry.items() if k not in lists})
        for entry in definition["chains"]
    )
    for chain, entry in zip(chains, definition["chains"], strict=True):
        Outcome.objects.bulk_create(
            Outcome(
                chain=chain,
                aliases=outcome.get("codes", []),
                **{name: value for name, value in outcome.items() if name != "codes"},
            )
            for outcome in entry["outcomes"]
        )
        CalendarStep.objects.bulk_create(
            CalendarStep(chain=chain, **step) for step in entry["steps"]
        )
    return {chain.code: chain for chain in chains}


def _gates(definition: dict, chains: dict[str, Chain], phases: dict[str, Phase]) -> None:
    same = [
        "code",
        "name",
        "question",
        "entry",
        "exit",
        "order",
        "repeatable",
        "unplanned",
        "in_statistics",
        "circular_allowed",
        "signs_contract",
    ]
    gates = GateDefinition.objects.bulk_create(
        GateDefinition(
            chain=chains[entry["chain"]],
            phase=phases[entry["phase"]],
            next_phase=phases.get(entry.get("next_phase", "")),
            presenters=entry.get("presenter", []),
            **{name: entry[name] for name in same if name in entry},
        )
        for entry in definition["gates"]
    )
    by_code = {gate.code: gate for gate in gates}
    for gate, entry in zip(gates, definition["gates"], strict=True):
        gate.feeds = by_code.get(entry.get("feeds", ""))
        CriterionDefinition.objects.bulk_create(
            CriterionDefinition(gate=gate, order=order, **criterion)
            for order, criterion in enumerate(entry["criteria"], 1)
        )
    GateDefinition.objects.bulk_update(gates, ["feeds"])
