"""Keeping a baseline, and what its comparison shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

SHOWN = [
    ("all", _("All activities")),
    ("moved", _("Moved since the original")),
    ("later", _("Finishing later")),
    ("new", _("New since the original")),
]


class KeepForm(forms.Form):
    """What it is kept for; `version` is the plan that was seen."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=120)
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("A gate or a change request.")
    )


class ComparisonForm(forms.Form):
    """Which rows of the comparison are shown; nonsense shows all."""

    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)

    def wanted(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("show") or "all"
