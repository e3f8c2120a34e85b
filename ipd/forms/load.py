"""Whose load is shown, and from which week on."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.queries.load import monday

ROWS = [("people", _("People")), ("functions", _("Functions"))]
WHO = [("", _("With work")), ("all", _("Everybody"))]
FARTHEST = timedelta(days=3660)


class WeekField(forms.DateField):
    """The Monday of the week a day lies in; this week when it says nothing readable."""

    def clean(self, value):
        try:
            day = super().clean(value)
        except forms.ValidationError:
            day = None
        now = monday(today())
        return monday(day) if day and abs(day - now) < FARTHEST else now


class LoadFilter(forms.Form):
    """Every field is optional; a value that is none of its choices counts as not given."""

    by = forms.ChoiceField(label=_("Rows"), required=False, choices=ROWS)
    who = forms.ChoiceField(label=_("Whom"), required=False, choices=WHO)
    q = forms.CharField(label=_("Name"), required=False, max_length=60, widget=forms.SearchInput)
    function = forms.ChoiceField(label=_("Function"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    line = forms.ChoiceField(label=_("Product line"), required=False)
    first = WeekField(label=_("From the week of"), required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, functions, sites, lines):
        super().__init__(data, auto_id="load-%s", use_required_attribute=False)
        choices = {"function": functions, "site": sites, "line": lines}
        for name, found in choices.items():
            self.fields[name].choices = [("", _("All")), *found]

    def wanted(self) -> dict:
        """The valid values; people from this week on unless something else is asked for."""
        self.is_valid()
        empty = {"by": "people", "who": "", "q": "", "function": "", "site": "", "line": ""}
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {**empty, "first": monday(today()), **found}


class WorkForm(forms.Form):
    """Which cell is opened: a person or a function, and a week."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    function = forms.CharField(required=False, max_length=12)
    week = WeekField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
