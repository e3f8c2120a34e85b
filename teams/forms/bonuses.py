"""What is said about a bonus round: its rules, its teams, and steps that need no words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text, short_text
from teams.calculations.bonuses import HEAVIEST
from teams.models import BonusRound, Kpi, Role


class MonthInput(forms.DateInput):
    input_type = "month"


def month_field(label, **options):
    """A month; its value is its first day."""
    widget = MonthInput(format="%Y-%m")
    return forms.DateField(label=label, input_formats=["%Y-%m"], widget=widget, **options)


def number_field(label, *, places=2, digits=16, **options):
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label, max_digits=digits, decimal_places=places, widget=widget, **options
    )


class RoundForm(OnceForm):
    """A round's rules; `version` is empty for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = short_text(_("Name"), longest=80)
    first_month = month_field(_("First month"))
    last_month = month_field(_("Last month"), help_text=_("Its readings are scored."))
    fund = number_field(_("Fund"), min_value=0)
    profit = number_field(
        _("Operating profit"),
        required=False,
        help_text=_("Below the threshold only its part of the fund is released."),
    )
    threshold = number_field(_("Threshold of the profit"), required=False, min_value=1)
    reserve = short_text(
        _("Reserve"), longest=120, help_text=_("What the amount is called that no team earned.")
    )
    appeal_days = forms.IntegerField(
        label=_("Days for appeals"), min_value=1, max_value=180, initial=14
    )

    def __init__(self, *args, row: BonusRound | None = None, **more):
        self.row = row
        super().__init__(*args, **more)

    @classmethod
    def fresh(cls, row: BonusRound):
        initial = {name: getattr(row, name) for name in FACTS}
        return cls(initial={**initial, "version": row.version}, row=row)

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        others = BonusRound.objects.filter(name=name)
        if self.row is not None:
            others = others.exclude(pk=self.row.pk)
        if others.exists():
            raise forms.ValidationError(_("Another round has this name."))
        return name

    def clean(self):
        given = super().clean()
        first, last = given.get("first_month"), given.get("last_month")
        if first and last and first > last:
            self.add_error("last_month", _("Not before the first month."))
        if (given.get("profit") is None) != (given.get("threshold") is None):
            self.add_error("threshold", _("A profit is held against a threshold: give both."))
        return given

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in FACTS}


FACTS = [name for name in RoundForm.base_fields if name not in ("key", "version")]


class PaidForm(OnceForm):
    """A KPI to pay for; one that is in the round already gets these figures."""

    kpi = forms.ModelChoiceField(label=_("KPI"), queryset=None)
    weight = forms.IntegerField(
        label=_("Weight in percent"), min_value=1, max_value=HEAVIEST, help_text=_("At most 30.")
    )
    floor = number_field(_("Floor"), places=4)
    target = number_field(_("Target"), places=4)
    stretch = number_field(_("Stretch"), places=4)
    centre = number_field(
        _("Centre"),
        places=4,
        required=False,
        help_text=_("Where near is best: floor, target and stretch are distances from it."),
    )

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["kpi"].queryset = Kpi.objects.active().filter(counts_in_pay=True)

    def clean(self):
        given = super().clean()
        floor, target, stretch = (given.get(name) for name in ("floor", "target", "stretch"))
        if None not in (floor, target, stretch) and not (
            floor < target <= stretch or floor > target >= stretch
        ):
            self.add_error("stretch", _("Floor, target and stretch rise, or all of them fall."))
        return given

    def scale(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("floor", "target", "stretch", "centre")}


class GradeForm(OnceForm):
    role = forms.ModelChoiceField(label=_("Role"), queryset=None)
    weight = number_field(_("Counts"), digits=4, min_value=0.1, max_value=10)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["role"].queryset = Role.objects.order_by("order", "code")


class TeamForm(OnceForm):
    """A team to take in; `teams` are those that the reader may see, by code."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=None)
    specialists = number_field(
        _("People without a seat"),
        digits=8,
        places=4,
        min_value=0,
        initial=0,
        help_text=_("FTE-years times grades of specialists who work for the team."),
    )
    stopped_early = short_text(
        _("Stopped early, because"),
        longest=300,
        required=False,
        help_text=_("Paid by its milestones instead of its score: a right No-go is not punished."),
    )

    def __init__(self, *args, teams, **more):
        super().__init__(*args, **more)
        self.fields["team"].queryset = teams


class StepForm(SeenForm):
    """Opens, reads again, signs: there is nothing to say."""


class TakeBackForm(SeenForm):
    reason = long_text(_("Why"), rows=2, max_length=400)
