"""How rooms report what a learner did; the only place that writes results."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.calculations.academy.exits import DONE, Standing, missing, whole
from teams.models import ElementResult, Enrolment, PathElement, PathStage, Person
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind
from teams.queries.academy.standing import standing_of

RANK = {state: place for place, state in enumerate(["failed", "started", "submitted", "done"])}


def report_part(
    person: Person,
    kind: ElementKind,
    ref: str,
    *,
    state: ResultState,
    score: Decimal | None = None,
    is_fatal: bool = False,
    on: date | None = None,
) -> None:
    """Something a learner did by itself (read a module, passed an assessment, played a scenario)
    counts on each path they are on that asks for it; on none, where they are on none."""
    elements = PathElement.objects.filter(
        kind=kind,
        refs__contains=[ref],
        stage__path__enrolments__person=person,
        stage__path__enrolments__state=EnrolmentState.ACTIVE,
    )
    for element in elements.select_related("stage").distinct():
        enrolment = Enrolment.objects.get(
            person=person, path=element.stage.path_id, state=EnrolmentState.ACTIVE
        )
        report(enrolment, element, ref=ref, state=state, score=score, is_fatal=is_fatal, on=on)


@transaction.atomic
def report(
    enrolment: Enrolment,
    element: PathElement,
    *,
    ref: str = "",
    state: ResultState,
    score: Decimal | None = None,
    level: Decimal | None = None,
    assessors: int = 0,
    agreed: Iterable[str] = (),
    is_fatal: bool = False,
    on: date | None = None,
) -> ElementResult:
    """Note how far an element is, or one part of it (`ref`), and follow up.

    What was done stays done: a worse report later changes nothing. `agreed` adds to the roles
    that have signed. The whole of an element with parts, the enrolment's credits and its stage
    are worked out anew; the learner is told of each stage reached.
    """
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    enrolment = rows.select_related("person").get(pk=enrolment.pk)
    row = _note(
        enrolment,
        element,
        ref,
        Standing(state, score, level, assessors, frozenset(agreed), is_fatal),
        on or today(),
    )
    if ref:
        _note(enrolment, element, "", _whole(enrolment, element), on or today())
    _follow(enrolment)
    return row


@transaction.atomic
def take_back(enrolment: Enrolment, element: PathElement) -> None:
    """What was handed in is with the learner again; what was done stays done."""
    rows = ElementResult.objects.filter(enrolment=enrolment, element=element)
    rows.filter(state=ResultState.SUBMITTED).update(state=ResultState.STARTED)


def _note(enrolment, element, ref, said: Standing, day) -> ElementResult:
    row = ElementResult.objects.filter(enrolment=enrolment, element=element, ref=ref).first()
    if row is None:
        row = ElementResult(
            enrolment=enrolment, element=element, ref=ref, state=said.state, started_on=day
        )
    better = RANK[said.state] > RANK[row.state] or (
        said.state == row.state and (said.score or 0) >= (row.score or 0)
    )
    # What was handed in and found wanting waits for nobody any more.
    better = better or (row.state, said.state) == (ResultState.SUBMITTED, ResultState.FAILED)
    if row.pk is None or better:
        row.state, row.score, row.is_fatal = said.state, said.score, said.is_fatal
    if said.assessors:
        row.level, row.assessors = said.level, said.assessors
    row.agreed = sorted({*row.agreed, *said.agreed})
    if row.state == DONE and row.done_on is None:
        row.done_on = day
    row.save()
    return row


def _whole(enrolment: Enrolment, element: PathElement) -> Standing:
    parts = ElementResult.objects.filter(enrolment=enrolment, element=element).exclude(ref="")
    return whole([standing_of(row) for row in parts], element.needed)


def _follow(enrolment: Enrolment) -> None:
    """Credits and stage as the results now say; tells the learner when a stage is reached."""
    before = enrolment.stage
    work_out([enrolment.pk])
    enrolment.refresh_from_db(fields=["credits", "stage"])
    if enrolment.stage > before:
        at = PathStage.objects.get(path=enrolment.path_id, number=enrolment.stage)
        tell(
            [enrolment.person],
            news=f"stage:{enrolment.pk}:{at.number}",
            text=_("You have reached the stage %(stage)s.") % {"stage": at.title},
            link="/academy/",
            why=_("You are on a learning path."),
        )


def work_out(enrolments: Iterable[int]) -> None:
    """Credits and stage of these enrolments from their results; a stage reached stays reached.

    Four queries, however many there are.
    """
    rows = list(Enrolment.objects.filter(pk__in=list(enrolments)))
    stages: dict[int, list[PathStage]] = {}
    for stage in PathStage.objects.filter(path__in={row.path_id for row in rows}):
        stages.setdefault(stage.path_id, []).append(stage)
    results: dict[int, list[ElementResult]] = {}
    wholes = ElementResult.objects.filter(enrolment__in=rows, ref="")
    for result in wholes.select_related("element"):
        results.setdefault(result.enrolment_id, []).append(result)
    for row in rows:
        own = results.get(row.pk, [])
        row.credits = min(sum(one.element.credit for one in own if one.state == DONE), 100)
        standings = {one.element.code: standing_of(one) for one in own}
        row.stage = max(row.stage, _stage_of(stages.get(row.path_id, []), standings))
    Enrolment.objects.bulk_update(rows, ["credits", "stage"], batch_size=1000)


def _stage_of(stages: list[PathStage], standings) -> int:
    """The first stage whose exit lacks something; the last, where none does."""
    stages = sorted(stages, key=lambda stage: stage.number)
    for stage in stages:
        if missing(stage.exit_rules, standings):
            return stage.number
    return stages[-1].number if stages else 0
