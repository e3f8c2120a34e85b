"""The lists of requirements, of one product and of all, and what is done in their rows."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.actions import requirement_moves, requirements
from ipd.forms.requirement_cells import CELLS, BulkForm, cell_form
from ipd.forms.requirements import RequirementFilter
from ipd.kernel.access import Refused, Stale, require
from ipd.kernel.htmx import render_part, wants_part
from ipd.kernel.once import once
from ipd.models import Product, Requirement
from ipd.models.requirement_words import Kano, Level, RequirementStatus
from ipd.permissions import acts_of
from ipd.permissions.requirements import acts_on, editable
from ipd.queries import requirements as queries
from ipd.views import ways_back

FIRST_LEVEL = Level.SR
LIST = "ipd/requirements/list.html"


def visible_product(request, pk) -> Product:
    rows = Product.objects.visible_to(request.user).select_related("line", "team")
    return get_object_or_404(rows, pk=pk)


def visible(request, pk) -> Requirement:
    rows = Requirement.objects.visible_to(request.user).select_related(
        "product__line", "product__team", "line", "owner", "requester", "merged_into"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def everything(request):
    """All requirements that the person may see."""
    return _list(request, None)


@require_safe
def of_product(request, pk):
    """One product's requirements; whoever may edit them does so in the rows."""
    return _list(request, visible_product(request, pk))


def _list(request, product, bulk=None):
    asked = request.GET.copy()
    asked.setdefault("level", FIRST_LEVEL)
    form = RequirementFilter(asked, product=product)
    wanted = form.wanted()
    rows = queries.found(request.user, wanted, product)
    search = bool(wanted["q"]) and product is None
    after = request.GET.get("after", "")
    page, count = queries.page(rows, sort=wanted["sort"], after=after, search=search)
    acts = acts_of(request.user, product) if product else frozenset()
    grouped = queries.groups(rows, wanted["group"]) if wanted["group"] else []
    may_edit = "edit_requirements" in acts
    if product is None:
        products = {row.product_id for row in page.rows}
        open_products = editable(request.user, products)
    else:
        open_products = {product.pk} if may_edit else set()
    context = {
        "product": product,
        "filter": form,
        "wanted": wanted,
        "tabs": _tabs(product, wanted["level"]),
        "filtered": any(wanted[n] for n in wanted if n not in ("level", "sort")),
        "rows": [row_of(row, row.product_id in open_products) for row in page.rows],
        "page": page,
        "count": count,
        "most": queries.MOST_COUNTED,
        "groups": grouped,
        "may_edit": may_edit,
        "acts": acts,
        "bulk": bulk or (BulkForm(product=product) if may_edit else None),
        "key": wanted["group"],
        "way_back": ways_back.of(request, product) if may_edit else None,
    }
    return render_part(request, LIST, "rows", context)


def row_of(row: Requirement, editable: bool) -> dict:
    """A row of the list, with the words and the tone of its state."""
    return {
        "it": row,
        "status": RequirementStatus(row.status).label,
        "tone": queries.TONES[row.status],
        "kano": Kano(row.kano).label if row.kano else "",
        "editable": editable,
    }


def _tabs(product, chosen):
    counts = queries.levels(product) if product else {}
    tabs = [(key, str(word), counts.get(key, 0)) for key, word in Level.choices]
    everything = ("", _("All levels"), sum(counts.values()))
    return [(*tab, tab[0] == chosen) for tab in (*tabs, everything)]


@require_safe
def row(request, pk):
    """One row of the list, as it is drawn after an edit."""
    it = visible(request, pk)
    if not wants_part(request):
        return redirect(it)
    drawn = row_of(it, "edit_requirements" in acts_on(request.user, it))
    # The list of one product has a column of boxes, the list of all has none.
    drawn["checkbox"] = "/products/" in (request.htmx.current_url or "")
    return render(request, f"{LIST}#row", {"row": drawn, "product": it.product})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def cell(request, pk, name):
    """One field of one requirement, edited in its cell; what a baseline keeps says so."""
    if name not in CELLS:
        raise Http404
    it = visible(request, pk)
    acts = acts_on(request.user, it)
    require("edit_requirements" in acts)
    form = cell_form(it, name, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _cell(request, it, name, form)
    given = form.given()
    try:
        _edit(request, it, name, given, acts)
    except Refused as refusal:
        fresh = visible(request, pk)
        return _cell(request, fresh, name, cell_form(fresh, name), refusal, given.get(name))
    return redirect("ipd:requirement-row", it.pk)


def _edit(request, it, name, given, acts):
    value, seen = given.get(name), given["seen_version"]
    if name != "status":
        requirements.edit(it, by=request.user, seen_version=seen, **{name: value})
    elif value != it.status:
        require(requirement_moves.MOVES[value][1] in acts)
        requirement_moves.move(it, value, by=request.user, seen_version=seen)


def _cell(request, it, name, form, refusal=None, typed=None):
    context = {
        "it": it,
        "name": name,
        "form": form,
        "field": form[name],
        "refusal": refusal,
        "typed": typed if isinstance(refusal, Stale) else None,
        "kept": isinstance(refusal, requirements.Kept),
    }
    status = 409 if refusal else 422 if form.errors else 200
    template = "ipd/requirements/cell.html"
    name = f"{template}#cell" if wants_part(request) else template
    return render(request, name, context, status=status)
