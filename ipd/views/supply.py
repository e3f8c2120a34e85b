"""Supply of the company by exposure, and of one product by its next gate."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import boms, supply
from ipd.forms.parts import LineForm
from ipd.forms.supply import ExposureFilter, StatementForm
from ipd.kernel.once import once
from ipd.models import Part, Product, ProductPart
from ipd.queries import exposure_ranking, exposures, product_supply
from ipd.views.entry import enter, entry

ACT = "edit_supply"
SHOWN = 50


@require_safe
def company(request):
    """Parts that would be missing, the dearest first, with who does what about it."""
    form = ExposureFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    parts = exposure_ranking.red_parts(
        request.user,
        status=chosen.get("status", ""),
        supplier=chosen.get("supplier"),
        kraljic=chosen.get("kraljic", ""),
    )
    ranked = exposure_ranking.ranking(request.user, parts, line=chosen.get("line"))
    uncovered = [one for one in ranked if not one.is_covered]
    wanted = uncovered if chosen.get("plan") else ranked
    page = Paginator(wanted, SHOWN).get_page(request.GET.get("page"))
    shown = exposure_ranking.shown(request.user, page.object_list)
    context = {
        "filter": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "ranked": shown,
        "page": page,
        "count": len(ranked),
        "uncovered": len(uncovered),
        "total": exposure_ranking.total(ranked),
        "priced": sum(one.amount is not None for one in ranked),
        "sourcing": exposures.sourcing(request.user),
        "chart": exposure_ranking.chart(shown[:10]),
        "chart_of_money": any(one.amount for one in shown[:10]),
        "currency": settings.CURRENCY,
    }
    return render(request, "ipd/supply/company.html", context)


@require_safe
def page(request, pk):
    return _page(request, entry(request, pk, also=("row",)))


def _page(request, found, form=None):
    """What supply shows at the product's next gate, its parts, its demand."""
    context = found.context(
        may=ACT in found.acts,
        statement_form=form or StatementForm(),
        **product_supply.of(request.user, found.product, granted=found.granted),
    )
    status = 422 if form is not None and form.errors else 200
    return render(request, "ipd/supply/product.html", context, status=status)


@require_POST
@once
def statement(request, pk):
    """State an element of supply that no table can tell."""
    found = entry(request, pk, ACT, also=("row",))
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    supply.state_element(found.product, by=request.user, **form.given())
    messages.success(request, _("Stated."))
    return redirect("ipd:supply", found.product.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def top(request, pk):
    """Make a part, board or assembly one of the product's tops."""
    product = entry(request, pk, ACT).product
    form = LineForm(request.POST or None, parts=Part.objects.visible_to(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.given()
        boms.add_top(product, given["code"], quantity=given["quantity"], by=request.user)
        messages.success(request, _("It belongs to the product."))
        return redirect("ipd:supply", product.pk)
    context = {"product": product, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ipd/supply/top.html", context, status=status)


@require_POST
@once
def top_removal(request, pk):
    """Take a top out of its product."""
    rows = ProductPart.objects.filter(product__in=Product.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("product__line"), pk=pk)
    enter(request, row.product, ACT)
    boms.remove_top(row, by=request.user)
    messages.success(request, _("It is taken out."))
    return redirect("ipd:supply", row.product_id)
