"""A process version as complete tables, to be read."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from gates.models import Chain, GateDefinition
from gates.models.processes import ReasonCode
from ipd.models import Phase, ProcessVersion
from teams.models import DecisionRight, Role
from teams.models.rights import SeatedIn


@dataclass(frozen=True)
class RightRow:
    """An act with the roles that may do it, in the team and in the body."""

    act: str
    chain: str
    team: list[Role]
    body: list[Role]


@dataclass(frozen=True)
class Process:
    version: ProcessVersion
    phases: QuerySet[Phase]
    chains: QuerySet[Chain]
    gates: QuerySet[GateDefinition]
    reasons: QuerySet[ReasonCode]
    rights: list[RightRow]


def process(version: ProcessVersion) -> Process:
    """Everything the version says; eight queries."""
    return Process(
        version=version,
        phases=version.phases.all(),
        chains=Chain.objects.filter(process=version).prefetch_related("outcomes", "steps"),
        gates=GateDefinition.objects.filter(chain__process=version)
        .select_related("chain", "phase", "next_phase", "feeds")
        .prefetch_related("criteria")
        .order_by("order"),
        reasons=ReasonCode.objects.filter(process=version),
        rights=_rights(),
    )


def _rights() -> list[RightRow]:
    """Rights belong to the company's roles, and so to every version alike."""
    rows: dict[tuple[str, str], dict[str, list[Role]]] = defaultdict(lambda: defaultdict(list))
    rights = DecisionRight.objects.select_related("role").order_by("act", "chain", "role__order")
    for right in rights:
        rows[right.act, right.chain][right.seated_in].append(right.role)
    return [
        RightRow(act, chain, held[SeatedIn.TEAM], held[SeatedIn.BODY])
        for (act, chain), held in rows.items()
    ]
