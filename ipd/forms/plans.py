"""What the plan page can be asked for; the address carries it, and nonsense asks for nothing."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.queries.plans import Wanted

TABLES = [
    ("dates", _("Dates")),
    ("estimates", _("Estimates")),
    ("logic", _("Logic")),
    ("progress", _("Progress")),
    ("chart", _("Chart only")),
]
SCALES = [("weeks", _("Weeks")), ("months", _("Months")), ("quarters", _("Quarters"))]
BASELINES = [
    ("current", _("Current baseline")),
    ("original", _("Original baseline")),
    ("none", _("No baseline")),
]
SHOWN = [
    ("", _("All activities")),
    ("critical", _("Critical only")),
    ("late", _("Late only")),
    ("milestones", _("Milestones and gates")),
]
LEVELS = [("", _("All levels")), ("1", _("1 level")), ("2", _("2 levels")), ("3", _("3 levels"))]
EVERY = {"function": _("All functions"), "owner": _("All owners")}
NOBODY = ("none", _("Nobody"))
MOST_CLOSED = 60


class PlanFilter(forms.Form):
    """Filters and looks of the plan; what is open or closed travels in `closed`."""

    q = forms.CharField(label=_("Activity"), max_length=60, required=False)
    show = forms.ChoiceField(label=_("Show"), required=False, choices=SHOWN)
    function = forms.ChoiceField(label=_("Function"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    levels = forms.ChoiceField(label=_("Outline"), required=False, choices=LEVELS)
    baseline = forms.ChoiceField(label=_("Baseline"), required=False, choices=BASELINES)
    table = forms.ChoiceField(required=False, choices=TABLES, widget=forms.HiddenInput)
    scale = forms.ChoiceField(required=False, choices=SCALES, widget=forms.HiddenInput)
    closed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, functions=None, owners=None):
        """Without lists to choose from (in a fragment) any short word may be asked for."""
        super().__init__(data, auto_id="plan-%s", use_required_attribute=False)
        looks = {"type": "search", "dir": "auto", "placeholder": _("Find an activity")}
        self.fields["q"].widget = forms.TextInput(attrs=looks)
        for name, found in (("function", functions), ("owner", owners)):
            if found is None:
                self.fields[name] = forms.CharField(max_length=30, required=False)
            else:
                more = [NOBODY] if name == "owner" else []
                self.fields[name].choices = [("", EVERY[name]), *more, *found]

    def clean_closed(self):
        """Numbers of closed summaries, joined by dots."""
        found = re.findall(r"\d{1,12}", self.cleaned_data["closed"])
        return tuple(dict.fromkeys(int(pk) for pk in found[:MOST_CLOSED]))

    def wanted(self) -> Wanted:
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["levels"] = int(given.get("levels", 0))
        return Wanted(**given)
