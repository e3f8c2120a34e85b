"""What the portfolio can be narrowed to, sorted and grouped by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter, search_field
from ipd.models.products import ProductStatus
from ipd.queries.portfolio import STATES

SORTS = {
    "gate": _("Next gate"),
    "name": _("Name"),
    "state": _("State"),
    "debt": _("Decision debt"),
}
GROUPS = {"line": _("Product line")}


class PortfolioFilter(Filter):
    """The order of dates unless another is asked for."""

    default = {"sort": "gate"}

    q = search_field(_("Code or name"), longest=60)
    line = forms.ChoiceField(label=_("Product line"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=list(SORTS.items()))
    group = forms.ChoiceField(
        label=_("Group by"), required=False, choices=[("", _("Nothing")), *GROUPS.items()]
    )

    def __init__(self, data, *, lines, phases):
        super().__init__(
            data, line=lines, phase=phases, status=ProductStatus.choices, state=STATES.items()
        )
