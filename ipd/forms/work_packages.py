"""What people enter about work packages and their progress."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.forms.money import amount_field, functions
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, day_field
from ipd.models.work_packages import Rule
from ipd.queries import rates


class WorkPackageForm(OnceForm):
    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=200)
    function = forms.ModelChoiceField(label=_("Function"), queryset=None, required=False)
    planned_start = day_field(_("Planned start"))
    planned_finish = day_field(_("Planned finish"))
    value = amount_field(_("Planned value"))
    currency = forms.ChoiceField(label=_("Currency"))
    rule = forms.ChoiceField(label=_("Earned"))

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["function"].queryset = functions()
        self.fields["currency"].choices = [(code, code) for code in rates.known()]
        self.fields["rule"].choices = Rule.choices


class ProgressForm(OnceForm):
    on = day_field(_("Day"), initial=today)
    percent = forms.IntegerField(label=_("Percent"), min_value=0, max_value=100)
    note = forms.CharField(label=_("What shows it"), max_length=300, required=False)
