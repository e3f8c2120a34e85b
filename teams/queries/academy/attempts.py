"""Attempts as their person sees them: what was asked, what came of it, when the next may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.calculations.academy.answers import Question, question_of
from teams.models import (
    Attempt,
    ElementResult,
    ItemPool,
    LearningModule,
    ModuleItem,
    ModuleText,
    PathElement,
    Person,
)
from teams.models.academy.enrolments import ResultState
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.models.academy.paths import ElementKind
from teams.queries.academy.items import Asked, Corrected, asked, corrected
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits


@dataclass(frozen=True)
class Standing:
    """How a person stands with a module's assessment; `next_at` is None when one may begin now."""

    attempts: int = 0
    has_passed: bool = False
    open: int | None = None
    next_at: datetime | None = None

    @property
    def has_to_wait(self) -> bool:
        """Between two attempts, and not through yet."""
        is_early = self.next_at is not None and self.next_at > timezone.now()
        return is_early and not self.has_passed


NONE_YET = Standing()


def standings(person: Person) -> dict[int, Standing]:
    """By module, in one query."""
    submitted = Q(submitted_at__isnull=False)
    rows = (
        Attempt.objects.filter(person=person, module__isnull=False)
        .order_by()
        .values("module")
        .annotate(
            n=Count("pk", filter=submitted),
            passes=Count("pk", filter=Q(passed=True)),
            last=Max("submitted_at"),
            wait=Max("wait_hours", filter=submitted),
            open=Max("pk", filter=~submitted),
        )
    )
    return {
        row["module"]: Standing(
            attempts=row["n"],
            has_passed=row["passes"] > 0,
            open=row["open"],
            next_at=row["last"] + timedelta(hours=row["wait"]) if row["last"] else None,
        )
        for row in rows
    }


def done_on_path(person: Person) -> dict[str, set[str]]:
    """Codes of the modules that are done on the person's paths, by kind of element: what was
    read or passed elsewhere and brought in counts there, too."""
    kinds = (ElementKind.MODULE, ElementKind.ASSESSMENT)
    rows = ElementResult.objects.filter(
        enrolment__person=person, element__kind__in=kinds, state=ResultState.DONE
    ).exclude(ref="")
    done = {kind: set() for kind in kinds}
    for kind, ref in rows.order_by().values_list("element__kind", "ref"):
        done[kind].add(ref)
    return done


@waits(text=_("Go on with the assessment %(what)s"), route="teams:attempt")
def open_attempts(person: Person) -> QuerySet:
    """Begun and not handed in; a module's by its title, a test of a path by what asks for it."""
    rows = Attempt.objects.filter(person=person, submitted_at=None)
    cores = ModuleText.objects.filter(
        module=OuterRef("module"), state=TextState.APPROVED, language=CORE_LANGUAGE
    )
    elements = PathElement.objects.filter(
        stage__path=OuterRef("test__path"), code=OuterRef("test__element")
    )
    named = Coalesce(
        Subquery(cores.values("title")[:1]),
        Subquery(elements.values("title")[:1]),
        F("module__code"),
    )
    return rows.values_list("pk", NOTHING, named, NO_DAY)


def needed(asked: int, cut_percent: int) -> int:
    """How many of those asked have to be right."""
    return -(-asked * cut_percent // 100)


def next_after(attempt: Attempt) -> datetime | None:
    """When the next attempt may begin after one that was not passed."""
    if attempt.passed is not False:
        return None
    return attempt.submitted_at + timedelta(hours=attempt.wait_hours)


def asking(modules: Iterable[LearningModule]) -> set[int]:
    """Those of the modules that have an assessment."""
    pools = ItemPool.objects.filter(module__in=list(modules))
    return set(pools.values_list("module", flat=True))


def of_person(person: Person, pool: ItemPool) -> list[Attempt]:
    """The person's attempts at a pool, the newest first, without what was asked."""
    rows = Attempt.objects.filter(person=person, module=pool.module_id)
    return list(rows.defer("sheet").order_by("-number"))


def standing_of(attempts: Sequence[Attempt], pool: ItemPool) -> Standing:
    """How the person stands with what the pool asks today: passed under an older version, they
    may sit it again."""
    done = [attempt for attempt in attempts if not attempt.is_open]
    last = done[0] if done else None
    return Standing(
        attempts=len(done),
        has_passed=any(one.passed and one.version == pool.version for one in done),
        open=next((one.pk for one in attempts if one.is_open), None),
        next_at=next_after(last) if last else None,
    )


@dataclass(frozen=True)
class Line:
    """One line of a sheet with its item."""

    number: int
    item: ModuleItem
    order: list[int]
    answer: object

    @property
    def name(self) -> str:
        """What its fields are called; says nothing of the item."""
        return f"q{self.number}"

    @property
    def question(self) -> Question:
        return question_of(self.item.kind, self.item.content)


def questions(attempt: Attempt) -> list[Line]:
    """The sheet with its items, in one query."""
    items = ModuleItem.objects.in_bulk(line["item"] for line in attempt.sheet)
    return [
        Line(number, items[line["item"]], line["order"], line.get("answer"))
        for number, line in enumerate(attempt.sheet, 1)
    ]


def asked_in(lines: Sequence[Line], answers: Mapping[int, object]) -> list[Asked]:
    """The questions as they are asked, with the answers given up to now by their number."""
    return [
        asked(
            line.question,
            line.order,
            name=line.name,
            text=line.item.stem,
            answer=answers.get(line.number),
            number=line.number,
        )
        for line in lines
    ]


def corrected_in(lines: Sequence[Line]) -> list[Corrected]:
    return [
        corrected(
            line.question,
            line.order,
            text=line.item.stem,
            why=line.item.explanation,
            answer=line.answer,
            number=line.number,
        )
        for line in lines
    ]
