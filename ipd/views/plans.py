"""The plan of a product: the page, a stretch of its rows, its head, and what is printed."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from ipd.actions import plan_edits as actions
from ipd.actions import plans as beginning
from ipd.calculations import gantt as places
from ipd.forms.plans import SCALES, TABLES, PlanFilter
from ipd.kernel.access import Refused, require
from ipd.kernel.days import today
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from ipd.models import Plan, Product
from ipd.permissions import acts_of
from ipd.queries import gantt, plan_edits, plan_rows, plan_ties, plans
from ipd.queries.plans import CHUNK, Wanted

# The forms whose key and version come with the bar, so that both follow everybody's edits.
BAR_FORMS = ("plan-undoing", "plan-redoing", "plan-tools", "plan-new")


def visible(request, pk, wanted: Wanted | None = None) -> tuple[Product, Plan]:
    """The product and its plan; 404 when the person may not see it, or nobody has planned yet."""
    products = plans.with_branches(plans.find(request.user), wanted or Wanted())
    product = get_object_or_404(products, pk=pk)
    return product, plan_or_404(product)


def plan_or_404(product: Product) -> Plan:
    plan = plans.plan_of(product)
    if plan is None:
        raise Http404
    return plan


def address(request, product, *, leave: tuple[str, ...] = ()) -> str:
    """The page's address with its filters, ready for one more parameter."""
    names = [name for name in PlanFilter.base_fields if name not in leave]
    kept = {name: request.GET[name] for name in names if request.GET.get(name)}
    return f"{reverse('ipd:plan', args=[product.pk])}?{urlencode(kept)}{'&' if kept else ''}"


def stretch(request, product, plan, wanted: Wanted, number: int) -> dict:
    """What the template of a stretch of rows needs: in one query, however long the plan."""
    rows = plans.chunk(product, plan, wanted, number * CHUNK)
    ties = plan_ties.ties(rows)
    axis = plans.axis(product, plan, wanted)
    shown = plan_rows.columns(wanted.table, simulated=product.simulation_pk is not None)
    day = today()
    return {
        "product": product,
        "number": number,
        "first": number * CHUNK,
        "columns": shown,
        "lines": plan_rows.lines(
            plan,
            rows,
            shown,
            ties,
            first=number * CHUNK + 1,
            closed=wanted.closed,
            address=address(request, product, leave=("closed",)) + "closed=",
        ),
        "chart": gantt.chart(
            axis, rows, ties, day, whole=not (wanted.is_filtered or wanted.levels or wanted.closed)
        ),
        "axis": axis,
        "filtered": wanted.is_filtered,
        "query": address(request, product).partition("?")[2].rstrip("&"),
        "base": reverse("ipd:plan", args=[product.pk]) + "activities/",
        "words": {"critical": _("critical"), "late": _("late")},
    }


@require_safe
def page(request, pk):
    """The plan around the row that is asked for; without a plan, how to begin one."""
    # Which branches are closed is known before whose activities can be chosen from.
    closed = PlanFilter(request.GET).wanted()
    products = plans.with_branches(plans.find(request.user), closed)
    product = get_object_or_404(plans.with_figures(products), pk=pk)
    plan = plans.plan_of(product)
    acts = acts_of(request.user, product)
    if plan is None:
        return render(request, "ipd/plans/none.html", {"product": product, "acts": acts})
    functions, owners = plans.choices(plan)
    form = PlanFilter(request.GET, functions=functions, owners=owners)
    wanted = form.wanted()
    outline = plans.outline(product, plan, wanted)
    at = request.GET.get("at", "")
    asked = int(at) if at.isdecimal() and len(at) < 13 else None
    number = plans.place_of(plan, wanted, asked) if asked else first_row(request) // CHUNK
    context = stretch(request, product, plan, wanted, min(number, max(outline.chunks - 1, 0)))
    context |= head(product, plan, acts)
    context |= {
        "filter": form,
        "filtered": any(request.GET.get(name) for name in ("q", "show", "function", "owner")),
        "wanted": wanted,
        "outline": outline,
        "upper": places.ticks(outline.axis, upper=True),
        "lower": places.ticks(outline.axis, upper=False),
        "before": gaps(0, context["number"], outline.matching),
        "after": gaps(context["number"] + 1, outline.chunks, outline.matching),
        "scales": looks(request, product, "scale", SCALES, outline.axis.name),
        "tables": looks(request, product, "table", TABLES, wanted.table),
        "at": asked,
        "rows_url": reverse("ipd:plan-rows", args=[product.pk]) + f"?{context['query']}&",
        "page_url": address(request, product),
        "simulation": plans.simulation(product),
        "clear": reverse("ipd:plan", args=[product.pk]),
    }
    return render(request, "ipd/plans/page.html", context)


