"""How people look for a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.queries.decisions import Choices
from ipd.models import ProductLine


class DecisionFilter(forms.Form):
    """The register's filters; a value that is none of the choices is passed over."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.SearchInput)
    chain = forms.ChoiceField(label=_("Kind"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    line = forms.ModelChoiceField(
        label=_("Product line"),
        required=False,
        queryset=ProductLine.objects.all(),
        to_field_name="code",
        empty_label=_("All lines"),
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    dissent = forms.BooleanField(label=_("With dissent"), required=False)

    def __init__(self, data, *, choices: Choices):
        super().__init__(data)
        self.fields["chain"].choices = [("", _("All kinds")), *choices.chains]
        self.fields["outcome"].choices = [("", _("All outcomes")), *choices.outcomes]
        self.fields["year"].choices = [("", _("All years")), *((y, y) for y in choices.years)]
