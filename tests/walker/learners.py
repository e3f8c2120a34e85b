"""Who learns in the walk: the owner of each world, once, with a mentor and a manager."""

from teams.models import Enrolment, Mentorship, Person
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.people import PersonFactory

MENTOR, MANAGER, LEARNER = "Paula Quality", "Charlotte Chair", "Lena Lead"


def enrolment_of(owner: Person) -> Enrolment:
    """The owner's enrolment on the path LPDT-1, the same for every room that asks.

    On the own world pqa is the mentor and chair the manager; elsewhere people nobody knows.
    """
    known = owner.name == LEARNER
    found = Enrolment.objects.filter(person=owner).first()
    return found or EnrolmentFactory(
        person=owner,
        manager=Person.objects.get(name=MANAGER) if known else PersonFactory(),
        stage=1,
    )


def mentorship_of(owner: Person) -> Mentorship:
    """The mentor beside that owner, likewise."""
    enrolment = enrolment_of(owner)
    found = enrolment.mentorships.first()
    mentor = Person.objects.get(name=MENTOR) if owner.name == LEARNER else PersonFactory()
    return found or MentorshipFactory(enrolment=enrolment, mentor=mentor)
