"""Reflections: the stories there are, what a page of one shows, with whom it can be shared."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from teams.models import (
    AssignmentAssessor,
    Content,
    Enrolment,
    InterviewAssessor,
    Mentorship,
    PathElement,
    Person,
    Reflection,
    ReflectionShare,
    Rotation,
)
from teams.models.academy.contents import ContentKind
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.interviews import InterviewState
from teams.models.academy.paths import ElementKind
from teams.models.academy.reflections import ReflectionState, ShareAnswer, ShareRole
from teams.models.academy.rotations import RotationState
from teams.permissions.reflections import ACCEPTS
from teams.queries.academy.doors import opens
from teams.queries.academy.exits import roles_asked
from teams.queries.academy.waiting import NO_DAY, waits


def stories() -> QuerySet[Content]:
    """What one can reflect on today."""
    return Content.objects.filter(kind=ContentKind.REFLECTION, is_current=True)


@dataclass(frozen=True)
class Story:
    """A story with what the reader wrote to it, if they began."""

    content: Content
    reflection: Reflection | None


def own(person: Person) -> list[Story]:
    """All stories, with the person's own reflections; two queries."""
    written = {row.code: row for row in Reflection.objects.filter(person=person)}
    return [Story(one, written.get(one.code)) for one in stories()]


def shared_with(person: Person) -> QuerySet[ReflectionShare]:
    """What others shared with the person and have finished."""
    rows = ReflectionShare.objects.filter(person=person, reflection__state=ReflectionState.FINISHED)
    return rows.select_related("reflection__person", "reflection__content")


def read_by(row: Reflection) -> list[tuple[str, str]]:
    """Each prompt with its answer; an answer that is not there yet is blank."""
    prompts = row.content.body.get("prompts", [])
    answers = [*row.answers, *[""] * len(prompts)]
    return list(zip(prompts, answers, strict=False))


@dataclass(frozen=True)
class Reader:
    """Somebody with whom a learner may share, and the role in which they would read."""

    person: Person
    role: ShareRole

    @property
    def key(self) -> str:
        return f"{self.role}:{self.person.pk}"

    @property
    def label(self) -> str:
        return f"{self.person.name} ({self.role.label})"


def possible_readers(learner: Person) -> list[Reader]:
    """Mentors, hosts and assessors of the person's open paths; four queries."""
    paths = Enrolment.objects.filter(person=learner, state=EnrolmentState.ACTIVE).values("pk")
    pairs = Mentorship.objects.active().filter(enrolment__in=paths)
    weeks = Rotation.objects.filter(enrolment__in=paths).exclude(state=RotationState.CANCELLED)
    works = AssignmentAssessor.objects.filter(assignment__enrolment__in=paths)
    board = InterviewAssessor.objects.filter(interview__enrolment__in=paths)
    board = board.exclude(interview__state=InterviewState.CANCELLED)
    found = {
        ShareRole.MENTOR: Q(pk__in=pairs.values("mentor")),
        ShareRole.HOST: Q(pk__in=weeks.values("host")),
        ShareRole.ASSESSOR: Q(pk__in=works.values("person")) | Q(pk__in=board.values("person")),
    }
    people = {
        role: Person.objects.filter(among, is_active=True).exclude(pk=learner.pk)
        for role, among in found.items()
    }
    return [Reader(person, role) for role, rows in people.items() for person in rows]


def acceptors(element: PathElement) -> set[str]:
    """The roles whose word on completeness the exit of the element's stage asks for."""
    return roles_asked(element, "accepted_by")


def roles_awaited(row: Reflection, shares: Iterable[ReflectionShare]) -> list[ShareRole]:
    """Whose word the writer's paths ask for, and have not got yet; two queries."""
    asked = {role for _row, one in elements_of(row.person, row.code) for role in acceptors(one)}
    given = {one.role for one in shares if one.answer == ShareAnswer.ACCEPTED}
    return [role for role in ShareRole if role in asked - given]


def elements_of(person: Person, code: str) -> list[tuple[Enrolment, PathElement]]:
    """Where the person's open paths ask for the reflection; two queries."""
    enrolments = {
        row.path_id: row
        for row in Enrolment.objects.filter(person=person, state=EnrolmentState.ACTIVE)
    }
    rows = PathElement.objects.filter(
        kind=ElementKind.REFLECTION, refs__contains=[code], stage__path__in=enrolments
    )
    return [(enrolments[one.stage.path_id], one) for one in rows.select_related("stage")]


@waits(text=_("Read what %(who)s shared with you: %(what)s"), route="teams:reflection")
def to_answer(person: Person) -> QuerySet:
    """Finished reflections whose completeness the person has not spoken of."""
    rows = Reflection.objects.filter(
        state=ReflectionState.FINISHED,
        shares__person=person,
        shares__answer="",
        shares__role__in=ACCEPTS,
    )
    return rows.values_list("pk", "person__name", "content__title", NO_DAY)


@waits(text=_("%(who)s misses something in your reflection: %(what)s"), route="teams:reflection")
def to_complete(person: Person) -> QuerySet:
    """Returned to its writer, who has not finished it again."""
    rows = Reflection.objects.filter(
        person=person, state=ReflectionState.DRAFT, shares__answer=ShareAnswer.RETURNED
    )
    return rows.values_list("pk", "shares__person__name", "content__title", NO_DAY)


@opens(ElementKind.REFLECTION)
def url_of(enrolment: Enrolment, element: PathElement) -> str:
    """The learner's reflection on the element's story, else where it is begun."""
    row = Reflection.objects.filter(person=enrolment.person_id, code__in=element.refs).first()
    if row is not None:
        return row.get_absolute_url()
    return f"{reverse('teams:reflection-list')}#{next(iter(element.refs), '')}"
