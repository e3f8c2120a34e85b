"""What the portfolio can be narrowed to, sorted and grouped by; the address carries it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.models.products import ProductStatus
from ipd.queries.portfolio import STATES

SORTS = {
    "gate": _("Next gate"),
    "name": _("Name"),
    "state": _("State"),
    "debt": _("Decision debt"),
}
GROUPS = {"line": _("Product line")}


class PortfolioFilter(forms.Form):
    """Every field is optional; a value that is none of its choices counts as not given."""

    q = forms.CharField(label=_("Code or name"), max_length=60, required=False)
    line = forms.ChoiceField(label=_("Product line"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=list(SORTS.items()))
    group = forms.ChoiceField(label=_("Group by"), required=False)

    def __init__(self, data, *, lines, phases):
        super().__init__(data, auto_id="filter-%s", use_required_attribute=False)
        everything = [("", _("All"))]
        self.fields["line"].choices = everything + list(lines)
        self.fields["phase"].choices = everything + list(phases)
        self.fields["status"].choices = everything + list(ProductStatus.choices)
        self.fields["state"].choices = everything + list(STATES.items())
        self.fields["group"].choices = [("", _("Nothing")), *GROUPS.items()]
        self.fields["q"].widget.input_type = "search"

    def wanted(self) -> dict[str, str]:
        """The valid values; the order of dates unless another is asked for."""
        self.is_valid()
        return {"sort": "gate", **{name: v for name, v in self.cleaned_data.items() if v}}
