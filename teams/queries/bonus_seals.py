"""What a signature under a bonus stands for: a hash of everything that was signed.

Whoever holds the rows can compute it again. A signature counts while the hash of what stands
now is the one that was signed; nobody has to take signatures back. The version of the round
is part of it, so that what was read again is signed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ipd.kernel.actions.ledger import digest
from teams.models import (
    BonusCosignature,
    BonusFigure,
    BonusFinding,
    BonusMember,
    BonusRound,
    BonusTeam,
    Function,
    Person,
)


def of_function(row: BonusTeam, function: int, members: list[BonusMember]) -> str:
    """Over the parts of a team's members of one function."""
    parts = [
        [m.person_id, m.role_id, *_plain(m.participation, m.grade, m.contribution)]
        for m in members
        if m.function_id == function
    ]
    return digest([row.round_id, row.pk, function, row.proposed_by_id, sorted(parts)])


def of_round(row: BonusRound) -> str:
    """Over rules, figures, findings, pools and every share; six queries."""
    teams = list(row.teams.order_by("pk"))
    facts = {
        "round": [
            *(row.pk, row.name, row.first_month, row.last_month, row.currency, row.reserve),
            *(row.appeal_days, row.read_on, row.version),
            *_plain(row.fund, row.profit, row.threshold, row.released, row.left_over),
            *_plain(row.coefficient),
        ],
        "kpis": [
            [k.kpi_id, k.weight, *_plain(k.floor, k.target, k.stretch, k.centre)]
            for k in row.kpis.order_by("kpi")
        ],
        "grades": [[g.role_id, *_plain(g.weight)] for g in row.grades.order_by("role")],
        "teams": [
            [
                *(t.pk, t.team_id, t.stopped_early, t.note, t.proposed_by_id),
                *_plain(t.specialists, t.score, t.measured, t.headcount, t.multiplier),
                *_plain(t.factor, t.base, t.entitlement),
            ]
            for t in teams
        ],
        "figures": [
            [f.team_id, f.paid_id, f.reading_id, f.counts, f.n, *_plain(f.figure, f.score)]
            for f in BonusFigure.objects.filter(team__in=teams).order_by("team", "paid")
        ],
        "findings": [
            [f.team_id, f.kind, f.key, f.text, f.cleared, f.by_id]
            for f in BonusFinding.objects.filter(team__in=teams).order_by("team", "kind", "pk")
        ],
        "members": [
            [
                *(m.team_id, m.person_id, m.role_id, m.function_id),
                *_plain(m.participation, m.grade, m.contribution, m.share),
            ]
            for m in BonusMember.objects.filter(team__in=teams).order_by("team", "person")
        ],
    }
    return digest(facts)


def _plain(*numbers: Decimal | None) -> list[str | None]:
    """Numbers as text that does not depend on how many zeros they were read with."""
    return [None if number is None else f"{number.normalize():f}" for number in numbers]


@dataclass(frozen=True)
class Signed:
    """A function of a team's members, and who signed what stands; nobody yet where None."""

    function: Function
    by: Person | None = None
    at: datetime | None = None


def signatures(
    row: BonusTeam, members: list[BonusMember], cosignatures: Iterable[BonusCosignature]
) -> list[Signed]:
    """Each function with the signature that stands, of rows that are at hand."""
    found = {(one.function_id, one.seal): one for one in cosignatures}
    functions = {member.function_id: member.function for member in members}
    signed = []
    for pk, function in sorted(functions.items(), key=lambda item: item[1].name):
        one = found.get((pk, of_function(row, pk, members)))
        signed.append(Signed(function, one.by if one else None, one.at if one else None))
    return signed


def unsigned(row: BonusTeam) -> list[Function]:
    """Functions whose head has not signed what stands; two queries."""
    members = list(row.members.select_related("function__head"))
    signed = signatures(row, members, row.cosignatures.select_related("by"))
    return [one.function for one in signed if one.by is None]
