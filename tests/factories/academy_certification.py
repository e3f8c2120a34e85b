"""Certificates, board interviews, and who is named to present."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from gates.models import Presenter
from ipd.kernel.days import today
from teams.models import BoardInterview, Certificate, InterviewAssessor, PathElement
from tests.factories.academy import EnrolmentFactory, PathElementFactory
from tests.factories.people import PersonFactory


class CertificateFactory(DjangoModelFactory):
    """Issued half a year ago, valid for a year and a half more."""

    class Meta:
        model = Certificate

    person = factory.SubFactory(PersonFactory)
    path = "LPDT-1"
    number = factory.Sequence("LPDT-1-X{:04d}".format)
    issued_on = factory.LazyFunction(lambda: today() - timedelta(days=180))
    valid_until = factory.LazyFunction(lambda: today() + timedelta(days=550))
    basis = "experience"


class BoardInterviewFactory(DjangoModelFactory):
    """Planned for today; `element` is the path's board interview."""

    class Meta:
        model = BoardInterview

    enrolment = factory.SubFactory(EnrolmentFactory)
    element = factory.LazyAttribute(
        lambda self: (
            PathElement.objects.filter(stage__path=self.enrolment.path, kind="BOARD").first()
            or PathElementFactory(stage__path=self.enrolment.path, kind="BOARD", code="Z-BOARD")
        )
    )
    planned_on = factory.LazyFunction(today)
    place = "Room 4, 10:00"
    planned_by = factory.SubFactory(PersonFactory)


class InterviewAssessorFactory(DjangoModelFactory):
    class Meta:
        model = InterviewAssessor

    interview = factory.SubFactory(BoardInterviewFactory)
    person = factory.SubFactory(PersonFactory)


class PresenterFactory(DjangoModelFactory):
    class Meta:
        model = Presenter

    person = factory.SubFactory(PersonFactory)
