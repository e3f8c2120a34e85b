"""What a learner has shown of each competency, from results alone; no self-assessment enters.

Evidence is an assessment passed (its module names the competencies it teaches) and a piece of
work rated by a rubric (its criteria name theirs).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from teams.calculations.academy.exits import DONE
from teams.models import Competency, LearningPath
from teams.models.academy.paths import ElementKind
from teams.queries.academy.curriculum import ModuleCard
from teams.queries.academy.standing import Way, mean


@dataclass
class Skill:
    """How much of the evidence of one competency is there.

    asked   assessments and rated works that the path asks for, `shown` those that are done
    score   mean of the assessments passed, percent
    level   least level that an assessor gave in any rated work
    """

    competency: Competency
    asked: int = 0
    shown: int = 0
    scores: list[Decimal] = field(default_factory=list)
    levels: list[Decimal] = field(default_factory=list)

    @property
    def score(self) -> Decimal | None:
        return mean(self.scores)

    @property
    def level(self) -> Decimal | None:
        return min(self.levels, default=None)

    @property
    def tone(self) -> str:
        if self.level is not None and self.level < self.competency.certify_at:
            return "risk"
        return "on" if self.asked and self.shown == self.asked else "info"


def rated_by(path: LearningPath) -> list[Competency]:
    """All competencies; `elements` are the codes whose rubric looks at them. One query."""
    rubric = "criteria__rubric"
    return list(
        Competency.objects.annotate(
            elements=ArrayAgg(
                f"{rubric}__elements__code",
                filter=Q(**{f"{rubric}__path": path}) & ~Q(**{f"{rubric}__elements": None}),
                distinct=True,
                default=[],
            )
        )
    )


def skills(
    way: Way, modules: Mapping[str, ModuleCard], competencies: Iterable[Competency]
) -> list[Skill]:
    """Each competency with the evidence that the path asks for and that is there."""
    by_code = {one.code: Skill(one) for one in competencies}
    for step in way.steps:
        if step.element.kind == ElementKind.ASSESSMENT:
            _assessments(step, modules, by_code)
    steps = {step.element.code: step for step in way.steps}
    for skill in by_code.values():
        for code in skill.competency.elements:
            if step := steps.get(code):
                skill.asked += 1
                skill.shown += step.is_done
                if step.result and step.result.level is not None:
                    skill.levels.append(step.result.level)
    return list(by_code.values())


def _assessments(step, modules, by_code) -> None:
    passed = {part.ref: part.score for part in step.parts if part.state == DONE}
    for ref in step.element.refs:
        module = modules.get(ref)
        for code in module.competencies if module else ():
            if skill := by_code.get(code):
                skill.asked += 1
                if ref in passed:
                    skill.shown += 1
                    skill.scores += [passed[ref]] if passed[ref] is not None else []
