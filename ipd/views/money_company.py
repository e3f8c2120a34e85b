"""The company's money: earned value of the products a reader may see, and the books' months."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.actions import periods
from ipd.forms.money import ClosingForm
from ipd.kernel.access import Refused, require
from ipd.kernel.money import money
from ipd.kernel.once import once
from ipd.permissions.money import can_close_months
from ipd.queries import money_charts, money_company


@require_safe
def page(request):
    """Nobody is refused; whoever may see no product's money finds none here."""
    first = request.GET.get("first", "")
    first = int(first) if first.isdecimal() and len(first) < 7 else 0
    found = money_company.of(request.user, first=first)
    month = periods.next_to_close() if can_close_months(request.user) else None
    following = first + money_company.SHOWN
    context = {
        "company": found,
        "granted": True,  # only products whose money this reader may see were read
        "rows": [(row, money_charts.tone_of(row.value.cpi)) for row in found.rows],
        "restricted": money(None, "", granted=False),
        "following": following if following < found.count else None,
        "first": first,
        "month": month,
        "closing": ClosingForm(initial={"month": month}) if month else None,
    }
    return render(request, "ipd/money/company.html", context)


@require_POST
@once
def closing(request):
    require(can_close_months(request.user))
    form = ClosingForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say which month is closed."))
    period = periods.close(form.cleaned_data["month"], by=request.user)
    messages.success(request, _("The books of %(month)s are closed.") % {"month": period})
    return redirect("ipd:money-company")
