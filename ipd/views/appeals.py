"""$APPEALS sheets: the newest with its chart, the earlier ones, and a new one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.actions import appeals
from ipd.forms.appeals import AppealsForm
from ipd.kernel.charts import Bar, Spoke, bars, radar
from ipd.kernel.once import once
from ipd.models import AppealsSheet
from ipd.queries import appeals as queries
from ipd.views.entry import enter, entry

ACT = "edit_requirements"


@require_safe
def page(request, pk):
    """The newest sheet of the product, and links to the others."""
    found = entry(request, pk)
    rows = list(queries.sheets(found.product)[:50])
    return _show(request, found, rows, rows[0] if rows else None)


@require_safe
def sheet(request, pk):
    """One sheet."""
    visible = AppealsSheet.objects.visible_to(request.user).select_related("product__line", "by")
    row = get_object_or_404(visible, pk=pk)
    found = enter(request, row.product)
    return _show(request, found, list(queries.sheets(row.product)[:50]), row)


def _show(request, found, rows, row):
    read = queries.read(row) if row else None
    context = {
        "product": found.product,
        "sheets": rows,
        "row": row,
        "sheet": read,
        "may": ACT in found.acts,
    }
    if read:
        context["radar"] = radar(
            [Spoke(offer.name, offer.scores) for offer in read.offers],
            read.criteria,
            most=10,
            title=_("How customers see the offers"),
            about=_("Scores from 1 to 10 on the eight buying criteria."),
        )
        context["attention"] = bars(
            [
                Bar(gap.criterion, float(gap.attention), beside=f"{gap.own} – {gap.best}")
                for gap in read.gaps
                if gap.attention
            ],
            title=_("Where to look first"),
            about=_("Attention: weight times how far the own offer stands behind the best."),
            heads=[_("Criterion"), _("Attention"), _("Own – best")],
        )
    return render(request, "ipd/appeals/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """Keep a new sheet."""
    product = entry(request, pk, ACT).product
    form = AppealsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = appeals.keep(product, by=request.user, **form.given())
        messages.success(request, _("Kept."))
        return redirect(row)
    status = 422 if form.errors else 200
    context = {"product": product, "form": form}
    return render(request, "ipd/appeals/new.html", context, status=status)
