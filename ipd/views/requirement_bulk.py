"""Many requirements of a product changed at once from its list, and taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ipd.actions import requirement_bulk
from ipd.forms.requirement_cells import BulkForm
from ipd.kernel.access import Refused, require
from ipd.kernel.once import once
from ipd.models import Product, Requirement
from ipd.permissions import acts_of
from ipd.queries import requirements as queries
from ipd.views import ways_back
from ipd.views.requirements import visible_product


def _editable(request, pk) -> Product:
    product = visible_product(request, pk)
    require("edit_requirements" in acts_of(request.user, product))
    return product


def _back(request, product: Product):
    """To the list as it was filtered, whose address the form's own repeats."""
    return redirect(f"{queries.address(product)}?{request.GET.urlencode()}")


@require_POST
@once
def edit(request, pk):
    """Give the chosen requirements an owner, a release or a target at once."""
    product = _editable(request, pk)
    form = BulkForm(request.POST, product=product)
    asked = request.POST.getlist("chosen")[: requirement_bulk.MOST_AT_ONCE]
    chosen = [int(one) for one in asked if one.isdecimal() and len(one) < 13]
    rows = Requirement.objects.filter(product=product, pk__in=chosen)
    if not (form.is_valid() and rows):
        messages.warning(request, _("Choose requirements, and what they should get."))
        return _back(request, product)
    outcome = requirement_bulk.edit(rows, by=request.user, **form.values())
    if outcome.was:
        ways_back.keep(request, product, outcome)  # the list says it, beside the way back
    else:
        messages.warning(request, str(outcome))
    return _back(request, product)


@require_POST
@once
def undo(request, pk):
    """Take the last change of many back, as far as nobody changed its rows since."""
    product = _editable(request, pk)
    was = ways_back.take(request, product, request.POST.get("number", ""))
    if was is None:
        raise Refused(_("There is nothing to undo here any more."))
    outcome = requirement_bulk.undo(was, by=request.user)
    tone = messages.WARNING if outcome.kept else messages.SUCCESS
    messages.add_message(request, tone, str(outcome))
    return _back(request, product)
