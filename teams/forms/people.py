"""A field that names a person: by number, by e-mail, or by a name that only one has."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.models import Person

HELP = _("Number, e-mail or whole name.")


def find(text: str) -> Person | None:
    """The person of that number, e-mail or name; None where there is none, or more than one."""
    people = Person.objects.filter(is_active=True)
    for found in (
        people.filter(code__iexact=text),
        people.filter(email__iexact=text),
        people.filter(name__iexact=text),
    ):
        rows = list(found[:2])
        if rows:
            return rows[0] if len(rows) == 1 else None
    return None


class PersonField(forms.CharField):
    """Its value is an active person, or None where it is blank.

    among  narrows whom may be named, as a queryset or a function that gives one
    """

    default_error_messages = {
        "unknown": _("Nobody has this number, e-mail or name, or several have."),
        "not_among": _("%(person)s cannot be named here."),
    }

    def __init__(self, *, label, required=True, help_text=HELP, among=None):
        widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        super().__init__(
            label=label, required=required, help_text=help_text, max_length=254, widget=widget
        )
        self.among = among

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        person = find(text)
        if person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        among = self.among() if callable(self.among) else self.among
        if among is not None and not among.filter(pk=person.pk).exists():
            told = {"person": person.name}
            raise forms.ValidationError(
                self.error_messages["not_among"], code="not_among", params=told
            )
        return person

    def prepare_value(self, value):
        return value.code if isinstance(value, Person) else value
