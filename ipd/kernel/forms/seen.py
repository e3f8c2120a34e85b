"""What every form carries that changes something others may change meanwhile."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class OnceForm(forms.Form):
    """A form that is carried out once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def given(self) -> dict:
        """The clean values without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class SeenForm(OnceForm):
    """Carries what its reader saw (`version`) beside the key."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, row, **more):
        """An unbound form about a row as it stands."""
        return cls(initial={"version": row.version}, **more)

    def given(self) -> dict:
        """The clean values; the version as actions call it."""
        values = super().given()
        values["seen_version"] = values.pop("version")
        return values


def long_text(label, *, required=True, help_text="", rows=3):
    """Free text in a box, in whatever direction it is written."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def short_text(label, *, longest=200, required=True, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def day_field(label, *, required=True, help_text="", initial=None):
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date as year-month-day, as 2026-11-22.")},
    )
