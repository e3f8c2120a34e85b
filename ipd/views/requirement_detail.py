"""One requirement: what it says, what hangs on it, what was done and what can be done now."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import requirement_flow, requirement_moves, requirements, traces
from ipd.forms import requirement_steps as steps
from ipd.forms.requirements import DeriveForm, EditForm, LinkForm, RaiseForm, VerificationForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import Requirement, RequirementLink
from ipd.models.requirement_words import BUILT, TRACING, Level
from ipd.models.requirement_words import RequirementStatus as S
from ipd.permissions.requirements import acts_on
from ipd.queries import requirement_page as page
from ipd.queries.requirements import TONES
from ipd.views.requirements import visible


@dataclass(frozen=True)
class Step:
    """One thing that is done on a requirement's way: who may, when, with which form."""

    key: str
    label: str
    right: str
    states: tuple[str, ...]
    form: type
    tone: str = ""


STEPS = {
    step.key: step
    for step in (
        Step(
            "acknowledgement",
            lazy("Acknowledge"),
            "analyse_requirements",
            (S.NEW,),
            steps.AcknowledgeForm,
            "primary",
        ),
        Step(
            "analysis",
            lazy("Analyse"),
            "analyse_requirements",
            (S.NEW, S.ANALYSING),
            steps.AnalyseForm,
            "primary",
        ),
        Step(
            "merger", lazy("Merge"), "analyse_requirements", (S.NEW, S.ANALYSING), steps.MergeForm
        ),
        Step(
            "distribution",
            lazy("Distribute"),
            "distribute_requirements",
            (S.PROPOSED, S.DEFERRED),
            steps.DistributeForm,
            "primary",
        ),
        Step(
            "rejection",
            lazy("Reject"),
            "",
            (S.NEW, S.ANALYSING, S.PROPOSED, S.DEFERRED),
            steps.RejectForm,
            "danger",
        ),
        Step(
            "confirmation", lazy("Confirm"), "confirm", (S.DELIVERED,), steps.ConfirmForm, "primary"
        ),
        Step("move", lazy("Move on"), "edit_requirements", (), steps.MoveForm),
    )
}
ACTS = {
    "acknowledgement": requirement_flow.acknowledge,
    "analysis": requirement_flow.analyse,
    "merger": requirement_flow.merge,
    "distribution": requirement_flow.distribute,
    "rejection": requirement_flow.reject,
    "confirmation": requirement_moves.confirm,
}


def _may(step: Step, it: Requirement, acts) -> bool:
    """A rejection is the analysts' while it is raw, the managers' once it is initial."""
    if step.key == "rejection":
        raw = it.level == Level.RR
        return ("analyse_requirements" if raw else "distribute_requirements") in acts
    return step.right in acts


def _form(request, step: Step, it: Requirement, acts, data=None):
    more = {"auto_id": f"{step.key}_%s"}
    if step.key == "distribution":
        more["person"] = request.user
    if step.key == "move":
        words = dict(S.choices)
        more["reachable"] = [
            (state, words[state])
            for state, (_before, right) in requirement_moves.MOVES.items()
            if right in acts and not requirement_moves.blocker(it, state)
        ]
    return step.form(data, requirement=it, **more)


def _offered(request, it: Requirement, acts, bound: dict) -> list[tuple[Step, object]]:
    """The steps that the reader may take now, each with its form."""
    offered = []
    for step in STEPS.values():
        if not _may(step, it, acts) or (step.states and it.status not in step.states):
            continue
        form = bound.get(step.key) or _form(request, step, it, acts)
        if step.key != "move" or form.fields["to"].choices:
            offered.append((step, form))
    return offered


@require_safe
def detail(request, pk):
    """Text, history, links up and down, verifications, baselines, changes, clocks."""
    return _page(request, visible(request, pk))


def _page(request, it: Requirement, **bound):
    acts = acts_on(request.user, it)
    may_edit = "edit_requirements" in acts
    stamped = list(it.steps.select_related("by"))
    above, below = page.neighbours(it, request.user)
    kept = list(it.baseline_items.select_related("baseline")) if it.level in BUILT else []
    context = {
        "it": it,
        "product": it.product,
        "tone": TONES[it.status],
        "may_edit": may_edit,
        "above": above,
        "below": below,
        "verifications": list(it.verifications.all()),
        "kept": kept,
        "changes": list(it.changes.all()) if kept else [],
        "steps": stamped[::-1],
        "clocks": page.clocks(it, stamped),
        "offered": _offered(request, it, acts, bound),
        "may_ask": may_edit and bool(kept) and it.status != S.DROPPED,
        "can_derive": may_edit and it.product is not None and it.level not in ("RR", "AR"),
        "link_form": bound.get("link") or (LinkForm(person=request.user) if may_edit else None),
        "test_form": bound.get("test") or (VerificationForm() if may_edit else None),
        "opened": next(iter(bound), ""),
    }
    return render(request, "ipd/requirements/detail.html", context, status=422 if bound else 200)


