"""Tests before and after a path, as its learner finds them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from teams.models import Enrolment, PathElement, PathTest, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.paths import ElementKind
from teams.queries.academy.doors import opens


@dataclass(frozen=True)
class Sitting:
    """A test, the element of the path that asks for it, and the learner's enrolment."""

    test: PathTest
    element: PathElement
    enrolment: Enrolment

    @property
    def is_active(self) -> bool:
        """A test is sat by whoever is on the path now."""
        return self.enrolment.state == EnrolmentState.ACTIVE

    @property
    def asked(self) -> int:
        test = self.test
        return len(test.modules) * len(test.difficulties) * test.draw_each


def of_person(person: Person, element: int) -> Sitting | None:
    """The test of this element on the reader's own path, the newest enrolment first."""
    row = PathElement.objects.filter(pk=element).select_related("stage__path").first()
    if row is None:
        return None
    test = PathTest.objects.filter(path=row.stage.path_id, element=row.code).first()
    on = Enrolment.objects.filter(person=person, path=row.stage.path_id).exclude(
        state__in=[EnrolmentState.WAITING, EnrolmentState.WITHDRAWN]
    )
    enrolment = on.first()
    if test is None or enrolment is None:
        return None
    return Sitting(test, row, enrolment)


def element_of(test: PathTest) -> PathElement:
    """The element of the path that asks for the test."""
    return PathElement.objects.get(stage__path=test.path_id, code=test.element)


def opens_on(enrolment: Enrolment, element: PathElement) -> date:
    """The first day of the element's first week."""
    return enrolment.started_on + timedelta(weeks=element.from_week - 1)


@opens(ElementKind.MODULE)
def modules(enrolment: Enrolment, element: PathElement) -> str:
    if len(element.refs) == 1:
        return reverse("teams:module", args=element.refs)
    return reverse("teams:module-list")


@opens(ElementKind.ASSESSMENT)
def assessments(enrolment: Enrolment, element: PathElement) -> str:
    """An assessment of one module, the list of several; a path's test where there are none."""
    if not element.refs:
        return reverse("teams:test", args=[element.pk])
    if len(element.refs) == 1:
        return reverse("teams:assessment", args=element.refs)
    return reverse("teams:module-list")
