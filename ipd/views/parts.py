"""Parts: the list of any length with editing in place, and one part with all that hangs on it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import parts
from ipd.forms.parts import BulkForm, PartFilter, PartForm, PartRowForm
from ipd.kernel.access import Refused, require
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from ipd.models import Part, Product
from ipd.models.parts import PartKind
from ipd.permissions import products_where
from ipd.permissions.supply import can_edit_part, editable_parts
from ipd.queries import exposures
from ipd.queries import parts as queries

MOST_AT_ONCE = 5000


def visible(request, pk) -> Part:
    rows = Part.objects.visible_to(request.user).select_related("product")
    return get_object_or_404(rows, pk=pk)


def may_edit_some(person) -> bool:
    return products_where(person, "edit_supply").exists()


def _found(request, query: QueryDict):
    form = PartFilter(query)
    form.is_valid()
    chosen = form.cleaned_data
    product = None
    if code := chosen.get("product", "").strip():
        product = Product.objects.visible_to(request.user).filter(code__iexact=code).first()
    rows = queries.found(
        request.user,
        kind=chosen.get("kind", ""),
        status=chosen.get("status", ""),
        kraljic=chosen.get("kraljic", ""),
        sources=chosen.get("sources", ""),
        supplier=chosen.get("supplier"),
        product=product,
        text=chosen.get("q", ""),
    )
    return form, rows.none() if code and product is None else rows


@require_safe
def part_list(request):
    form, rows = _found(request, request.GET)
    sort = request.GET.get("sort", "code")
    page = queries.page(rows, after=request.GET.get("after", ""), sort=sort)
    mine = editable_parts(request.user, [row.pk for row in page.rows])
    context = {
        "filter": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "rows": [(row, exposures.tone(row), row.pk in mine) for row in page.rows],
        "page": page,
        "count": rows.count(),
        "bulk": BulkForm() if mine else None,
    }
    return render(request, "ipd/parts/list.html", context)


@require_POST
@once
def bulk(request):
    """The same facts on the chosen parts, or on all of the filter that one may change."""
    require(may_edit_some(request.user))
    form = BulkForm(request.POST)
    back = f"{reverse('ipd:part-list')}?{QueryDict(request.GET.urlencode()).urlencode()}"
    if not form.is_valid():
        raise Refused(_("Check the day: %(errors)s") % {"errors": form.errors.as_text()})
    if form.cleaned_data["whole"]:
        _form, rows = _found(request, request.GET)
        chosen = list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            raise Refused(_("More than %(most)d at once: narrow it.") % {"most": MOST_AT_ONCE})
    else:
        asked = [pk for pk in request.POST.getlist("part") if pk.isdecimal()][:MOST_AT_ONCE]
        rows = Part.objects.visible_to(request.user).filter(pk__in=asked)
        chosen = list(rows.values_list("pk", flat=True))
    facts = form.given()
    if not chosen or not facts:
        raise Refused(_("Choose parts, and what they become."))
    mine = editable_parts(request.user, chosen)
    require(bool(mine))
    count = parts.change_many(mine, by=request.user, **facts)
    told = ngettext("%(count)d part changed.", "%(count)d parts changed.", count)
    left = len(chosen) - len(mine)
    if left:
        told += " " + _("%(left)d belong to teams of others and stay.")
    messages.success(request, told % {"count": count, "left": left})
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """A row of the list as a form, or the page for all facts of a part."""
    part = visible(request, pk)
    require(can_edit_part(request.user, part))
    in_row = bool(request.POST.get("row")) if request.method == "POST" else wants_part(request)
    form_class = PartRowForm if in_row else PartForm
    form = (
        form_class(request.POST, part=part) if request.method == "POST" else form_class.fresh(part)
    )
    if request.method == "POST" and form.is_valid():
        given = form.given()
        parts.change(part, by=request.user, seen_version=given.pop("seen_version"), **given)
        messages.success(request, _("%(part)s is changed.") % {"part": part.code})
        return redirect(f"{reverse('ipd:part-row', args=[pk])}" if wants_part(request) else part)
    status = 422 if form.errors else 200
    name = "ipd/parts/row.html#edit" if wants_part(request) else "ipd/parts/edit.html"
    context = {"part": part, "form": form, "in_row": in_row}
    return render(request, name, context, status=status)


@require_safe
def row(request, pk):
    """One row of the list, as it stands; the whole page for a browser without htmx."""
    part = visible(request, pk)
    if not wants_part(request):
        return redirect(part)
    may = can_edit_part(request.user, part)
    context = {"part": part, "tone": exposures.tone(part), "may": may}
    return render(request, "ipd/parts/row.html", context)


@require_safe
def part(request, pk):
    """One part: where it is used, who delivers it, what its loss would mean, what is done."""
    row = visible(request, pk)
    [exposure] = exposures.of(request.user, [row])
    seen = {product.pk: product for product in exposure.products}
    above, tops, cut = queries.above(request.user, row, seen)
    is_part = row.kind == PartKind.PART
    context = {
        "part": row,
        "product": row.product,
        "exposure": exposure,
        "above": above,
        "tops": tops,
        "cut": cut,
        "may": any(product.may_edit for product in exposure.products)
        or (not exposure.products and can_edit_part(request.user, row)),
        "sources": row.sources.select_related("supplier") if is_part else [],
        "lines": [] if is_part else queries.contents(request.user, row),
        "assessments": row.assessments.select_related("by").order_by("-on", "-pk"),
        "notices": row.notices.all() if is_part else [],
        "buys": row.last_time_buys.visible_to(request.user).select_related("product", "by")
        if is_part
        else [],
    }
    return render(request, "ipd/parts/detail.html", context)


@require_safe
def export(request):
    """The parts of the filter as the importer's own table."""
    _form, rows = _found(request, request.GET)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="parts.csv"'
    queries.write_csv(rows, response)
    return response
