"""Replacement programmes: the list, one with its burn-down, and the steps of its parts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import programmes
from ipd.forms.supply import BoardForm, ItemForm, StepForm
from ipd.kernel.access import Refused, require
from ipd.kernel.once import once
from ipd.models import Part, Programme, ReplacementBoard, ReplacementItem
from ipd.models.programmes import ItemStatus
from ipd.permissions import can, products_where
from ipd.queries import programmes as queries

ACT = "edit_supply"
SHOWN = 50


@require_safe
def programme_list(request):
    return render(request, "ipd/programmes/list.html", {"rows": queries.listed(request.user)})


def _programme(pk) -> Programme:
    return get_object_or_404(Programme.objects.select_related("lead"), pk=pk)


@require_safe
def programme(request, pk):
    row = _programme(pk)
    items, boards = queries.items(request.user, row), queries.boards(request.user, row)
    mine = set(products_where(request.user, ACT).order_by().values_list("pk", flat=True))
    shown = request.GET.get("show", "open")
    wanted = [item for item in items if shown == "all" or item.status != ItemStatus.VERIFIED]
    page = Paginator(wanted, SHOWN).get_page(request.GET.get("page"))
    context = {
        "programme": row,
        "page": page,
        "items": [
            (item, StepForm.fresh(item, auto_id=False) if item.product_id in mine else None)
            for item in page.object_list
        ],
        "boards": [
            (board, BoardForm.fresh(board, auto_id=False) if board.product_id in mine else None)
            for board in boards
        ],
        "parts": queries.progress(items),
        "passed": queries.progress(boards),
        "figures": queries.figures(request.user, items),
        "month": queries.reported_month(),
        "chart_of_parts": queries.chart(
            row, items, title=_("Parts to replace"), about=_("Remaining, planned and actual.")
        ),
        "chart_of_boards": queries.chart(
            row, boards, title=_("Boards to requalify"), about=_("Remaining, planned and actual.")
        ),
        "by_line": queries.by_line(items),
        "by_supplier": queries.by_supplier(items),
        "may_enter": bool(mine),
        "shown": shown,
        "hidden": sum(item.status == ItemStatus.VERIFIED for item in items),
    }
    return render(request, "ipd/programmes/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def item_new(request, pk):
    """Take a part into the programme, counted under a product of one's own."""
    row = _programme(pk)
    mine = products_where(request.user, ACT)
    require(mine.exists())
    parts = Part.objects.visible_to(request.user)
    form = ItemForm(request.POST or None, parts=parts, products=mine.order_by("code"))
    if request.method == "POST" and form.is_valid():
        given = form.given()
        programmes.enter(row, given.pop("code"), by=request.user, **given)
        messages.success(request, _("It is in the programme."))
        return redirect(row)
    status = 422 if form.errors else 200
    context = {"programme": row, "form": form}
    return render(request, "ipd/programmes/new.html", context, status=status)


@require_POST
@once
def item_step(request, pk):
    """Take a replacement to its next status."""
    rows = ReplacementItem.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("product__line", "programme"), pk=pk)
    require(can(request.user, ACT, row.product))
    form = StepForm(request.POST)
    if not form.is_valid():
        raise Refused(_("The page was not complete: load it again."))
    programmes.advance(row, by=request.user, **form.given())
    messages.success(request, _("It is a step further."))
    return redirect(row.programme)


@require_POST
@once
def board_step(request, pk):
    """Say that a board has passed."""
    rows = ReplacementBoard.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("product__line", "programme"), pk=pk)
    require(can(request.user, ACT, row.product))
    form = BoardForm(request.POST)
    if not form.is_valid():
        raise Refused(_("The page was not complete: load it again."))
    programmes.requalified(row, by=request.user, **form.given())
    messages.success(request, _("The board has passed."))
    return redirect(row.programme)
