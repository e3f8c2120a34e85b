"""Competencies, paths with their rubrics, and tests out of files."""

from collections.abc import Sequence

from teams.calculations.academy.papers import Paper
from teams.models import (
    Competency,
    LearningPath,
    PathElement,
    PathStage,
    PathTest,
    Rubric,
    RubricCriterion,
)

ABOUT_PATH = ("title", "weeks", "certificate_months", "recertify", "experiential_percent")


def put_competencies(papers: Sequence[Paper]) -> None:
    for paper in papers:
        Competency.objects.bulk_create(
            [
                Competency(**said, order=order)
                for order, said in enumerate(paper.data["competencies"], 1)
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "about", "weight", "certify_at", "levels", "order"],
        )


def put_path(paper: Paper) -> None:
    """A new version of a path, which people follow who begin from now on."""
    said = paper.data
    LearningPath.objects.filter(code=said["code"], is_current=True).update(is_current=False)
    path = LearningPath.objects.create(
        code=said["code"],
        version=said["version"],
        source=paper.source,
        **{key: said[key] for key in ABOUT_PATH if key in said},
    )
    rubrics = _put_rubrics(path, said["rubrics"])
    stages = PathStage.objects.bulk_create(
        PathStage(
            path=path,
            number=stage["number"],
            title=stage["title"],
            from_week=stage["from_week"],
            to_week=stage["to_week"],
            purpose=stage["purpose"],
            exit_text=stage["exit"],
            exit_rules=stage["exit_rules"],
        )
        for stage in said["stages"]
    )
    PathElement.objects.bulk_create(
        _element(stage, element, order, rubrics)
        for stage, about in zip(stages, said["stages"], strict=True)
        for order, element in enumerate(about["elements"], 1)
    )


def _element(stage: PathStage, said: dict, order: int, rubrics: dict[str, Rubric]) -> PathElement:
    return PathElement(
        stage=stage,
        code=said["code"],
        kind=said["kind"],
        title=said["title"],
        text=said["text"],
        from_week=said["weeks"][0],
        to_week=said["weeks"][1],
        hours=said["hours"],
        credit=said["credit"],
        is_required=said["required"],
        refs=said.get("refs", []),
        choose=said.get("choose"),
        rubric=rubrics.get(said.get("rubric")),
        assessors=said.get("assessors", 0),
        pass_level=said.get("pass_level"),
        evidence=said.get("evidence", ""),
        order=order,
    )


def _put_rubrics(path: LearningPath, said: Sequence[dict]) -> dict[str, Rubric]:
    competencies = dict(Competency.objects.values_list("code", "pk"))
    rubrics = Rubric.objects.bulk_create(
        Rubric(path=path, code=one["code"], title=one["title"], note=one.get("note", ""))
        for one in said
    )
    RubricCriterion.objects.bulk_create(
        RubricCriterion(
            rubric=rubric,
            code=criterion["code"],
            name=criterion["name"],
            competency_id=competencies[criterion["competency"]],
            weight=criterion["weight"],
            levels=criterion["levels"],
            order=order,
        )
        for rubric, one in zip(rubrics, said, strict=True)
        for order, criterion in enumerate(one["criteria"], 1)
    )
    return {rubric.code: rubric for rubric in rubrics}


def put_tests(paper: Paper) -> None:
    """The tests of the paths of today; a test that people may have sat is changed, never lost."""
    elements = PathElement.objects.filter(stage__path__is_current=True)
    paths = dict(elements.values_list("code", "stage__path"))
    PathTest.objects.bulk_create(
        [
            PathTest(
                path_id=paths[said["element"]],
                code=said["code"],
                element=said["element"],
                modules=said["modules"],
                difficulties=said["difficulties"],
                draw_each=said["draw_each"],
                avoid=said.get("avoid", ""),
            )
            for said in paper.data["tests"]
        ],
        update_conflicts=True,
        unique_fields=["path", "code"],
        update_fields=["element", "modules", "difficulties", "draw_each", "avoid"],
    )
