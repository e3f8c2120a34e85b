"""What is changed about one part: its sources, the actions on it, what goes into it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.actions import boms, sources, supply
from ipd.forms.parts import LineForm, SourceForm
from ipd.forms.supply import ActionForm, ReviseForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import BomLine, Part, SupplyAction
from ipd.models.where_used import products_of
from ipd.permissions.supply import can_edit_part
from ipd.queries import exposures
from ipd.views.parts import visible

FORM = ["GET", "HEAD", "POST"]


def _form(request, part, form, title, button):
    context = {"part": part, "product": part.product, "form": form, "title": title}
    context["button"] = button
    return render(request, "ipd/parts/form.html", context, status=422 if form.errors else 200)


def _products(request, part):
    """The visible products that need the part."""
    needed = products_of([part.pk]).get(part.pk, set())
    return list(exposures.sight(request.user, needed).products.values())


@require_http_methods(FORM)
@once
def source(request, pk):
    """Put a supplier among the part's sources, or change what it is there."""
    part = visible(request, pk)
    require(can_edit_part(request.user, part))
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sources.put(part, by=request.user, **form.given())
        messages.success(request, _("The source is kept."))
        return redirect(part)
    return _form(request, part, form, _("A source"), _("Keep the source"))


@require_http_methods(FORM)
@once
def action(request, pk):
    """Plan an action on the part."""
    part = visible(request, pk)
    require(can_edit_part(request.user, part))
    form = ActionForm(request.POST or None, products=_products(request, part))
    if request.method == "POST" and form.is_valid():
        supply.plan(part, by=request.user, **form.given())
        messages.success(request, _("Planned."))
        return redirect(part)
    return _form(request, part, form, _("An action"), _("Plan it"))


@require_http_methods(FORM)
@once
def revise(request, pk):
    """Move a supply action on."""
    rows = SupplyAction.objects.visible_to(request.user).filter(
        part__in=Part.objects.visible_to(request.user)
    )
    row = get_object_or_404(rows.select_related("part__product", "owner"), pk=pk)
    part = row.part
    require(can_edit_part(request.user, part))
    given = {"action": row, "products": _products(request, part)}
    if request.method == "POST":
        form = ReviseForm(request.POST, **given)
        if form.is_valid():
            supply.revise(row, by=request.user, **form.given())
            messages.success(request, _("The action moved on."))
            return redirect(part)
    else:
        start = {"version": row.version, "state": row.state, "due_on": row.due_on}
        form = ReviseForm(initial=start | {"owner": row.owner_id}, **given)
    return _form(request, part, form, row.text, _("Save"))


@require_http_methods(FORM)
@once
def line(request, pk):
    """Put a part into an assembly."""
    part = visible(request, pk)
    require(can_edit_part(request.user, part))
    form = LineForm(request.POST or None, parts=Part.objects.visible_to(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.given()
        boms.add_line(part, given["code"], quantity=given["quantity"], by=request.user)
        messages.success(request, _("It goes in."))
        return redirect(part)
    return _form(request, part, form, _("What goes in"), _("Put it in"))


@require_POST
@once
def line_removal(request, pk):
    """Take a part out of an assembly."""
    rows = BomLine.objects.filter(assembly__in=Part.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("assembly"), pk=pk)
    require(can_edit_part(request.user, row.assembly))
    boms.remove_line(row, by=request.user)
    messages.success(request, _("It is taken out."))
    return redirect(row.assembly)
