"""Whose affair a development plan is: the learner's, their mentor's and their manager's alone."""

from django.db.models import QuerySet

from ipd.kernel.lists import OneOf
from teams.models import DevelopmentPlan, Enrolment, Mentorship, Person
from teams.models.academy.plans import PlanRole, PlanState


def visible_plans(person: Person) -> QuerySet[DevelopmentPlan]:
    """All versions of the learner's own; of others', those that were proposed to be signed."""
    plans = DevelopmentPlan.objects.all()
    mentored = Mentorship.objects.active().filter(mentor=person).values("enrolment")
    managed = Enrolment.objects.filter(manager=person).values("pk")
    theirs = plans.filter(OneOf("enrolment", mentored, managed)).exclude(state=PlanState.DRAFT)
    own = plans.filter(enrolment__person=person)
    return plans.filter(OneOf("pk", own.values("pk"), theirs.values("pk")))


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
