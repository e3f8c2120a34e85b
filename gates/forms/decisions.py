"""How people look for a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.queries.decisions import Choices
from ipd.forms.lines import line_field
from ipd.kernel.forms.filters import Filter, search_field


class DecisionFilter(Filter):
    q = search_field()
    chain = forms.ChoiceField(label=_("Kind"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    line = line_field()
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    dissent = forms.BooleanField(label=_("With dissent"), required=False)

    def __init__(self, data, *, choices: Choices):
        years = [(year, year) for year in choices.years]
        super().__init__(data, chain=choices.chains, outcome=choices.outcomes, year=years)
