"""What people say about a condition, and how they look for one."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.models.conditions import ConditionState
from ipd.forms.lines import line_field
from ipd.kernel.forms.filters import Filter, search_field


class SeenForm(forms.Form):
    """Carries what its reader saw (`version`), and a key so that it is carried out once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, condition):
        return cls(
            initial={"key": uuid.uuid4(), "version": condition.version},
            auto_id=f"{cls.__name__.lower()}_%s",
        )


def note_field(label, *, required=True, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AcceptForm(SeenForm):
    pass


class SubmitForm(SeenForm):
    note = note_field(
        _("How it was met"), help_text=_("Name the report or the link that shows it.")
    )


class VerifyForm(SeenForm):
    note = note_field(_("Remark"), required=False)


class RejectForm(SeenForm):
    note = note_field(_("What is missing"))


class ExtendForm(SeenForm):
    due_on = forms.DateField(
        label=_("New due date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = note_field(_("Why more time is given"))


class WaiveForm(SeenForm):
    reason = note_field(_("Why the condition can go"))


class CountersignForm(SeenForm):
    """The second signature: the reason stands already."""

    reason = note_field(_("Remark"), required=False)


class WithdrawForm(SeenForm):
    pass


class ConditionFilter(Filter):
    default = {"state": "unsettled", "whose": "all"}

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("unsettled", _("Not settled")),
            ("overdue", _("Overdue")),
            *ConditionState.choices,
            ("all", _("All")),
        ],
    )
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("all", _("Everybody's")), ("mine", _("Mine"))]
    )
    line = line_field()
    q = search_field()
