"""What the lists of teams and people can be narrowed to; the address carries it."""

from django import forms
from django.utils.translation import gettext_lazy as _

EVERYTHING = ("", _("All"))


class ListFilter(forms.Form):
    """Every field is optional; a value that is none of its choices counts as not given."""

    q = forms.CharField(
        label=_("Name or number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, data, **choices):
        super().__init__(data, auto_id="filter-%s", use_required_attribute=False)
        for name, options in choices.items():
            self.fields[name].choices = [EVERYTHING, *options]

    def wanted(self) -> dict[str, str]:
        """The valid values, empty ones included."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class TeamFilter(ListFilter):
    kind = forms.ChoiceField(label=_("Kind"), required=False)


class PersonFilter(ListFilter):
    function = forms.ChoiceField(label=_("Function"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
