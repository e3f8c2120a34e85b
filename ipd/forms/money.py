"""What people enter about money: orders, draws, transfers, parts of a budget."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm, long_text
from ipd.models import Phase, Product
from ipd.models.money import CostType
from ipd.queries import rates
from teams.models import Function

SPENT_ON = [choice for choice in CostType.choices if choice[0] != CostType.RESERVE]
PARTS = 8  # rows for parts of a movement at a time


def amount_field(label="", **options):
    label = label or _("Amount")
    return forms.DecimalField(label=label, max_digits=16, decimal_places=2, min_value=0, **options)


def functions():
    return Function.objects.order_by("code")


class OrderForm(OnceForm):
    """A purchase order; its day is today, its authority that of who sends the form."""

    reference = forms.CharField(label=_("Order number"), max_length=60)
    supplier = forms.CharField(label=_("Supplier"), max_length=120, required=False)
    part = forms.CharField(label=_("Part"), max_length=60, required=False)
    purpose = forms.CharField(label=_("For what"), max_length=300)
    amount = amount_field()
    currency = forms.ChoiceField(label=_("Currency"))
    function = forms.ModelChoiceField(label=_("Function"), queryset=None)
    cost_type = forms.ChoiceField(label=_("Cost type"), choices=SPENT_ON, initial=CostType.NRE)
    phase = forms.ModelChoiceField(
        label=_("Phase"),
        queryset=None,
        help_text=_("Money of a later phase is released by its gate."),
    )
    resolution = forms.CharField(
        label=_("Resolution of the body"),
        max_length=200,
        required=False,
        help_text=_("Only where the amount is above what a person may commit."),
    )

    def __init__(self, *args, product: Product, **more):
        super().__init__(*args, **more)
        self.fields["function"].queryset = functions()
        self.fields["currency"].choices = [(code, code) for code in rates.known()]
        phases = Phase.objects.filter(process=product.process_id, order__lte=product.phase.order)
        self.fields["phase"].queryset = phases.order_by("-order")
        self.fields["phase"].initial = product.phase_id


class ReserveForm(OnceForm):
    risk = forms.CharField(
        label=_("Risk"),
        max_length=120,
        help_text=_("Number and name, as in the register."),
        widget=forms.TextInput(attrs={"list": "open-risks", "autocomplete": "off", "dir": "auto"}),
    )
    amount = amount_field(help_text=_("In the company's currency."))
    function = forms.ModelChoiceField(label=_("Function"), queryset=None)
    cost_type = forms.ChoiceField(label=_("Cost type"), choices=SPENT_ON)
    reason = long_text(_("Why"), max_length=300, rows=2)
    resolution = forms.CharField(label=_("Resolution of the body"), max_length=150, required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["function"].queryset = functions()


class TransferForm(OnceForm):
    taker = forms.ModelChoiceField(label=_("To the product"), queryset=None)
    amount = amount_field(help_text=_("In the company's currency."))
    cause = forms.CharField(
        label=_("Cause"), max_length=120, help_text=_("The board's item or decision; used once.")
    )
    reason = long_text(_("Why"), max_length=500, rows=2)

    def __init__(self, *args, takers, **more):
        super().__init__(*args, **more)
        self.fields["taker"].queryset = takers


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self):
        super().__init__(format="%Y-%m")


def month_field(label, **options):
    return forms.DateField(label=label, input_formats=["%Y-%m"], widget=MonthInput(), **options)


class PartForm(forms.Form):
    """One line of a movement, spread evenly over its months; a blank row is passed over."""

    function = forms.TypedChoiceField(label=_("Function"), required=False, empty_value=None)
    cost_type = forms.ChoiceField(
        label=_("Cost type"), required=False, choices=[("", "–"), *CostType.choices]
    )
    first = month_field(_("From"), required=False)
    last = month_field(_("To"), required=False)
    amount = forms.DecimalField(label=_("Amount"), required=False, max_digits=16, decimal_places=2)

    def __init__(self, *args, found: dict[str, Function], **more):
        """`found` are the functions by code, read once for all rows."""
        super().__init__(*args, **more)
        named = [(code, function.name) for code, function in found.items()]
        self.fields["function"].choices = [("", "–"), *named]
        self.fields["function"].coerce = found.get

    def clean(self):
        given = super().clean()
        if any(given.get(name) for name in self.fields):
            for name in self.fields:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill in the whole row, or leave it blank."))
            first, last = given.get("first"), given.get("last")
            if first and last and not first <= last < first.replace(year=first.year + 10):
                self.add_error("last", _("A month not before the first, within ten years."))
        return given


PartSet = forms.formset_factory(PartForm, extra=PARTS, max_num=PARTS)


class OrderFilter(Filter):
    default = {"state": "open"}

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Open")), ("all", _("All"))]
    )


class ClosingForm(OnceForm):
    """The month that its reader saw as the next to close."""

    month = forms.DateField(widget=forms.HiddenInput)
