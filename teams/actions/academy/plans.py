"""A development plan: written by the learner, signed by mentor and manager, changed by the next
version, looked at every quarter."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.actions.academy.assignments import check_on_path
from teams.calculations.academy.plans import GOALS
from teams.models import (
    Competency,
    DevelopmentCheck,
    DevelopmentGoal,
    DevelopmentLevel,
    DevelopmentPlan,
    DevelopmentSignature,
    Enrolment,
    PathElement,
    Person,
)
from teams.models.academy.enrolments import ResultState
from teams.models.academy.paths import ElementKind
from teams.models.academy.plans import PlanRole, PlanState, Standing
from teams.permissions.plans import roles_in
from teams.queries.academy import plans


@transaction.atomic
def start(enrolment: Enrolment, element: PathElement) -> DevelopmentPlan:
    """Begin the plan of an element. One that was agreed before, for another element, lends its
    self-assessment, so that what moved can be seen; its goals are chosen anew."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    check_on_path(enrolment, element, ElementKind.PDP)
    if DevelopmentPlan.objects.filter(enrolment=enrolment, element=element).exists():
        raise Refused(_("The plan has begun already."))
    earlier = DevelopmentPlan.objects.filter(enrolment=enrolment, state=PlanState.AGREED)
    row = DevelopmentPlan.objects.create(enrolment=enrolment, element=element, made_on=today())
    _copy(row, earlier.order_by("-agreed_on").first(), goals=False)
    progress.report(enrolment, element, state=ResultState.STARTED)
    return row


def _copy(row: DevelopmentPlan, source: DevelopmentPlan | None, *, goals: bool) -> None:
    if source is None:
        return
    kinds = [(DevelopmentLevel, source.levels.all())]
    if goals:
        kinds.append((DevelopmentGoal, source.goals.all()))
    for kind, found in kinds:
        copies = list(found)
        for one in copies:
            one.pk, one.plan, one._state.adding = None, row, True
        kind.objects.bulk_create(copies)


def _locked(plan: DevelopmentPlan, seen_version: int | None = None) -> DevelopmentPlan:
    row = plans.detailed(DevelopmentPlan.objects.select_for_update(of=("self",), no_key=True)).get(
        pk=plan.pk
    )
    if seen_version is not None and row.version != seen_version:
        raise Stale(_("The plan has moved on meanwhile."))
    return row


def _to_write(plan: DevelopmentPlan, seen_version: int | None = None) -> DevelopmentPlan:
    row = _locked(plan, seen_version)
    if not row.is_draft:
        raise Refused(_("It is signed; a change is the next version of it."))
    return row


def _moved(row: DevelopmentPlan, *fields: str) -> DevelopmentPlan:
    row.version += 1
    row.save(update_fields=["version", *fields])
    return row


@transaction.atomic
def assess(
    plan: DevelopmentPlan, *, levels: dict[Competency, tuple[int, str]], seen_version: int
) -> DevelopmentPlan:
    """Say where one stands in each competency, with a situation; those left out are unsaid."""
    row = _to_write(plan, seen_version)
    row.levels.all().delete()
    DevelopmentLevel.objects.bulk_create(
        DevelopmentLevel(plan=row, competency=competency, level=level, situation=situation)
        for competency, (level, situation) in levels.items()
    )
    return _moved(row)


@transaction.atomic
def set_goal(
    plan: DevelopmentPlan, *, goal: DevelopmentGoal | None = None, **facts
) -> DevelopmentGoal:
    """Add a goal, or change one: competency, from_level, to_level, acts, evidence, due_on.

    Raises Refused for a second goal in a competency, or more goals than a plan has.
    """
    row = _to_write(plan)
    others = row.goals.exclude(pk=goal.pk if goal else None)
    if others.filter(competency=facts["competency"]).exists():
        raise Refused(_("There is a goal in this competency already."))
    if goal is None and others.count() >= GOALS[1]:
        raise Refused(_("Three goals are enough; take one out first."))
    goal = goal or DevelopmentGoal(plan=row)
    for name, value in facts.items():
        setattr(goal, name, value)
    goal.save()
    _moved(row)
    return goal


@transaction.atomic
def remove_goal(goal: DevelopmentGoal) -> None:
    row = _to_write(goal.plan)
    row.goals.filter(pk=goal.pk).delete()
    _moved(row)


@transaction.atomic
def propose(plan: DevelopmentPlan, *, by: Person, seen_version: int) -> DevelopmentPlan:
    """The learner signs, and asks the others to.

    Raises Refused unless every competency has its level and situation, and there are two or
    three goals that lie ahead.
    """
    row = _to_write(plan, seen_version)
    unsaid = Competency.objects.exclude(pk__in=row.levels.values("competency")).count()
    if unsaid:
        raise Refused(
            _("%(count)d competencies have no level and situation yet.") % {"count": unsaid}
        )
    if not GOALS[0] <= row.goals.count() <= GOALS[1]:
        raise Refused(_("A plan has two or three goals."))
    row.state = PlanState.PROPOSED
    _moved(row, "state")
    _sign(row, PlanRole.LEARNER, by)
    _ask(row)
    return row


