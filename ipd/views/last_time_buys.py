"""The last-time buy calculator: what if, by address; kept, by a form."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ipd.actions import last_time_buys
from ipd.calculations.supply import carrying_cost
from ipd.forms.supply import KeepForm, LastTimeBuyForm
from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.money import money
from ipd.kernel.once import once
from ipd.models import Part
from ipd.models.where_used import products_of
from ipd.queries import exposures
from ipd.views.parts import visible

HORIZON = 24
START = {"scrap_percent": 2, "sigma": 0, "service": 95, "yearly_percent": 8, "unit_cost": 0}


def _planned(part: Part) -> list[int]:
    """The part's planned demand from this month on, month by month."""
    rows = part.demand.filter(month__gte=today().replace(day=1)).order_by("month")
    return [production + spares for production, spares in rows.values_list("production", "spares")]


def _monthly(planned: list[int], given: dict) -> list[int]:
    """Demand of each month of the horizon: typed, or planned with nothing after its end."""
    months, each = given["months"], given["per_month"]
    if each is not None:
        return [each] * months
    return (planned + [0] * months)[:months]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def page(request, pk):
    """Try with GET, keep with POST; only who may change the product's supply keeps one."""
    part = visible(request, pk)
    needed = products_of([part.pk]).get(part.pk, set())
    seen = exposures.sight(request.user, needed)
    mine = [product for product in seen.products.values() if product.may_edit]
    planned = _planned(part)
    if request.method == "POST":
        require(bool(mine))
        form = KeepForm(request.POST, products=mine)
        if form.is_valid():
            given = form.cleaned_data
            record = last_time_buys.keep(
                part,
                given["product"],
                monthly=_monthly(planned, given),
                inputs=form.inputs(),
                note=given["note"],
                by=request.user,
            )
            messages.success(request, _("Kept: %(n)d pieces.") % {"n": record.quantity})
            return redirect(record)
        return _page(request, part, mine, planned, form)
    start = START | {
        "months": len(planned) or HORIZON,
        "stock": part.stock,
        "on_order": part.on_order,
        "pack": part.pack_size,
    }
    if not planned and part.weekly_demand:
        start["per_month"] = round(part.weekly_demand * 52 / 12)
    tried = start | {name: request.GET[name] for name in request.GET}
    form = LastTimeBuyForm(tried, auto_id="try_%s")
    return _page(request, part, mine, planned, form)


def _page(request, part, mine, planned, form):
    found, cost, beyond = None, None, 0
    if form.is_valid():
        given = form.cleaned_data
        monthly = _monthly(planned, given)
        found = last_time_buys.compute(monthly, given)
        cost = carrying_cost(
            monthly,
            quantity=found.quantity + given["stock"] + given["on_order"],
            unit_cost=given["unit_cost"],
            yearly_percent=given["yearly_percent"],
        )
        beyond = len(monthly) // 12
    keeping = isinstance(form, KeepForm)
    context = {
        "part": part,
        "product": part.product,
        "form": form,
        "found": found,
        "price": None
        if found is None
        else money(found.quantity * given["unit_cost"], settings.CURRENCY, granted=True),
        "carrying": money(cost, settings.CURRENCY, granted=True),
        "years": beyond,
        "planned": len(planned),
        "mine": mine,
        "keep": form
        if keeping
        else KeepForm(initial=form.data, products=mine)
        if mine and found
        else None,
    }
    status = 422 if keeping and form.errors else 200
    return render(request, "ipd/parts/last_time_buy.html", context, status=status)
