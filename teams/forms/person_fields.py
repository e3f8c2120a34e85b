"""A person typed by number or e-mail: no list of everybody, in a company of any size."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models import Person


class PersonField(forms.CharField):
    """Its value is an active Person.

    among  narrows whom may be named, as a queryset or a function that gives one
    """

    default_error_messages = {
        "unknown": _("Nobody here has this number or e-mail, as L01 or name@company.example."),
        "not_among": _("%(person)s cannot be named here."),
    }

    def __init__(self, *, among=None, **options):
        options.setdefault("max_length", 254)
        options.setdefault("help_text", _("Number or e-mail."))
        super().__init__(**options)
        self.among = among

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return None
        person = Person.objects.filter(
            Q(code__iexact=text) | Q(email__iexact=text), is_active=True
        ).first()
        if person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        among = self.among() if callable(self.among) else self.among
        if among is not None and not among.filter(pk=person.pk).exists():
            told = {"person": person}
            raise forms.ValidationError(
                self.error_messages["not_among"], code="not_among", params=told
            )
        return person
