"""A process version as complete tables, to be read."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gates.models import Chain, GateDefinition, Outcome, ReasonCode
from ipd.models import Phase, ProcessVersion
from teams.models import DecisionRight, Role
from teams.models.rights import SeatedIn
from teams.queries.seats import practice_asked


@dataclass(frozen=True)
class RightRow:
    """An act with the roles that may do it, in the team and in the body, and the paths whose
    certificate it asks for.
    """

    act: str
    chain: str
    team: list[Role]
    body: list[Role]
    paths: list[str]


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome, what it does to the product, and what the board must say with it."""

    outcome: Outcome
    effects: list[str]
    says: list[str]


@dataclass(frozen=True)
class ChainRow:
    chain: Chain
    outcomes: list[OutcomeRow]


@dataclass(frozen=True)
class Process:
    version: ProcessVersion
    phases: QuerySet[Phase]
    chains: list[ChainRow]
    gates: QuerySet[GateDefinition]
    reasons: QuerySet[ReasonCode]
    rights: list[RightRow]


def process(version: ProcessVersion) -> Process:
    """Everything the version says; nine queries."""
    return Process(
        version=version,
        phases=version.phases.all(),
        chains=[
            ChainRow(chain, [_outcome(row) for row in chain.outcomes.all()])
            for chain in Chain.objects.filter(process=version).prefetch_related("outcomes", "steps")
        ],
        gates=GateDefinition.objects.filter(chain__process=version)
        .select_related("chain", "phase", "next_phase", "feeds")
        .prefetch_related("criteria")
        .order_by("order"),
        reasons=ReasonCode.objects.filter(process=version),
        rights=_rights(),
    )


EFFECTS = {
    "advances": _("next phase"),
    "releases_money": _("releases money"),
    "bridge_money": _("bridge budget"),
    "comes_back": _("comes back"),
    "holds": _("on hold"),
    "cancels": _("cancelled"),
    "escalates": _("asks for a decision gate"),
    "blocked_by_red_must": _("blocked by a red must"),
}
SAYS = {
    "needs_conditions": _("conditions"),
    "needs_next_date": _("next day"),
    "needs_reason_code": _("reason code"),
    "needs_changes": _("what must change"),
    "needs_restart_trigger": _("what would restart it"),
    "needs_expiry": _("expiry"),
    "needs_reuse_plan": _("where people and assets go"),
}


def _outcome(outcome: Outcome) -> OutcomeRow:
    return OutcomeRow(
        outcome,
        [str(word) for flag, word in EFFECTS.items() if getattr(outcome, flag)],
        [str(word) for flag, word in SAYS.items() if getattr(outcome, flag)],
    )


def _rights() -> list[RightRow]:
    """Rights belong to the company's roles, and so to every version alike."""
    rows: dict[tuple[str, str], dict[str, list[Role]]] = defaultdict(lambda: defaultdict(list))
    rights = DecisionRight.objects.select_related("role").order_by("act", "chain", "role__order")
    for right in rights:
        rows[right.act, right.chain][right.seated_in].append(right.role)
    asked = practice_asked()
    return [
        RightRow(
            act,
            chain,
            held[SeatedIn.TEAM],
            held[SeatedIn.BODY],
            sorted({path for of, path in asked.get(act, ()) if not (of and chain and of != chain)}),
        )
        for (act, chain), held in rows.items()
    ]
