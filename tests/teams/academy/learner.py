"""A learner with a mentor and a manager, for tests of what is between them."""

from dataclasses import dataclass

from teams.actions.academy import assessing
from teams.models import Enrolment, Person
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.people import PersonFactory


@dataclass
class Learner:
    """Who is who around one learner; `second` assesses, too."""

    enrolment: Enrolment
    person: Person
    mentor: Person
    manager: Person
    lead: Person
    first: Person
    second: Person
    stranger: Person
    administrator: Person

    @property
    def others(self) -> list[Person]:
        """Those who shall never read what is private."""
        return [self.stranger, self.administrator]


def learner_of(house) -> Learner:
    """The house's product lead learns; the academy's lead and its assessor may assess."""
    enrolment = EnrolmentFactory(person=house.lpdt, manager=house.chair)
    MentorshipFactory(enrolment=enrolment, mentor=house.pqa)
    return Learner(
        enrolment=enrolment,
        person=house.lpdt,
        mentor=house.pqa,
        manager=house.chair,
        lead=house.academy,
        first=house.assessor,
        second=PersonFactory(name="Sia Second"),
        stranger=house.outsider,
        administrator=house.administrator,
    )


def waits_for(person: Person, what: str) -> list[str]:
    """The addresses of one room at which something waits for the person."""
    return [one.url for one in waiting_for(person) if f"/{what}/" in one.url]


def levels(row, level, reason="Seen."):
    """The same level in every criterion of a work's rubric."""
    return dict.fromkeys(row.element.rubric.criteria.all(), (level, reason))


def rate(row, person, level, reason="Seen."):
    """One assessor rates a work."""
    return assessing.rate(
        row.assessors.get(person=person),
        seen_version=row.version,
        levels=levels(row, level, reason),
    )
