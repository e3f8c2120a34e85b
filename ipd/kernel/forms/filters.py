"""What a list can be narrowed to; the address carries it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class Filter(forms.Form):
    """Every field is optional; a value that is none of its choices counts as not given.

    default  what is wanted where nothing (valid) is asked for
    """

    default: ClassVar[dict[str, Any]] = {}

    def __init__(self, data, **choices):
        super().__init__(data, auto_id="filter-%s", use_required_attribute=False)
        for name, options in choices.items():
            self.fields[name].choices = [("", _("All")), *options]

    def wanted(self) -> dict[str, Any]:
        """The valid values that were given, and the defaults."""
        self.is_valid()
        return self.default | {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.data.get(name) for name in self.fields)


def search_field(label="", longest=100):
    return forms.CharField(
        label=label or _("Search"), required=False, max_length=longest, widget=forms.SearchInput
    )
