"""A $APPEALS sheet as it is typed: one grid of weights and scores."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, day_field, long_text, short_text
from ipd.models.requirement_words import BuyingCriterion

COMPETITORS = 3


def _score(label, *, required):
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=1,
        max_value=10,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class AppealsForm(OnceForm):
    """Weights in percent; up to three competitors, each scored whole or left out."""

    segment = short_text(lazy("Segment"), longest=120)
    on = day_field(lazy("As of"), initial=today)
    customers = forms.IntegerField(
        label=lazy("Customers asked"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=lazy("Below three it is shown as an internal opinion."),
    )
    note = long_text(lazy("Note"), required=False, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, COMPETITORS + 1):
            self.fields[f"name_{number}"] = short_text(
                _("Competitor %(number)d") % {"number": number}, longest=120, required=False
            )
        for value, label in BuyingCriterion.choices:
            self.fields[f"weight_{value}"] = forms.DecimalField(
                label=_("Weight of %(criterion)s, percent") % {"criterion": label},
                min_value=0,
                max_value=100,
                max_digits=4,
                decimal_places=1,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
            )
            self.fields[f"own_{value}"] = _score(
                _("Own score for %(criterion)s") % {"criterion": label}, required=True
            )
            for number in range(1, COMPETITORS + 1):
                told = {"criterion": label, "number": number}
                self.fields[f"score_{number}_{value}"] = _score(
                    _("Competitor %(number)d, score for %(criterion)s") % told, required=False
                )

    @property
    def head_fields(self):
        return [self[name] for name in ("segment", "on", "customers", "note")]

    @property
    def names(self):
        return [self[f"name_{number}"] for number in range(1, COMPETITORS + 1)]

    @property
    def grid(self):
        """Rows of the grid: the criterion's name, then weight, own and competitors' fields."""
        for value, label in BuyingCriterion.choices:
            scores = [self[f"score_{number}_{value}"] for number in range(1, COMPETITORS + 1)]
            yield label, [self[f"weight_{value}"], self[f"own_{value}"], *scores]

    def clean(self):
        values = super().clean()
        total = sum(values.get(f"weight_{name}") or 0 for name in BuyingCriterion.values)
        if not self.errors and total != 100:
            raise ValidationError(
                _("The weights sum to %(total)s %%; they have to sum to 100 %%.")
                % {"total": total.normalize() if total else 0}
            )
        for number in range(1, COMPETITORS + 1):
            scores = [values.get(f"score_{number}_{name}") for name in BuyingCriterion.values]
            if values.get(f"name_{number}") and None in scores:
                self.add_error(f"name_{number}", _("Score it on all eight criteria."))
            elif any(scores) and not values.get(f"name_{number}"):
                self.add_error(f"name_{number}", _("Name the offer that is scored here."))
        return values

    def given(self):
        """As `keep` takes it."""
        values = self.cleaned_data
        every = BuyingCriterion.values
        return {
            **{name: values[name] for name in ("segment", "on", "customers", "note")},
            "weights": {name: values[f"weight_{name}"] / Decimal(100) for name in every},
            "own": {name: values[f"own_{name}"] for name in every},
            "competitors": {
                values[f"name_{number}"]: {name: values[f"score_{number}_{name}"] for name in every}
                for number in range(1, COMPETITORS + 1)
                if values[f"name_{number}"]
            },
        }
