"""The assumptions of a business case, estimates, and the final account."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.models import BusinessCase, FinalAccount, Product
from ipd.models.cases import EstimateMethod


def amount(label, **more):
    return forms.DecimalField(
        label=label,
        **{"max_digits": 16, "decimal_places": 2, "min_value": 0, **more},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _plain(value):
    """A figure without the zeros behind it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class StepForm(SeenForm):
    """Accepts or gives up a draft as it was seen."""

    counter = "revision"


class CaseForm(SeenForm):
    """What the flows rest on; the flows themselves are the sheet's."""

    counter = "revision"

    on = day_field(_("As of"))
    gate = short_text(_("For which gate or change"), longest=40, required=False)
    hurdle_rate = amount(_("Hurdle rate, percent a year"), max_value=100)
    unit_cost = amount(_("Unit cost"), required=False)
    price = amount(_("Price per unit"), required=False)
    volume = forms.IntegerField(
        label=_("Units a year"), required=False, min_value=0, max_value=100_000_000
    )
    delay_cost = amount(
        _("What six months more cost"),
        required=False,
        help_text=_("With it, the case half a year late is computed from the base case."),
    )
    note = long_text(_("What it rests on"), required=False)

    @classmethod
    def fresh(cls, row: BusinessCase, **more):
        initial = {name: _plain(getattr(row, name)) for name in FACTS}
        return super().fresh(row, initial=initial, **more)

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in FACTS}

    @property
    def rows(self):
        """The short fields, which stand beside each other."""
        return [self[name] for name in FACTS if name != "note"]


FACTS = [name for name in CaseForm.base_fields if name not in SeenForm.base_fields]


class EstimateForm(OnceForm):
    """Development cost as a range, at a gate that has none yet."""

    gate = short_text(_("Gate"), longest=40)
    on = day_field(_("Day"), initial=today)
    low = amount(_("At least"), min_value=1)
    likely = amount(_("Likely"), min_value=1)
    high = amount(_("At most"), min_value=1)
    method = forms.ChoiceField(label=_("How it was made"), choices=EstimateMethod)

    def __init__(self, *args, product: Product, **more):
        super().__init__(*args, **more)
        self.product = product

    def clean_gate(self):
        gate = self.cleaned_data["gate"].strip()
        if self.product.estimates.filter(gate=gate).exists():
            raise forms.ValidationError(_("This gate has its estimate: it stays as it was."))
        return gate

    def clean(self):
        given = super().clean()
        values = [given.get(name) for name in ("low", "likely", "high")]
        if None not in values and values != sorted(values):
            raise forms.ValidationError(_("At least ≤ likely ≤ at most."))
        return given


class FinalAccountForm(OnceForm):
    """Closes the calculations: budget and actual are the books', the rest is judgement."""

    on = day_field(_("Day"), initial=today)
    estimate = amount(_("Estimate it is held against"), min_value=1)
    lessons = long_text(_("Why it came so, and what the next estimate takes from it"), rows=5)


def final_account_of(product: Product) -> FinalAccount | None:
    return FinalAccount.objects.filter(product=product).select_related("by").first()
