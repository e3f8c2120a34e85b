"""Whose affair a development plan is: the learner's, their mentor's and their manager's alone."""

from django.db.models import Q, QuerySet

from teams.models import DevelopmentPlan, Enrolment, Mentorship, Person
from teams.models.academy.plans import PlanRole, PlanState


def _theirs(person: Person) -> QuerySet[Enrolment]:
    """The ids of the enrolments that the person manages, or mentors now."""
    mentored = Mentorship.objects.active().filter(mentor=person)
    rows = Enrolment.objects.filter(Q(manager=person) | Q(pk__in=mentored.values("enrolment")))
    return rows.values("pk")


def visible_plans(person: Person) -> QuerySet[DevelopmentPlan]:
    """All versions of the learner's own; of others', those that were proposed to be signed."""
    signed = ~Q(state=PlanState.DRAFT)
    return DevelopmentPlan.objects.filter(
        Q(enrolment__person=person) | Q(enrolment__in=_theirs(person)) & signed
    )


def roles_in(person: Person, enrolment: Enrolment) -> list[PlanRole]:
    """In which roles the person may sign; one query. A manager who mentors has two."""
    found = []
    if enrolment.person_id == person.pk:
        found.append(PlanRole.LEARNER)
    if enrolment.mentorships.active().filter(mentor=person).exists():
        found.append(PlanRole.MENTOR)
    if enrolment.manager_id == person.pk:
        found.append(PlanRole.MANAGER)
    return found
