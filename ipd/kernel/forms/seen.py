"""What every form carries that changes something others may change meanwhile, and its fields."""

import uuid
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.access import Stale


class OnceForm(forms.Form):
    """A form that is carried out once, however often it is sent (see ipd.kernel.once)."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.initial = {"key": uuid.uuid4(), **self.initial}

    def given(self) -> dict:
        """The clean values without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class SeenForm(OnceForm):
    """Carries what its reader saw (`version`) beside the key.

    counter  the field of the row that counts its changes; actions call it `seen_…`
    """

    counter: ClassVar[str] = "version"

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, row, /, *, initial=None, **more):
        """An unbound form about a row as it stands."""
        return cls(initial={**(initial or {}), "version": getattr(row, cls.counter)}, **more)

    @classmethod
    def seen(cls, data) -> dict:
        """What the sender of a form without further fields saw, as actions take it."""
        form = cls(data)
        if not form.is_valid():
            raise Stale(_("The form did not say what it was drawn from. Please look again."))
        return form.given()

    def given(self) -> dict:
        """The clean values; the version as actions call it."""
        values = super().given()
        values[f"seen_{self.counter}"] = values.pop("version")
        return values


def long_text(label, *, rows=3, max_length=4000, **options):
    """Free text in a box, in whatever direction it is written."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=max_length, widget=widget, **options)


def short_text(label, *, longest=200, required=True, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def day_field(label, *, required=True, help_text="", initial=None):
    """A day picked in the browser's own calendar; its value is an ISO date."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a date as year-month-day, as 2026-11-22.")},
    )
