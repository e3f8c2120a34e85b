"""Whose load is shown, and from which week on."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.filters import Filter, search_field
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


class LoadFilter(Filter):
    """People from this week on unless something else is asked for."""

    default = {"by": "people", "who": "", "q": "", "function": "", "site": "", "line": ""}

    by = forms.ChoiceField(label=_("Rows"), required=False, choices=ROWS)
    who = forms.ChoiceField(label=_("Whom"), required=False, choices=WHO)
    q = search_field(_("Name"), longest=60)
    function = forms.ChoiceField(label=_("Function"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    line = forms.ChoiceField(label=_("Product line"), required=False)
    first = WeekField(label=_("From the week of"), required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, functions, sites, lines):
        super().__init__(data, function=functions, site=sites, line=lines)


class WorkForm(forms.Form):
    """Which cell is opened: a person or a function, and a week."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    function = forms.CharField(required=False, max_length=12)
    week = WeekField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
