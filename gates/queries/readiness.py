"""How far a pack is: function by function, and what is missing, by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from gates.calculations.readiness import readiness_percent
from gates.models import Evidence, ReviewCriterion
from gates.models.criteria import Assessment
from teams.models import Function, Person


@dataclass
class Cell:
    """Criteria of one function in one state; `musts` of the `count` are must-criteria."""

    state: str
    count: int = 0
    musts: int = 0


@dataclass
class FunctionRow:
    """A line of the readiness matrix."""

    function: Function
    cells: dict[str, Cell]
    musts: int = 0
    musts_met: int = 0
    total: int = 0

    @property
    def states(self) -> list[Cell]:
        return list(self.cells.values())


@dataclass(frozen=True)
class Gap:
    """What one criterion lacks, in words."""

    criterion: ReviewCriterion
    lacks: list[str]


@dataclass
class Debt:
    """Everything one person owes the pack; `person` None is what nobody answers for."""

    person: Person | None
    gaps: list[Gap] = field(default_factory=list)


@dataclass(frozen=True)
class Readiness:
    percent: int | None
    wanted_percent: int
    total: int
    assessed: int
    musts: int
    musts_met: int
    stale: int
    rows: list[FunctionRow]
    debts: list[Debt]

    @property
    def tone(self) -> str:
        if self.percent is None:
            return "none"
        if self.percent >= self.wanted_percent:
            return "on"
        return "risk" if self.percent >= self.wanted_percent // 2 else "off"

    @property
    def gap_count(self) -> int:
        return sum(len(debt.gaps) for debt in self.debts)


def lacks(criterion: ReviewCriterion, evidence: list[Evidence], *, oldest: date) -> list[str]:
    """What the criterion still needs before the deciders can rely on it.

    oldest  evidence dated before this day is stale.
    """
    words = []
    if not criterion.is_assessed:
        words.append(_("not assessed"))
    elif criterion.state == Assessment.NO_DATA:
        words.append(_("no data"))
    elif criterion.state != Assessment.MET:
        words.append(criterion.get_state_display().lower())
    if criterion.evidence_asked and not evidence and not criterion.is_bound:
        words.append(_("no evidence"))
    elif evidence and max(row.dated_on for row in evidence) < oldest:
        words.append(_("evidence stale"))
    if getattr(criterion, "unanswered", 0):
        words.append(_("question unanswered"))
    return words


def readiness(
    criteria: Iterable[ReviewCriterion],
    evidence: dict[int, list[Evidence]],
    *,
    oldest: date,
    wanted_percent: int,
) -> Readiness:
    """The matrix and the list of debts, from rows that are loaded already.

    evidence  by the id of its criterion.
    """
    criteria = list(criteria)
    rows: dict[int, FunctionRow] = {}
    debts: dict[int | None, Debt] = {}
    stale = 0
    for criterion in criteria:
        row = rows.setdefault(
            criterion.function_id,
            FunctionRow(criterion.function, {state: Cell(state) for state in Assessment.values}),
        )
        row.total += 1
        row.cells[criterion.state].count += 1
        if criterion.is_must:
            row.musts += 1
            row.musts_met += criterion.state == Assessment.MET
            row.cells[criterion.state].musts += 1
        proofs = evidence.get(criterion.pk, [])
        stale += bool(proofs) and max(proof.dated_on for proof in proofs) < oldest
        if words := lacks(criterion, proofs, oldest=oldest):
            debt = debts.setdefault(criterion.owner_id, Debt(criterion.owner))
            debt.gaps.append(Gap(criterion, words))
    ordered = sorted(debts.values(), key=lambda debt: (debt.person is not None, -len(debt.gaps)))
    return Readiness(
        percent=readiness_percent((row.weight, row.state) for row in criteria),
        wanted_percent=wanted_percent,
        total=len(criteria),
        assessed=sum(row.is_assessed for row in criteria),
        musts=sum(row.musts for row in rows.values()),
        musts_met=sum(row.musts_met for row in rows.values()),
        stale=stale,
        rows=sorted(rows.values(), key=lambda row: row.function.code),
        debts=ordered,
    )
