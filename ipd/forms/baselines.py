"""Keeping a baseline, and what its comparison shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import SeenForm

SHOWN = [
    ("all", _("All activities")),
    ("moved", _("Moved since the original")),
    ("later", _("Finishing later")),
    ("new", _("New since the original")),
]


class KeepForm(SeenForm):
    """What it is kept for; what was seen is the plan."""

    name = forms.CharField(label=_("Name"), max_length=120)
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("A gate or a change request.")
    )


class ComparisonFilter(Filter):
    """Which rows of the comparison are shown."""

    default = {"show": "all"}

    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
