"""What each criterion changed, how sure that is, and what its owner says of it."""

from dataclasses import dataclass, field

from gates.calculations.health import is_candidate, upper_bound
from gates.models import CriterionCount, CriterionDefinition, CriterionVerdict
from gates.models.criterion_yield import Judgement
from gates.queries.criterion_verdicts import standing
from ipd.models import ProcessVersion

TOO_OFTEN_WAIVED = 3
OUT = (Judgement.MERGE, Judgement.SUNSET)


@dataclass(frozen=True)
class Yield:
    """Hits of assessments, here and elsewhere together; the bound is exact, with 95 %."""

    criterion: CriterionDefinition
    here: CriterionCount | None
    elsewhere: CriterionCount | None
    verdict: CriterionVerdict | None

    @property
    def counts(self) -> list[CriterionCount]:
        return [row for row in (self.here, self.elsewhere) if row is not None]

    @property
    def assessed(self) -> int:
        return sum(row.assessed for row in self.counts)

    @property
    def hits(self) -> int:
        return sum(row.hits for row in self.counts)

    @property
    def waived(self) -> int:
        return sum(row.waived for row in self.counts)

    @property
    def percent(self) -> float | None:
        return 100 * self.hits / self.assessed if self.assessed else None

    @property
    def bound(self) -> float | None:
        """The true rate is hardly above this, in percent."""
        return 100 * upper_bound(self.hits, self.assessed) if self.assessed else None

    @property
    def is_candidate(self) -> bool:
        """It never hit, and nobody has decided on it yet."""
        return self.verdict is None and is_candidate(self.hits, self.assessed)

    @property
    def is_often_waived(self) -> bool:
        """Waived so often that the criterion itself may be wrong."""
        return self.waived >= TOO_OFTEN_WAIVED

    @property
    def since(self) -> tuple[int, int] | None:
        """Hits and assessments since its owner decided on it: what the shadow shows."""
        if self.verdict is None:
            return None
        return self.hits - self.verdict.hits, self.assessed - self.verdict.assessed


@dataclass
class GateYields:
    """A gate's criteria, and whether as many went out as came in with the current version."""

    code: str
    name: str
    rows: list[Yield] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)

    @property
    def owes(self) -> int:
        """How many more have to go out for those that came in."""
        return max(0, len(self.came) - len(self.went))


def current() -> ProcessVersion | None:
    return ProcessVersion.objects.filter(is_current=True).first()


def by_gate(version: ProcessVersion) -> list[GateYields]:
    """All criteria of the version by gate; four queries."""
    definitions = list(
        CriterionDefinition.objects.filter(gate__chain__process=version)
        .select_related("gate")
        .order_by("gate__order", "order")
    )
    counts = {
        (row.gate, row.code, row.elsewhere): row
        for row in CriterionCount.objects.filter(process=version.code)
    }
    verdicts, before = standing(version.code), _before(version)
    found: dict[str, GateYields] = {}
    for one in definitions:
        gate, key = one.gate, (one.gate.code, one.code)
        group = found.setdefault(gate.code, GateYields(gate.code, gate.name))
        verdict = verdicts.get(key)
        group.rows.append(Yield(one, counts.get((*key, False)), counts.get((*key, True)), verdict))
        if before is not None and key not in before:
            group.came.append(one.code)
        if verdict is not None and verdict.judgement in OUT:
            group.went.append(one.code)
    asked = {(one.gate.code, one.code) for one in definitions}
    for gate, code in sorted((before or set()) - asked):
        if gate in found:
            found[gate].went.append(code)
    return list(found.values())


def _before(version: ProcessVersion) -> set[tuple[str, str]] | None:
    """What the version before asked; None where this is the first. One query."""
    rows = CriterionDefinition.objects.filter(
        gate__chain__process=ProcessVersion.objects.filter(
            code=version.code, pk__lt=version.pk
        ).order_by("-pk")[:1]
    )
    return set(rows.order_by().values_list("gate__code", "code")) or None


def of(criterion: CriterionDefinition) -> Yield:
    """One criterion's; two queries."""
    gate, process = criterion.gate, criterion.gate.chain.process
    rows = CriterionCount.objects.filter(process=process.code, gate=gate.code, code=criterion.code)
    counts = {row.elsewhere: row for row in rows}
    verdict = verdicts_on(criterion).first()
    return Yield(criterion, counts.get(False), counts.get(True), verdict)


def verdicts_on(criterion: CriterionDefinition):
    """All that was ever decided on it, the newest first."""
    gate = criterion.gate
    return CriterionVerdict.objects.filter(
        process=gate.chain.process.code, gate=gate.code, code=criterion.code
    ).select_related("by")