@require_POST
@once
def step(request, pk, key):
    """Take one step of its way; the registry above says who may take which."""
    if key not in STEPS:
        raise Http404
    it = visible(request, pk)
    acts = acts_on(request.user, it)
    require(_may(STEPS[key], it, acts))
    form = _form(request, STEPS[key], it, acts, request.POST)
    if not form.is_valid():
        return _page(request, it, **{key: form})
    given = form.given()
    if key == "move":
        to, seen = given["to"], given["seen_version"]
        requirement_moves.move(it, to, by=request.user, seen_version=seen)
        return redirect(it)
    if key == "analysis" and given.get("into"):
        given = {name: given[name] for name in ("into", "seen_version")}
    found = ACTS[key](it, by=request.user, **given)
    messages.success(request, _("%(code)s: done.") % {"code": it.code})
    return redirect(found if key == "analysis" else it)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """A new raw requirement; anybody may raise one."""
    form = RaiseForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        row = requirements.raise_raw(by=request.user, **form.given())
        messages.success(
            request,
            _("%(code)s was raised. You hear of each step.")
            % {
                "code": row.code,
            },
        )
        return redirect(row)
    context = {"form": form, "title": _("New requirement"), "back": None}
    status = 422 if form.errors else 200
    return render(request, "ipd/requirements/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """All fields on one page: for the keyboard, the phone and the browser without scripts."""
    it = visible(request, pk)
    require("edit_requirements" in acts_on(request.user, it))
    kept = requirements.is_kept(it)
    form = EditForm(request.POST or None, requirement=it, kept=kept)
    if request.method == "POST" and form.is_valid():
        requirements.edit(it, by=request.user, **form.given())
        return redirect(it)
    context = {"form": form, "title": _("Edit %(code)s") % {"code": it.code}, "back": it}
    context |= {"kept": kept, "product": it.product}
    status = 422 if form.errors else 200
    return render(request, "ipd/requirements/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def derive(request, pk):
    """Make a requirement of a lower level out of this one."""
    it = visible(request, pk)
    require("edit_requirements" in acts_on(request.user, it))
    form = DeriveForm(request.POST or None, upper=it)
    kept = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(requirements.derive(it, by=request.user, **form.given()))
        except requirements.Kept:
            kept = True  # the page says so, and leads to the request
    context = {"form": form, "title": _("Derive from %(code)s") % {"code": it.code}, "back": it}
    context |= {"product": it.product, "above": it, "kept": kept}
    status = 409 if kept else 422 if form.errors else 200
    return render(request, "ipd/requirements/form.html", context, status=status)


@require_POST
@once
def link(request, pk):
    """Link it to another one, whose code is given; the higher level is the upper end."""
    it = visible(request, pk)
    require("edit_requirements" in acts_on(request.user, it))
    form = LinkForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, it, link=form)
    other, kind = form.cleaned_data["code"], form.cleaned_data["kind"]
    lower, upper = (it, other) if it.depth >= other.depth or kind not in TRACING else (other, it)
    traces.link(lower, upper, kind=kind, by=request.user)
    return redirect(it)


@require_POST
@once
def unlink(request, pk):
    """Take a link away that one of its ends' teams may edit."""
    seen = Requirement.objects.visible_to(request.user).values("pk")
    links = RequirementLink.objects.filter(upper__in=seen, lower__in=seen).select_related(
        *("upper__product__line", "upper__line", "lower__product__line", "lower__line")
    )
    found = get_object_or_404(links, pk=pk)
    require("edit_requirements" in acts_on(request.user, found.lower))
    traces.unlink(found, by=request.user)
    return redirect(found.lower)


@require_POST
@once
def verification(request, pk):
    """Enter how it was verified."""
    it = visible(request, pk)
    require("edit_requirements" in acts_on(request.user, it))
    form = VerificationForm(request.POST)
    if not form.is_valid():
        return _page(request, it, test=form)
    traces.verify(it, by=request.user, **form.given())
    return redirect(it)
