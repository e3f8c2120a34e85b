"""What people say about a promise to a customer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.models import Requirement
from ipd.models.promises import PromiseState
from ipd.models.requirement_words import Level


def requirement_field(product, *, required=False):
    """An initial requirement of the product, named by its code."""
    return forms.ModelChoiceField(
        label=_("Backed by requirement"),
        required=required,
        queryset=Requirement.objects.filter(product=product, level=Level.IR),
        to_field_name="code",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Code of an initial requirement (IR) of this product."),
        error_messages={
            "invalid_choice": _("No initial requirement of this product has this code.")
        },
    )


class PromiseForm(OnceForm):
    customer = short_text(_("Customer"), longest=150)
    text = short_text(
        _("What was promised"), longest=300, help_text=_("A date or a feature, in their words.")
    )
    promised_on = day_field(_("Promised on"), initial=today)
    due_on = day_field(_("For the day"), required=False, help_text=_("Blank: without a day."))

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"] = requirement_field(product)


class BackForm(SeenForm):
    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"] = requirement_field(product)


class EndForm(SeenForm):
    state = forms.ChoiceField(
        label=_("How it ended"),
        choices=[choice for choice in PromiseState.choices if choice[0] != PromiseState.OPEN],
    )
    note = long_text(_("What the customer was told"), required=False)


class PromiseFilter(Filter):
    """What the register shows."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("unbacked", _("Not backed")),
            ("open", _("Open")),
            ("late", _("Late")),
            ("all", _("All")),
        ],
    )
