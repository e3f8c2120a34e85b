"""Who presents or leads, with whom beside them; and what the mentor saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.models.presenters import PractisedAct
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text
from teams.forms.people import PersonField


class PresenterForm(SeenForm):
    """One act's person and mentor; `people` are those whose seats allow it."""

    act = forms.ChoiceField(choices=PractisedAct.choices, widget=forms.HiddenInput)
    person = forms.ChoiceField(label=_("Who"))
    mentor = PersonField(
        label=_("Certified mentor beside them"),
        required=False,
        help_text=_("Number, e-mail or whole name; blank when they are certified themselves."),
    )

    def __init__(self, *args, people, **more):
        super().__init__(*args, **more)
        self.people = {str(person.pk): person for person in people}
        self.fields["person"].choices = [(key, one.name) for key, one in self.people.items()]

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]


class CosignForm(OnceForm):
    note = long_text(
        _("What you saw"),
        rows=5,
        max_length=2000,
        help_text=_("How it was prepared, and how honest it was. The outcome does not count."),
    )
