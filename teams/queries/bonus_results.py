"""What comes out of a round as its facts stand: figures, scores, pools; nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from teams.calculations import bonuses
from teams.calculations.bonuses import Claim, Part
from teams.calculations.scoring import Scored, TeamScore, score, team_score
from teams.models import (
    BonusFinding,
    BonusKpi,
    BonusMember,
    BonusRound,
    BonusTeam,
    KpiApproval,
    KpiReading,
)
from teams.models.bonus_teams import FACTORS, Counts
from teams.models.readings import ReadingStatus
from teams.queries.standing import standing

HUNDRED, ONE = Decimal(100), Decimal(1)
PLACES = Decimal("0.0000000001")
Moves = Mapping[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Figure:
    """A paid KPI of a team: its reading, whether it counts, and what it scores."""

    paid: BonusKpi
    reading: object | None
    counts: str
    figure: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class TeamResult:
    """What came out for a team."""

    row: BonusTeam
    figures: list[Figure]
    members: list[BonusMember]
    score: TeamScore
    headcount: Decimal
    multiplier: Decimal
    factor: Decimal
    base: Decimal = Decimal(0)
    entitlement: Decimal = Decimal(0)

    @property
    def claim(self) -> Claim:
        return Claim(self.headcount, self.multiplier, self.factor)


@dataclass(frozen=True)
class Result:
    """A round as a whole; teams by their pk in the round."""

    released: Decimal
    coefficient: Decimal
    reserve: Decimal
    teams: dict[int, TeamResult] = field(default_factory=dict)


def compute(
    row: BonusRound,
    *,
    moved: Moves | None = None,
    findings: Mapping[int, Iterable[BonusFinding]] | None = None,
) -> Result:
    """The whole round, in seven queries whatever the number of its teams.

    moved     what a what-if adds to figures, by team and KPI
    findings  what cuts the pools instead of what is kept, by the team's pk in the round
    """
    paid = list(row.kpis.select_related("kpi").order_by("kpi__order", "kpi__code"))
    teams = list(row.teams.select_related("team"))
    members = _by_team(BonusMember.objects.filter(team__round=row).select_related("function"))
    kept = _by_team(BonusFinding.objects.filter(team__round=row))
    readings = standing([team.team_id for team in teams], row.last_month, [p.kpi for p in paid])
    audited = _audited(readings.values())
    results = {}
    for team in teams:
        figures = [
            _figure(one, readings.get((team.team_id, one.kpi_id)), audited, moved or {})
            for one in paid
        ]
        cuts = kept.get(team.pk, []) if findings is None else findings.get(team.pk, [])
        results[team.pk] = _result(team, figures, members.get(team.pk, []), cuts)
    fund = bonuses.released(row.fund, row.profit, row.threshold)
    pools = bonuses.pools(fund, {pk: found.claim for pk, found in results.items()})
    for pk, pool in pools.of.items():
        facts = vars(results[pk]) | {"base": pool.base, "entitlement": pool.entitlement}
        results[pk] = TeamResult(**facts)
    return Result(fund, pools.coefficient, pools.reserve, results)


def _by_team(rows) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.team_id, []).append(row)
    return found


def _audited(readings: Iterable) -> set[int]:
    """Readings that somebody else stands for, of those that people entered."""
    entered = [r.pk for r in readings if _by_people(r)]
    return set(KpiApproval.objects.filter(reading__in=entered).values_list("reading", flat=True))


def _by_people(reading) -> bool:
    """Entered by somebody, in the browser or in a file that names them; not read by a machine."""
    return isinstance(reading, KpiReading) and reading.entered_by_id is not None


def _figure(paid: BonusKpi, reading, audited: set[int], moved: Moves) -> Figure:
    if reading is None or reading.status == ReadingStatus.MISSING:
        return Figure(paid, reading, Counts.MISSING)
    if reading.status == ReadingStatus.NOT_DUE:
        return Figure(paid, reading, Counts.NOT_DUE)
    found = reading.figure(paid.kpi)
    if _by_people(reading) and reading.pk not in audited:
        return Figure(paid, reading, Counts.UNAUDITED, found)
    found += moved.get((reading.team_id, paid.kpi_id), 0)
    return Figure(paid, reading, Counts.YES, found, score(found, paid.scale))


def _result(
    row: BonusTeam,
    figures: list[Figure],
    members: list[BonusMember],
    findings: Iterable[BonusFinding],
) -> TeamResult:
    found = team_score(
        Scored(Decimal(one.paid.weight), one.score, one.counts != Counts.NOT_DUE) for one in figures
    )
    kinds = {finding.kind for finding in findings if not finding.cleared}
    return TeamResult(
        row=row,
        figures=figures,
        members=members,
        score=found,
        headcount=bonuses.headcount(part_of(m) for m in members) + row.specialists,
        multiplier=ONE if row.stopped_early else bonuses.multiplier(found.figure),
        factor=bonuses.factor(FACTORS[kind] for kind in sorted(kinds)),
    )


def part_of(member: BonusMember) -> Part:
    return Part(member.participation, member.grade, member.contribution)


def shares(entitlement: Decimal, members: list[BonusMember]) -> dict[int, Decimal]:
    """Each member's share of the pool; of equal remainders, by the number of the person."""
    in_order = sorted(members, key=lambda member: member.person_id)
    split = bonuses.shares(entitlement, [part_of(member) for member in in_order])
    return {member.pk: share for member, share in zip(in_order, split, strict=True)}


def kept(number: Decimal | None) -> Decimal | None:
    """A number as the database keeps it."""
    return None if number is None else number.quantize(PLACES)
