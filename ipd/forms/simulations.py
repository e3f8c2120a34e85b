"""What people ask of a simulation, and of what would be otherwise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.actions.simulations import Wanted
from ipd.calculations.what_ifs import REMOVED, SHORTENED, SPLIT
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, day_field
from ipd.models.simulations import Bounds, Shape

LARGEST_SEED = 2**53 - 1
KINDS = [
    (SHORTENED, _("took less time")),
    (SPLIT, _("were shared with others working beside it")),
    (REMOVED, _("were not needed")),
]


class RunForm(OnceForm):
    """The simulation's settings. The seed makes it repeatable: the same seed, the same result."""

    runs = forms.IntegerField(
        label=_("Runs"),
        min_value=200,
        max_value=50_000,
        initial=5000,
        help_text=_("5,000 tell P80 to about a quarter of a day."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_("The same seed and plan give the same result."),
    )
    shape = forms.ChoiceField(label=_("Distribution"), choices=Shape, initial=Shape.OWN)
    bounds = forms.ChoiceField(
        label=_("Read least and most"),
        choices=Bounds,
        initial=Bounds.LIMITS,
        help_text=_("What people call least and most is usually too narrow."),
    )
    rho = forms.FloatField(
        label=_("Correlation of all"),
        min_value=0,
        max_value=0.95,
        initial=0.3,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
        help_text=_("0 hides days: everything rarely goes wrong alone."),
    )
    rho_group = forms.FloatField(
        label=_("Within a group"),
        min_value=0,
        max_value=0.95,
        initial=0.6,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
        help_text=_("The same team, supplier or technology."),
    )
    with_risks = forms.BooleanField(
        label=_("With the open risks of the register"),
        required=False,
        help_text=_("Risks that drive several activities correlate them as well."),
    )
    contract_on = day_field(_("Contract date"), required=False)

    @classmethod
    def fresh(cls, *, contract_on, seed=None):
        """A form to start from: today as the seed, unless an earlier one is to be compared."""
        return cls(
            initial={
                "seed": seed if seed is not None else int(f"{today():%Y%m%d}"),
                "contract_on": contract_on,
            }
        )

    def clean(self):
        cleaned = super().clean()
        rho, within = cleaned.get("rho"), cleaned.get("rho_group")
        if rho is not None and within is not None and within < rho:
            self.add_error("rho_group", _("Within a group it is at least that of all."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        return Wanted(**{name: self.cleaned_data[name] for name in Wanted.__dataclass_fields__})


class WhatIfForm(OnceForm):
    """One activity changed, everything else and its luck as before."""

    activity = forms.ChoiceField(label=_("Activity"))
    kind = forms.ChoiceField(label=_("It"), choices=KINDS)
    percent = forms.IntegerField(
        label=_("By percent"), min_value=1, max_value=95, initial=50, required=False
    )

    def __init__(self, *args, activities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [
            (row.code, f"{row.code} {row.name}") for row in activities
        ]

    def clean_percent(self):
        return self.cleaned_data["percent"] or 50
