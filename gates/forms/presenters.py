"""Who presents or leads, with whom beside them; and what the mentor saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.actions.presenters import person_named
from gates.models.presenters import PractisedAct
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text


class PresenterForm(SeenForm):
    """One act's person and mentor; `people` are those whose seats allow it."""

    act = forms.ChoiceField(choices=PractisedAct.choices, widget=forms.HiddenInput)
    person = forms.ChoiceField(label=_("Who"))
    mentor = forms.CharField(
        label=_("Certified mentor beside them"),
        required=False,
        max_length=254,
        help_text=_("E-mail address or number; blank when they are certified themselves."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, people, **more):
        super().__init__(*args, **more)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(key, one.name) for key, one in self.people.items()]

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]

    def clean_mentor(self):
        given = self.cleaned_data["mentor"].strip()
        if not given:
            return None
        found = person_named(given)
        if found is None:
            raise forms.ValidationError(_("Nobody has this address or number."))
        return found


class CosignForm(OnceForm):
    note = long_text(
        _("What you saw"),
        rows=5,
        max_length=2000,
        help_text=_("How it was prepared, and how honest it was. The outcome does not count."),
    )