def first_row(request) -> int:
    """The row of the address (?from=161), counted from nothing."""
    given = request.GET.get("from", "")
    return max(int(given) - 1, 0) if given.isascii() and given.isdecimal() and len(given) < 8 else 0


def gaps(first: int, end: int, matching: int) -> list[dict]:
    """The stretches that are not there yet, each as high as its rows will be."""
    found = []
    for number in range(first, end):
        begin = number * CHUNK
        count = min(CHUNK, matching - begin)
        found.append({"from": begin + 1, "to": begin + count, "height": count * places.ROW})
    return found


def looks(request, product, name: str, choices, now: str) -> list[tuple[str, str, bool]]:
    """Links that change one look of the page: address, word, and whether it is the present one."""
    base = address(request, product, leave=(name,))
    return [(f"{base}{name}={value}", label, value == now) for value, label in choices]


def head(product, plan, acts) -> dict:
    """What the bar over the plan shows, which follows everybody's edits."""
    return {
        "product": product,
        "plan": plan,
        "acts": acts,
        "can_edit": "edit_plan" in acts,
        "finish_on": plan.finishes_at and plan.finishes_at.date(),
        "figures": product.figures or plans.NONE,
        "last": plan_edits.last(plan),
        "tag": tag(plan, acts),
        "keys": [(form, uuid.uuid4()) for form in BAR_FORMS],
    }


def tag(plan, acts) -> str:
    """Changes with the plan's version, and with the reader's right to edit it."""
    return f'"{plan.pk}-{plan.version}-{int("edit_plan" in acts)}"'


@require_safe
def bar(request, pk):
    """The bar alone: every few seconds (304 while nothing moved), and after an edit.

    After one's own edit it takes the answer's place, and the stretches of rows renew themselves.
    """
    product = get_object_or_404(plans.with_figures(plans.find(request.user)), pk=pk)
    plan = plan_or_404(product)
    acts = acts_of(request.user, product)
    changed = request.GET.get("changed")
    if changed is None and request.headers.get("If-None-Match") == tag(plan, acts):
        return HttpResponseNotModified()
    context = head(product, plan, acts) | {"deleted": request.GET.get("deleted", "")[:30]}
    response = render(request, "ipd/plans/bar.html", context)
    response["ETag"] = tag(plan, acts)
    if changed is not None:
        retarget(reswap(response, "outerHTML"), "#plan-bar")
        trigger_client_event(response, "plan-changed", {"activity": changed}, after="settle")
    return response


@require_safe
def rows(request, pk):
    """One stretch of rows, for the place where it is missing."""
    wanted = PlanFilter(request.GET).wanted()
    product, plan = visible(request, pk, wanted)
    context = stretch(request, product, plan, wanted, first_row(request) // CHUNK)
    return render(request, "ipd/plans/rows.html", context)


@require_POST
@once
def undo(request, pk):
    """The last edit is taken back."""
    return _back(request, pk, actions.undo)


@require_POST
@once
def redo(request, pk):
    """What was undone last is done again."""
    return _back(request, pk, actions.redo)


def _back(request, pk, act):
    product, plan = visible(request, pk)
    require("edit_plan" in acts_of(request.user, product))
    seen = request.POST.get("version", "")
    if not seen.isdecimal() or len(seen) > 9:
        raise Refused(_("This step is not known; load the page again."))
    edit = act(plan, by=request.user, seen_version=int(seen))
    if wants_part(request):
        return redirect(reverse("ipd:plan-bar", args=[product.pk]) + "?changed=0")
    messages.success(request, edit.what)
    return redirect(product.plan)


@require_POST
@once
def begin(request, pk):
    """An empty plan for a product that has none."""
    product = get_object_or_404(plans.find(request.user), pk=pk)
    require("edit_plan" in acts_of(request.user, product))
    return redirect(beginning.begin(product, by=request.user))
