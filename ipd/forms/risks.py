"""What people say about a risk, and how they look for one."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ipd.forms.lines import line_field
from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import OnceForm
from ipd.models import Risk
from ipd.models.risks import Category, RiskState
from ipd.queries import rates
from teams.models import Person

DAYS = ("days_low", "days_likely", "days_high")
COSTS = ("cost_low", "cost_likely", "cost_high")


def rising(form: forms.Form, names: tuple[str, ...]) -> None:
    """Three points rise; an error stands at the first that does not."""
    values = [form.cleaned_data.get(name) for name in names]
    for name, before, after in zip(names[1:], values, values[1:], strict=False):
        if before is not None and after is not None and after < before:
            form.add_error(name, _("Not below the one before it."))
            return


class EstimateForm(forms.ModelForm):
    """How a risk is seen: in the row of the list, and as part of the whole form."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Asked for when it occurs or is closed."),
    )

    class Meta:
        model = Risk
        fields = ["probability_percent", *DAYS, "state"]
        labels = {
            "probability_percent": _("Probability in percent"),
            "days_low": _("Working days, least"),
            "days_likely": _("likely"),
            "days_high": _("most"),
            "state": _("State"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"key": uuid.uuid4(), "version": self.instance.version}
        self.fields["probability_percent"].max_value = 100
        self.fields["probability_percent"].widget.attrs["max"] = 100
        for name in DAYS:
            self.fields[name].widget.attrs["max"] = 5000

    def clean(self):
        cleaned = super().clean()
        percent = cleaned.get("probability_percent")
        if percent is not None and percent > 100:
            self.add_error("probability_percent", _("At most 100 percent."))
        if (cleaned.get("days_high") or 0) > 5000:
            self.add_error("days_high", _("At most 5,000 working days."))
        rising(self, DAYS)
        return cleaned

    def validate_constraints(self):
        """The action says what the database would refuse."""

    @property
    def given(self) -> dict:
        """What an action takes: fields of the risk, and the note."""
        left_out = {"key", "version"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class RiskForm(EstimateForm):
    """All of a risk. Without the grant for money its costs are neither shown nor touched."""

    class Meta(EstimateForm.Meta):
        fields = [
            *("title", "category", "cause", "event", "effect"),
            *EstimateForm.Meta.fields,
            *(*COSTS, "currency"),
            *("owner", "response", "response_text", "due_on"),
        ]
        labels = EstimateForm.Meta.labels | {
            "title": _("Risk"),
            "category": _("Category"),
            "cause": _("Because of"),
            "event": _("it may happen that"),
            "effect": _("with the effect that"),
            "cost_low": _("Cost, least"),
            "cost_likely": _("likely"),
            "cost_high": _("most"),
            "owner": _("Owner"),
            "response": _("Response"),
            "response_text": _("What is done about it"),
            "due_on": _("Done by"),
        }
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{
                name: forms.Textarea(attrs={"rows": 2, "dir": "auto"})
                for name in ("cause", "event", "effect", "response_text")
            },
        }

    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("Added up in the company's at the budget rate of the day.")
    )

    def __init__(self, *args, granted=False, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        owners = Person.objects.filter(pk__in=people)
        self.fields["owner"].queryset = owners.order_by("name", "code")
        self.fields["owner"].empty_label = _("Nobody")
        if self.instance.pk is None:
            del self.fields["state"]
            del self.fields["note"]
        if granted:
            codes = dict.fromkeys([*rates.known(), self.instance.currency])
            self.fields["currency"].choices = [(code, code) for code in codes]
        else:
            for name in (*COSTS, "currency"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if COSTS[0] in self.fields:
            given = [cleaned.get(name) for name in COSTS]
            if any(value is None for value in given) and any(value is not None for value in given):
                raise ValidationError(_("Give all three costs, or none."))
            if any(value is not None and value < 0 for value in given):
                raise ValidationError(_("A cost is not below zero."))
            rising(self, COSTS)
        return cleaned


class DriverForm(OnceForm):
    """An activity of the plan, and by how much the risk multiplies its duration."""

    activity = forms.ChoiceField(label=_("Activity"))
    low = forms.DecimalField(label=_("Times, least"), min_value=0, max_value=20, initial=1)
    likely = forms.DecimalField(label=_("likely"), min_value=0, max_value=20, initial="1.5")
    high = forms.DecimalField(label=_("most"), min_value=0, max_value=20, initial=2)

    def __init__(self, *args, activities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [(code, f"{code} {name}") for code, name in activities]
        for name in ("low", "likely", "high"):
            self.fields[name].widget.attrs["step"] = "0.05"

    def clean(self):
        cleaned = super().clean()
        rising(self, ("low", "likely", "high"))
        return cleaned


class RiskFilter(Filter):
    """The company's list."""

    default = {"state": RiskState.OPEN, "whose": "all"}

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*RiskState.choices, ("all", _("All"))]
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("All")), *Category.choices]
    )
    line = line_field()
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("all", _("Everybody's")), ("mine", _("Mine")), ("none", _("Nobody's"))],
    )
    q = search_field()
