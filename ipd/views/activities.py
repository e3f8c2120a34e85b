"""One activity of a plan: its page, its cells, and the steps that move it about."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import activities, bars, links, outline
from ipd.forms.activities import FORMS, CellForm
from ipd.forms.plan_steps import NewForm, StepForm
from ipd.kernel.access import Refused, Stale, require
from ipd.kernel.days import today
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from ipd.models import Activity
from ipd.permissions import acts_of
from ipd.queries import plan_rows
from ipd.views.plans import visible
from teams.models import Person


def _activity(request, pk, activity_pk) -> tuple:
    """The product, its plan and the activity in it, which knows its plan."""
    product, plan = visible(request, pk)
    rows = plan.activities.select_related("function", "owner", "parent", "calendar")
    activity = get_object_or_404(rows, pk=activity_pk)
    activity.plan = plan
    return product, plan, activity


def done(request, product, activity_pk, **more):
    """Back to the plan: its bar in place, or the page at the activity."""
    if wants_part(request):
        kept = "".join(f"&{name}={value}" for name, value in more.items())
        bar = reverse("ipd:plan-bar", args=[product.pk])
        return redirect(f"{bar}?changed={activity_pk}{kept}")
    return redirect(f"{reverse('ipd:plan', args=[product.pk])}?at={activity_pk}#a{activity_pk}")


@require_safe
def page(request, pk, activity_pk):
    """Everything about the activity, with a form for each thing that can be typed."""
    product, plan, activity = _activity(request, pk, activity_pk)
    acts = acts_of(request.user, product)
    fields = [name for name in FORMS if plan_rows.editable(activity, name)]
    may = "edit_plan" in acts
    context = {
        "product": product,
        "plan": plan,
        "activity": activity,
        "can_edit": may,
        "forms": [(name, FORMS[name](activity=activity, plan=plan)) for name in fields if may],
        "people": people(product) if may else [],
        "waits": activity.predecessor_links.select_related("predecessor").order_by("pk"),
        "holds": activity.successor_links.select_related("successor").order_by("pk"),
        "key": uuid.uuid4(),
        "estimate": plan_rows.estimate(activity, plan.calendar.minutes_per_day),
        "constraint": plan_rows.constraint(activity),
        "slack": plan_rows.slack(activity, plan.calendar.minutes_per_day),
    }
    return render(request, "ipd/plans/activity.html", context)


def people(product) -> list[Person]:
    """Who is offered as an owner: the product's team."""
    team = Q(seats__team=product.team_id, seats__period__contains=today())
    return list(Person.objects.filter(team, is_active=True).distinct().order_by("name"))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def cell(request, pk, activity_pk, field):
    """The form in a cell, or the change that was typed into it."""
    product, plan, activity = _activity(request, pk, activity_pk)
    require("edit_plan" in acts_of(request.user, product))
    if field not in FORMS:
        raise Http404
    if not plan_rows.editable(activity, field):
        raise Refused(_("This follows from what is in the summary, or from the kind of activity."))
    if request.method != "POST":
        return _cell(request, product, activity, field, FORMS[field](activity=activity, plan=plan))
    form = FORMS[field](request.POST, activity=activity, plan=plan)
    if not form.is_valid():
        return _cell(request, product, activity, field, form, status=422)
    try:
        _apply(request, activity, field, form)
    except Refused as refusal:
        return _refused(request, product, activity, field, form, refusal)
    return done(request, product, activity.pk)


def _apply(request, activity: Activity, field: str, form: CellForm) -> None:
    seen = form.cleaned_data["version"]
    if field == "links":
        wanted = form.cleaned_data["links"]
        links.set_predecessors(activity, wanted, by=request.user, seen_version=seen)
    else:
        activities.change(activity, by=request.user, seen_version=seen, **form.change())


def _refused(request, product, activity, field, form, refusal):
    """What was typed stays in the form, beside why it was refused and what stands there now.

    After somebody else's change the form carries the new version: sent again, it overrules.
    """
    again = form.data.copy()
    again["key"] = str(uuid.uuid4())
    again["version"] = str(form.plan.version)
    kept = FORMS[field](again, activity=activity, plan=form.plan)
    theirs = [str(value) for value in form.stored().values()]
    context = {
        "refusal": str(refusal),
        "theirs": ", ".join(text for text in theirs if text) if isinstance(refusal, Stale) else "",
        "is_stale": isinstance(refusal, Stale),
    }
    return _cell(request, product, activity, field, kept, status=409, **context)


def _cell(request, product, activity, field, form, *, status=200, **more):
    context = {
        "product": product,
        "activity": activity,
        "field": field,
        "form": form,
        "people": people(product) if field == "owner" else [],
        **more,
    }
    name = "ipd/plans/cell.html#cell" if wants_part(request) else "ipd/plans/cell.html"
    return render(request, name, context, status=status)


@require_POST
@once
def step(request, pk):
    """A step with the chosen activity: move, stretch, in, out, up, down, delete."""
    product, plan = visible(request, pk)
    require("edit_plan" in acts_of(request.user, product))
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Refused(_("This step is not known; load the page again."))
    given = form.cleaned_data
    activity = get_object_or_404(plan.activities, pk=given["activity"])
    activity.plan = plan
    by = {"by": request.user, "seen_version": given["version"]}
    act, days = given["act"], given["days"] or StepForm.DAYS.get(given["act"], 0)
    if act in StepForm.MOVES:
        bars.move(activity, days=days, **by)
    elif act in StepForm.STRETCHES:
        bars.stretch(activity, days=days, **by)
    elif act in ("up", "down"):
        outline.move(activity, down=act == "down", **by)
    elif act == "in":
        outline.indent(activity, **by)
    elif act == "out":
        outline.outdent(activity, **by)
    else:
        activities.delete(activity, **by)
        if not wants_part(request):
            messages.success(request, _("%(name)s was deleted.") % {"name": str(activity)})
        return done(request, product, 0, deleted=activity.code)
    return done(request, product, activity.pk)


@require_POST
@once
def new(request, pk):
    """Another activity, below the chosen one or at the end."""
    product, plan = visible(request, pk)
    require("edit_plan" in acts_of(request.user, product))
    form = NewForm(request.POST, plan=plan)
    if not form.is_valid():
        raise Refused(" ".join(text for texts in form.errors.values() for text in texts))
    given = form.cleaned_data
    after = None
    if given["after"]:
        after = get_object_or_404(plan.activities, pk=given["after"])
    made = activities.add(
        plan,
        by=request.user,
        seen_version=given["version"],
        name=given["name"],
        after=after,
        minutes=given["duration"],
    )
    return done(request, product, made.pk)
