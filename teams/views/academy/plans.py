"""Development plans: the list, one version of a plan, and what learner, mentor and manager do."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import OnceForm, SeenForm
from ipd.kernel.keyset import part as slice_of
from ipd.kernel.once import once
from teams.actions.academy import plans as actions
from teams.calculations.academy.plans import GOALS
from teams.forms.academy.plans import CheckForm, GoalForm, LevelsForm, RemarkForm
from teams.models import Competency, DevelopmentGoal, Enrolment, PathElement
from teams.models.academy.plans import PlanRole, PlanState
from teams.permissions.academy import acts_in_academy
from teams.permissions.plans import roles_in, visible_plans
from teams.queries.academy import plans

PAGE = 25


def _entry(request, pk):
    return get_object_or_404(plans.detailed(visible_plans(request.user)), pk=pk)


def _own(request, pk):
    """403 unless it is the reader's own."""
    plan = _entry(request, pk)
    require(plan.enrolment.person_id == request.user.pk)
    return plan


@require_safe
def index(request):
    """The newest version of each plan: one's own, and those of whom one mentors or manages."""
    rows = plans.listed(visible_plans(request.user), request.user)
    after = request.GET.get("after", "")
    context = {
        "acts": acts_in_academy(request.user),
        "page": slice_of(rows, ("-made_on", "-pk"), after=after, size=PAGE),
        "later": bool(after),
    }
    return render(request, "teams/academy/plans/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk, element_pk):
    """The learner alone begins a plan."""
    enrolment = get_object_or_404(
        Enrolment.objects.filter(person=request.user).select_related("path"), pk=pk
    )
    elements = PathElement.objects.filter(stage__path=enrolment.path_id).select_related("stage")
    element = get_object_or_404(elements, pk=element_pk)
    if request.method == "POST":
        row = actions.start(enrolment, element)
        messages.success(request, _("Begun. Nobody else reads it before you sign it."))
        return redirect(row)
    context = {
        "acts": acts_in_academy(request.user),
        "enrolment": enrolment,
        "element": element,
        "form": OnceForm(),
    }
    return render(request, "teams/academy/plans/new.html", context)


@require_safe
def page(request, pk):
    """One version of a plan."""
    return _page(request, _entry(request, pk))


def _page(request, plan, **bound):
    roles = roles_in(request.user, plan.enrolment)
    sheet = plans.sheet(plan, request.user)
    own = PlanRole.LEARNER in roles
    open_roles = [one.role for one in sheet.signed if one.signature is None and one.role in roles]
    waits = plan.state == PlanState.PROPOSED
    signs = waits and any(role != PlanRole.LEARNER for role in open_roles)
    newest = not sheet.versions or sheet.versions[0].pk == plan.pk
    unsaid = sum(one.said is None for one in sheet.stands)
    context = {
        "acts": acts_in_academy(request.user),
        "plan": plan,
        "sheet": sheet,
        "own": own,
        "writes": own and plan.is_draft,
        "unsaid": unsaid,
        "ready": not unsaid and GOALS[0] <= len(sheet.goals) <= GOALS[1],
        "more_goals": len(sheet.goals) < GOALS[1],
        "step": SeenForm.fresh(plan),
        "signs": signs,
        "remark_form": bound.get("remark_form") or RemarkForm.fresh(plan) if signs else None,
        "changes": own and newest and not plan.is_draft,
        "checks": plan.state == PlanState.AGREED and bool(roles),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/plans/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def levels(request, pk):
    """The self-assessment, competency by competency."""
    plan = _own(request, pk)
    competencies = list(Competency.objects.all())
    if request.method == "POST":
        form = LevelsForm(request.POST, competencies=competencies)
        if form.is_valid():
            actions.assess(plan, **form.said())
            messages.success(request, _("Kept."))
            return redirect(plan)
    else:
        form = LevelsForm.of(plan, competencies)
    context = {"acts": acts_in_academy(request.user), "plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/plans/levels.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def goal_new(request, pk):
    return _goal(request, _own(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def goal(request, pk):
    row, plan = _own_goal(request, pk)
    return _goal(request, plan, row)


def _own_goal(request, pk):
    goals = DevelopmentGoal.objects.filter(plan__in=visible_plans(request.user))
    row = get_object_or_404(goals.select_related("plan__enrolment", "plan__element"), pk=pk)
    require(row.plan.enrolment.person_id == request.user.pk)
    return row, row.plan


def _goal(request, plan, row=None):
    if request.method == "POST":
        form = GoalForm(request.POST)
        if form.is_valid():
            actions.set_goal(plan, goal=row, **form.given())
            messages.success(request, _("Kept."))
            return redirect(plan)
    else:
        form = GoalForm.of(row) if row else GoalForm()
    context = {
        "acts": acts_in_academy(request.user),
        "plan": plan,
        "form": form,
        "stands": plan.levels.select_related("competency"),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/academy/plans/goal.html", context, status=status)


@require_POST
@once
def goal_removal(request, pk):
    row, plan = _own_goal(request, pk)
    actions.remove_goal(row)
    messages.success(request, _("Taken out."))
    return redirect(plan)


@require_POST
@once
def proposal(request, pk):
    """The learner signs; the others are asked."""
    plan = _own(request, pk)
    actions.propose(plan, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Signed; the others are asked to."))
    return redirect(plan)


def _beside(request, pk):
    """403 unless the reader is the mentor or the manager."""
    plan = _entry(request, pk)
    roles = set(roles_in(request.user, plan.enrolment))
    require(bool(roles - {PlanRole.LEARNER}))
    return plan


@require_POST
@once
def signature(request, pk):
    plan = _beside(request, pk)
    actions.sign(plan, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Signed."))
    return redirect(plan)


@require_POST
@once
def returning(request, pk):
    plan = _beside(request, pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, remark_form=form)
    actions.give_back(plan, by=request.user, **form.given())
    messages.success(request, _("Returned; the learner reads why."))
    return redirect(plan)


@require_POST
@once
def change(request, pk):
    plan = _own(request, pk)
    row = actions.change(plan)
    messages.success(request, _("This is the next version; it is signed anew."))
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def check(request, pk):
    """Once a quarter: how far each goal is."""
    plan = _entry(request, pk)
    goals = list(plan.goals.select_related("competency"))
    form = CheckForm(request.POST or None, goals=goals)
    if request.method == "POST" and form.is_valid():
        actions.check(plan, by=request.user, said=form.said())
        messages.success(request, _("Kept."))
        return redirect(plan)
    context = {"acts": acts_in_academy(request.user), "plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/plans/check.html", context, status=status)
