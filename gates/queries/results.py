"""After the vote: the real decision beside one's own, criterion by criterion, and what came."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from gates.models import Citation, Decision, Dissent, Exercise
from gates.models.facts import Assessment
from gates.queries import decision_record
from gates.queries.exercises import Came, came_of


@dataclass(frozen=True)
class Line:
    """One criterion: what the team said, what the person said, how the board scored it.

    cited  a condition was given for it, or the decision rests on it
    """

    code: str
    text: str
    weight: str
    team: str
    team_name: str
    mine: str
    mine_name: str
    score: float | None
    cited: bool

    @property
    def differs(self) -> bool:
        """Where nothing was recorded, nothing was judged, either."""
        return bool(self.mine) and self.team != self.mine


@dataclass(frozen=True)
class Result:
    decision: Decision
    facts: decision_record.Facts
    dissents: list[Dissent]
    lines: list[Line]
    came: Came

    @property
    def is_scored(self) -> bool:
        return any(line.score is not None for line in self.lines)

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]


def result_of(exercise: Exercise, *, granted: bool) -> Result:
    """Everything that was hidden; call only for an exercise that is voted on."""
    review = exercise.review
    cited = Citation.objects.filter(criterion__review=OuterRef("review"))
    decision = (
        Decision.objects.select_related("outcome", "review__gate", "review__product")
        .annotate(cited=ArraySubquery(cited.values("criterion__code")))
        .get(review=review, superseded_at=None)
    )
    facts = decision_record.facts_of(decision, granted=granted, everything=True)
    return Result(
        decision=decision,
        facts=facts,
        dissents=list(decision.dissents.select_related("person")),
        lines=_lines(exercise, facts.criteria, _scores(decision), set(decision.cited)),
        came=came_of([review])[review.pk],
    )


def _scores(decision: Decision) -> dict[str, float]:
    """Mean of the last scores that voters gave, by the criterion's code."""
    last: dict[tuple[str, str], int] = {}
    votes = decision.frozen.get("votes", [])
    for vote in sorted(votes, key=lambda vote: vote["round"]):
        for code, score in vote.get("scores", {}).items():
            last[vote["voter"], code] = score
    by_code: dict[str, list[int]] = {}
    for (_voter, code), score in last.items():
        by_code.setdefault(code, []).append(score)
    return {code: round(sum(scores) / len(scores), 1) for code, scores in by_code.items()}


def _lines(exercise: Exercise, criteria: list[dict], scores, cited) -> list[Line]:
    names = dict(Assessment.choices)
    lines = []
    for row in criteria:
        mine = exercise.judged.get(row["code"], "")
        lines.append(
            Line(
                code=row["code"],
                text=row["text"],
                weight=row["weight_name"],
                team=row["state"],
                team_name=row["state_name"],
                mine=mine,
                mine_name=names.get(mine, ""),
                score=scores.get(row["code"]),
                cited=row["code"] in cited,
            )
        )
    return lines
