"""Plan change requests: the list, one request, and what its people do with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import change_decisions, changes
from ipd.forms.changes import AssessmentForm, ChangeForm, DecisionForm, StepForm
from ipd.kernel.access import require
from ipd.kernel.keyset import part
from ipd.kernel.once import once
from ipd.models import ChangeRequest
from ipd.models.changes import ChangeClass, ChangeState
from ipd.permissions import acts_of
from ipd.queries import change_page, contracts, simulation_results
from ipd.queries import changes as queries
from ipd.views.entry import entry

ASK, DECIDE, DECIDE_SMALL = "request_change", "decide_change", "decide_small_change"
PAGE = 50


@require_safe
def change_list(request, pk):
    found = entry(request, pk)
    rows = found.product.changes.select_related("requester", "decided_by")
    page = part(rows, ("-number",), after=request.GET.get("after", ""), size=PAGE)
    signed = found.product.pk in contracts.current([found.product.pk])
    context = found.context(rows=page.rows, page=page, signed=signed)
    return render(request, "ipd/changes/list.html", context)


def _visible(request, pk) -> ChangeRequest:
    rows = ChangeRequest.objects.visible_to(request.user).select_related(
        *("product__line", "requester", "decided_by", "contract", "case_before", "case_after"),
        "what_if__plan",
    )
    heavy = [f"what_if__{name}" for name in simulation_results.HEAVY]
    return get_object_or_404(rows.defer(*heavy).prefetch_related("elements"), pk=pk)


def may_decide(acts: frozenset[str], change: ChangeRequest) -> bool:
    """The board's chair decides every change, the team's lead those inside the tolerances."""
    small = change.change_class == ChangeClass.C and DECIDE_SMALL in acts
    return DECIDE in acts or small


@require_safe
def detail(request, pk):
    return _page(request, _visible(request, pk))


def _page(request, change, **bound):
    """The request with the forms of what its reader may do now; `bound` are those with errors."""
    acts = acts_of(request.user, change.product)
    granted = "see_money" in acts
    own = change.requester_id == request.user.pk
    functions = (
        change_page.speaks_for(request.user, change) if change.state in queries.WAITING else []
    )
    decides = may_decide(acts, change) and change.state != ChangeState.DRAFT and change.is_open
    why_not = change_decisions.blocker(change, request.user) if decides else ""
    context = {
        "change": change,
        "product": change.product,
        "granted": granted,
        "shown": change_page.shown(change, granted=granted),
        "worth": change_page.worth(change, granted=granted),
        "source": change_page.source(change),
        "tone": change_page.STATE_TONES[change.state] if change.verdict != "rejected" else "off",
        "assessments": list(change.assessments.select_related("function", "by")),
        "requirement_changes": change_page.requirement_changes(change),
        "own": own,
        "step": StepForm.fresh(change),
        "assessment": bound.get("assessment")
        or (AssessmentForm.fresh(change, functions=functions) if functions else None),
        "decision": bound.get("decision")
        or (DecisionForm.fresh(change) if decides and not why_not else None),
        "why_not": why_not,
    }
    status = 422 if bound else 200
    return render(request, "ipd/changes/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    found = entry(request, pk, ASK)
    elements = change_page.elements_of(changes.binding(found.product.pk))
    more = {"elements": elements, "product": found.product, "granted": found.granted}
    form = ChangeForm(request.POST, **more) if request.method == "POST" else None
    if form is not None and form.is_valid():
        row = changes.draft(found.product, facts=form.facts(), after=form.after(), by=request.user)
        messages.success(request, _("Drafted. Nobody is asked before you submit it."))
        return redirect(row)
    if form is None:
        proposed = change_page.proposed(found.product) | _asked(request)
        form = ChangeForm.fresh(proposed=proposed, **more)
    return _form(request, found, form)


def _asked(request) -> dict:
    """The what-if whose page asked for the change; one that is none of the plan's is no choice."""
    number = request.GET.get("what_if", "")
    return {"what_if": int(number)} if number.isascii() and number.isdecimal() else {}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    change = _visible(request, pk)
    found = entry(request, change.product_id, ASK)
    require(change.requester_id == request.user.pk)
    elements = change_page.elements_of(changes.binding(change.product_id))
    more = {"elements": elements, "product": found.product, "granted": found.granted}
    form = ChangeForm(request.POST, **more) if request.method == "POST" else None
    if form is not None and form.is_valid():
        changes.edit(
            change,
            facts=form.facts(),
            after=form.after(),
            by=request.user,
            seen_version=form.cleaned_data["version"] or 0,
        )
        messages.success(request, _("Saved."))
        return redirect(change)
    form = form or ChangeForm.fresh(request=change, **more)
    return _form(request, found, form, change=change)


def _form(request, found, form, change=None):
    context = found.context(
        form=form,
        change=change,
        promises=[
            (element, field, change_page.promised(element, granted=found.granted))
            for element, field in form.promises
        ],
    )
    status = 422 if form.is_bound else 200
    return render(request, "ipd/changes/form.html", context, status=status)


@require_POST
@once
def submission(request, pk):
    return _step(request, pk, changes.submit, _("Submitted: the functions are asked."))


@require_POST
@once
def withdrawal(request, pk):
    return _step(request, pk, changes.withdraw, _("Withdrawn."))


def _step(request, pk, act, done):
    change = _visible(request, pk)
    require(change.requester_id == request.user.pk)
    require(ASK in acts_of(request.user, change.product))
    form = StepForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    act(change, by=request.user, seen_version=version)
    messages.success(request, done)
    return redirect(change)


@require_POST
@once
def assessment(request, pk):
    """A function speaks; before the submission nobody is asked, and nobody may."""
    change = _visible(request, pk)
    functions = change_page.speaks_for(request.user, change)
    require(bool(functions))
    form = AssessmentForm(request.POST, functions=functions)
    if not form.is_valid():
        return _page(request, change, assessment=form)
    changes.assess(change, by=request.user, **form.given())
    messages.success(request, _("Your function's assessment is in."))
    return redirect(change)


@require_POST
@once
def decision(request, pk):
    change = _visible(request, pk)
    require(may_decide(acts_of(request.user, change.product), change))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, change, decision=form)
    change_decisions.decide(change, by=request.user, **form.given())
    messages.success(request, _("Decided."))
    return redirect(change)
