"""What people say about a condition, and how they look for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.models.conditions import ConditionState
from ipd.forms.lines import line_field
from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import SeenForm, day_field, long_text


class AcceptForm(SeenForm):
    pass


class SubmitForm(SeenForm):
    note = long_text(_("How it was met"), help_text=_("Name the report or the link that shows it."))


class VerifyForm(SeenForm):
    note = long_text(_("Remark"), required=False)


class RejectForm(SeenForm):
    note = long_text(_("What is missing"))


class ExtendForm(SeenForm):
    due_on = day_field(_("New due date"))
    reason = long_text(_("Why more time is given"))


class WaiveForm(SeenForm):
    reason = long_text(_("Why the condition can go"))


class CountersignForm(SeenForm):
    """The second signature: the reason stands already."""

    reason = long_text(_("Remark"), required=False)


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
