"""Development plans: what a page of one shows, who still has to sign, when a check is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from teams.calculations.academy.plans import check_due, digest
from teams.models import (
    Competency,
    DevelopmentGoal,
    DevelopmentLevel,
    DevelopmentPlan,
    DevelopmentSignature,
    Enrolment,
    Mentorship,
    PathElement,
    Person,
)
from teams.models.academy.paths import ElementKind
from teams.models.academy.plans import PlanRole, PlanState
from teams.queries.academy.doors import opens
from teams.queries.academy.exits import roles_asked
from teams.queries.academy.waiting import NO_DAY, waits

OTHERS = [PlanRole.MENTOR, PlanRole.MANAGER]


def detailed(rows: QuerySet[DevelopmentPlan]) -> QuerySet[DevelopmentPlan]:
    """With what every page of a plan names."""
    return rows.select_related(
        "enrolment__person", "enrolment__path", "enrolment__manager", "element__stage"
    ).select_related("returned_by")


def signers(element: PathElement) -> list[PlanRole]:
    """The roles whose signatures the path asks for; all three where it says nothing."""
    asked = roles_asked(element, "agreed_by")
    found = [role for role in PlanRole if role in asked]
    return found or list(PlanRole)


def digest_of(plan: DevelopmentPlan) -> str:
    """The hash of what a version says; two queries."""
    return digest(
        plan.levels.values("competency__code", "level", "situation").order_by("competency__code"),
        plan.goals.values(
            *("competency__code", "from_level", "to_level", "acts", "evidence", "due_on")
        ).order_by("competency__code"),
    )


@dataclass(frozen=True)
class Stands:
    """One competency with where the learner stands, if they said so, and what is asked."""

    competency: Competency
    said: DevelopmentLevel | None

    @property
    def words(self) -> str:
        return self.competency.levels[self.said.level - 1] if self.said else ""


@dataclass(frozen=True)
class Signed:
    """A role whose signature is asked for, and what there is of it."""

    role: PlanRole
    signature: DevelopmentSignature | None

    @property
    def label(self) -> str:
        return self.role.label


@dataclass(frozen=True)
class Sheet:
    """Everything a plan says; whoever sees the plan sees all of it."""

    stands: list[Stands]
    goals: list[DevelopmentGoal]
    signed: list[Signed]
    versions: list[DevelopmentPlan]
    check_due: date | None
    checked_on: date | None


def sheet(plan: DevelopmentPlan, reader: Person) -> Sheet:
    """Six queries, however many goals and checks there are."""
    said = {row.competency_id: row for row in plan.levels.all()}
    stands = [Stands(one, said.get(one.pk)) for one in Competency.objects.all()]
    goals = list(plan.goals.select_related("competency").prefetch_related("checks__by"))
    for goal in goals:
        goal.from_words = goal.competency.levels[goal.from_level - 1]
        goal.to_words = goal.competency.levels[goal.to_level - 1]
    found = {row.role: row for row in plan.signatures.select_related("person")}
    signed = [Signed(role, found.get(role)) for role in signers(plan.element)]
    others = DevelopmentPlan.objects.filter(enrolment=plan.enrolment_id, element=plan.element_id)
    if plan.enrolment.person_id != reader.pk:
        others = others.exclude(state=PlanState.DRAFT)
    checked = max((one.checked_on for goal in goals for one in goal.checks.all()), default=None)
    due = check_due(plan.agreed_on, checked) if plan.state == PlanState.AGREED else None
    return Sheet(stands, goals, signed, list(others.order_by("-number")), due, checked)


def newest(rows: QuerySet[DevelopmentPlan]) -> QuerySet[DevelopmentPlan]:
    """The last version of each plan among these."""
    newer = rows.filter(
        enrolment=OuterRef("enrolment"), element=OuterRef("element"), number__gt=OuterRef("number")
    )
    return rows.exclude(Exists(newer))


def listed(rows: QuerySet[DevelopmentPlan], reader: Person) -> QuerySet[DevelopmentPlan]:
    """The newest version of each plan that the reader may see, with what it waits for."""
    return detailed(newest(rows)).annotate(
        waits_for_me=Exists(to_sign(reader).filter(pk=OuterRef("pk")))
    )


def due_checks(day: date) -> list[DevelopmentPlan]:
    """Agreed plans of people on their path whose goals were not looked at for a quarter."""
    rows = DevelopmentPlan.objects.filter(state=PlanState.AGREED, enrolment__state="active")
    rows = rows.select_related("enrolment__person").annotate(
        checked_on=Max("goals__checks__checked_on")
    )
    return [row for row in rows if check_due(row.agreed_on, row.checked_on) <= day]


# What waits -------------------------------------------------------------------------------


def to_sign(person: Person) -> QuerySet[DevelopmentPlan]:
    """Plans that wait for the person's signature as mentor or manager."""

    def unsigned(role):
        return ~Exists(DevelopmentSignature.objects.filter(plan=OuterRef("pk"), role=role))

    def asked(role):
        rule = {"rule": "agreed_by", "roles": [role]}
        none = ~Q(element__stage__exit_rules__contains=[{"rule": "agreed_by"}])
        return Q(element__stage__exit_rules__contains=[rule]) | none

    mentored = Mentorship.objects.active().filter(mentor=person)
    as_mentor = Q(enrolment__in=mentored.values("enrolment")) & asked("mentor")
    as_manager = Q(enrolment__manager=person) & asked("manager")
    return DevelopmentPlan.objects.filter(
        as_mentor & Q(unsigned(PlanRole.MENTOR)) | as_manager & Q(unsigned(PlanRole.MANAGER)),
        state=PlanState.PROPOSED,
    )


@waits(
    text=_("Read and sign the development plan of %(who)s: %(what)s"),
    route="teams:development-plan",
)
def waiting_to_sign(person: Person) -> QuerySet:
    rows = to_sign(person)
    return rows.values_list("pk", "enrolment__person__name", "element__title", NO_DAY)


@waits(
    text=_("Change your development plan, which %(who)s has returned: %(what)s"),
    route="teams:development-plan",
)
def to_change(person: Person) -> QuerySet:
    """Returned, and no next version was begun."""
    rows = newest(DevelopmentPlan.objects.filter(enrolment__person=person))
    rows = rows.filter(state=PlanState.RETURNED)
    return rows.values_list("pk", "returned_by__name", "element__title", NO_DAY)


@opens(ElementKind.PDP)
def url_of(enrolment: Enrolment, element: PathElement) -> str:
    """The newest version, else where the first is begun."""
    rows = DevelopmentPlan.objects.filter(enrolment=enrolment, element=element)
    row = rows.order_by("-number").first()
    if row:
        return row.get_absolute_url()
    return reverse("teams:development-plan-new", args=[enrolment.pk, element.pk])
