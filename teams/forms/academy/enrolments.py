"""Getting onto a path, and off it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm
from teams.forms.people import PersonField


class JoinForm(OnceForm):
    """Wait for a place on a path; the manager may be named later, too."""

    path = forms.ModelChoiceField(label=_("Path"), queryset=None, empty_label=None)
    manager = PersonField(
        label=_("Your manager"),
        required=False,
        help_text=_("Number, e-mail or whole name; agrees to your development plan."),
    )

    def __init__(self, *args, paths, person, **more):
        super().__init__(*args, **more)
        self.fields["path"].queryset = paths
        self.person = person

    def clean_manager(self):
        manager = self.cleaned_data["manager"]
        if manager == self.person:
            raise forms.ValidationError(_("Nobody manages themselves: name somebody else."))
        return manager


class WithdrawForm(SeenForm):
    """There is nothing to say."""


class ManagerForm(SeenForm):
    manager = PersonField(label=_("Manager"), required=False)