def _sign(row: DevelopmentPlan, role: PlanRole, by: Person) -> None:
    DevelopmentSignature.objects.create(plan=row, role=role, person=by, sha256=plans.digest_of(row))
    signed = set(row.signatures.values_list("role", flat=True))
    asked = plans.signers(row.element)
    if signed < set(asked):
        progress.report(row.enrolment, row.element, state=ResultState.SUBMITTED)
        return
    _agree(row, asked)


def _agree(row: DevelopmentPlan, asked: Iterable[PlanRole]) -> None:
    """All have signed this version: it is in force, and the one before is not."""
    others = DevelopmentPlan.objects.filter(enrolment=row.enrolment_id, element=row.element_id)
    others.filter(state=PlanState.AGREED).update(state=PlanState.SUPERSEDED)
    row.state, row.agreed_on = PlanState.AGREED, today()
    _moved(row, "state", "agreed_on")
    progress.report(
        row.enrolment, row.element, state=ResultState.DONE, agreed=[role.value for role in asked]
    )
    _tell(row, [row.enrolment.person], "agreed", _("All have signed your development plan."))


def _tell(row: DevelopmentPlan, people, news: str, text: str, **more) -> None:
    tell(
        people,
        news=f"development-plan:{row.pk}:{news}",
        text=text,
        link=row.get_absolute_url(),
        why=_("It is your plan, or that of somebody you mentor or manage."),
        **more,
    )


def _ask(row: DevelopmentPlan) -> None:
    asked, people = plans.signers(row.element), []
    if PlanRole.MENTOR in asked:
        pairs = row.enrolment.mentorships.active()
        people += [pair.mentor for pair in pairs.select_related("mentor")]
    if PlanRole.MANAGER in asked:
        people.append(row.enrolment.manager)
    text = _("%(who)s asks you to read and sign a development plan.")
    _tell(row, people, "asked", text % {"who": row.enrolment.person}, needs_action=True)


@transaction.atomic
def sign(plan: DevelopmentPlan, *, by: Person, seen_version: int) -> DevelopmentPlan:
    """Mentor and manager sign, in every role that is theirs and asked for.

    Raises Refused for somebody whose signature is not asked for, or who has signed.
    """
    row = _locked(plan, seen_version)
    if row.state != PlanState.PROPOSED:
        raise Refused(_("It does not wait for signatures."))
    signed = set(row.signatures.values_list("role", flat=True))
    asked = plans.signers(row.element)
    roles = [role for role in roles_in(by, row.enrolment) if role in asked and role not in signed]
    if not roles:
        raise Refused(_("Your signature is not asked for, or given already."))
    for role in roles:
        _sign(row, role, by)
    return row


@transaction.atomic
def give_back(
    plan: DevelopmentPlan, *, by: Person, remark: str, seen_version: int
) -> DevelopmentPlan:
    """Mentor or manager would have it changed, and say why; the next version is signed anew."""
    row = _locked(plan, seen_version)
    if row.state != PlanState.PROPOSED:
        raise Refused(_("It does not wait for signatures."))
    row.state, row.returned_by, row.remark = PlanState.RETURNED, by, remark.strip()
    _moved(row, "state", "returned_by", "remark")
    text = _("%(who)s would have your development plan changed.") % {"who": by}
    _tell(row, [row.enrolment.person], "returned", text, needs_action=True)
    return row


@transaction.atomic
def change(plan: DevelopmentPlan) -> DevelopmentPlan:
    """The next version, to be written and signed anew; what is agreed stays in force until then.

    Raises Refused while another version is being made.
    """
    Enrolment.objects.select_for_update(no_key=True).get(pk=plan.enrolment_id)
    row = _locked(plan)
    others = DevelopmentPlan.objects.filter(enrolment=row.enrolment_id, element=row.element_id)
    newest = others.order_by("-number").first()
    if newest.is_draft:
        raise Refused(_("The next version is being written already."))
    if newest.state == PlanState.PROPOSED:
        newest.state = PlanState.SUPERSEDED
        _moved(newest, "state")
    fresh = DevelopmentPlan.objects.create(
        enrolment=row.enrolment, element=row.element, number=newest.number + 1, made_on=today()
    )
    _copy(fresh, newest, goals=True)
    return fresh


@transaction.atomic
def check(
    plan: DevelopmentPlan, *, by: Person, said: dict[DevelopmentGoal, tuple[Standing, str]]
) -> list[DevelopmentCheck]:
    """How far each goal of an agreed plan is today."""
    row = _locked(plan)
    if row.state != PlanState.AGREED:
        raise Refused(_("Checks are of the plan that is agreed."))
    return DevelopmentCheck.objects.bulk_create(
        DevelopmentCheck(goal=goal, standing=standing, text=text, by=by, checked_on=today())
        for goal, (standing, text) in said.items()
    )


def remind(day: date | None = None) -> int:
    """Remind learners whose goals were not looked at for a quarter; once for each quarter."""
    found = plans.due_checks(day or today())
    for row in found:
        last = row.checked_on or row.agreed_on
        text = _("A quarter is over: look at the goals of your development plan.")
        _tell(row, [row.enrolment.person], f"check:{last}", text, needs_action=True)
    return len(found)
