"""What people say about a trade-off: its sides, a way out, a decision."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipd.actions.trade_offs import Side
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.models import ChangeRequest, Requirement, TradeOffOption
from ipd.models.trade_offs import Dimension
from teams.models import Person


class TradeOffForm(OnceForm):
    title = short_text(lazy("What collides"), help_text=lazy("As: power against radiated output."))
    text = long_text(lazy("Why both cannot be had"))
    dimension = forms.ChoiceField(label=lazy("It is about"), choices=Dimension.choices)
    decide_by = day_field(lazy("Needed by"))
    codes = short_text(
        lazy("Requirements"),
        longest=400,
        required=False,
        help_text=lazy("Their codes, separated by commas."),
    )
    limit = short_text(
        lazy("Or a limit in words"),
        required=False,
        help_text=lazy("As: the radiator is given. Needs somebody who stands for it."),
    )

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        self.product = product
        seats = Person.objects.filter(seats__team=product.team_id, is_active=True).distinct()
        self.fields["owner"] = forms.ModelChoiceField(
            label=lazy("Who stands for the limit"),
            required=False,
            queryset=seats,
            empty_label=lazy("Nobody"),
        )

    def clean_codes(self):
        """The requirements of these codes; each unknown one is named."""
        codes = [code.strip() for code in self.cleaned_data["codes"].split(",") if code.strip()]
        rows = Requirement.objects.filter(product=self.product, code__in=codes)
        found = {row.code: row for row in rows.select_related("owner")}
        unknown = [code for code in codes if code not in found]
        if unknown:
            told = {"codes": ", ".join(unknown)}
            raise ValidationError(_("No requirement of this product is called %(codes)s.") % told)
        return [found[code] for code in dict.fromkeys(codes)]

    def given(self):
        """As `raise_` takes it: the sides as one list."""
        values = super().given()
        sides = [Side(requirement=row) for row in values.pop("codes")]
        limit, owner = values.pop("limit"), values.pop("owner")
        if limit:
            sides.append(Side(limit=limit, owner=owner))
        return values | {"sides": sides}


class OptionForm(SeenForm):
    name = short_text(lazy("Way out"), longest=150)
    text = long_text(lazy("What it means"), required=False, rows=2)
    days = forms.IntegerField(
        label=lazy("Working days on general availability"),
        initial=0,
        min_value=-2000,
        max_value=2000,
        help_text=lazy("Positive is later."),
    )
    cost = forms.DecimalField(
        label=lazy("Cost, EUR"),
        initial=Decimal(0),
        max_digits=14,
        decimal_places=2,
        help_text=lazy("Positive is dearer."),
    )
    loses = short_text(lazy("What is given up"), longest=300, required=False)
    is_recommended = forms.BooleanField(label=lazy("This one is recommended"), required=False)

    def given(self):
        return super().given() | {"currency": "EUR"}


class SendUpForm(SeenForm):
    note = short_text(lazy("Why it goes up"), longest=300)


class WithdrawForm(SeenForm):
    note = long_text(lazy("Why there is no conflict any more"), rows=2)


class DecideForm(SeenForm):
    decision = long_text(lazy("Why this one"))

    def __init__(self, *args, trade_off, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"] = forms.ModelChoiceField(
            label=lazy("Way out"),
            queryset=TradeOffOption.objects.filter(trade_off=trade_off),
            widget=forms.RadioSelect,
            empty_label=None,
        )
        self.fields["change"] = forms.ModelChoiceField(
            label=lazy("Change request that carries it"),
            required=False,
            queryset=ChangeRequest.objects.filter(product=trade_off.product_id),
            empty_label=lazy("None: it stays inside the contract"),
        )
        self.order_fields(["option", "decision", "change"])
