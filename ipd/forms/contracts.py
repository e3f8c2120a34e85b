"""What a contract promises, entered in its units, and readings that no measure gives."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.kernel.measures import Unit
from ipd.models import Contract, ContractElement


def figure_field(unit: str, label: str, *, required: bool = True):
    """A field for a value in the unit: a day, or a number."""
    if unit == Unit.DATE:
        return day_field(label, required=required)
    return forms.DecimalField(
        label=label,
        required=required,
        max_digits=16,
        decimal_places=_places(unit),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _places(unit: str) -> int:
    return 2 if unit == Unit.MONEY else 4


def to_form(unit: str, value: Decimal) -> date | str:
    """A stored value as a form shows it."""
    if unit == Unit.DATE:
        return date.fromordinal(int(value))
    return f"{round(value, _places(unit)).normalize():f}"


def to_value(value: date | Decimal) -> Decimal:
    """A form's value as it is stored."""
    return Decimal(value.toordinal()) if isinstance(value, date) else value


def named(element) -> str:
    """What a field of the element is called, with its unit where the name does not say it."""
    if element.unit == Unit.MONEY:
        return f"{element.name} ({element.currency})"
    return f"{element.name} (%)" if element.unit == Unit.PERCENT else element.name


class DiscardForm(SeenForm):
    """Gives up a draft."""

    counter = "revision"


class DraftForm(SeenForm):
    """The promises of a draft, a field each."""

    counter = "revision"

    reason = short_text(
        _("What the contract rests on"),
        longest=500,
        required=False,
        help_text=_("The plan, the case and the assumptions in a sentence."),
    )

    def __init__(self, *args, elements: Iterable[ContractElement], **more):
        super().__init__(*args, **more)
        self.elements = list(elements)
        for element in self.elements:
            self.fields[f"promised-{element.code}"] = figure_field(element.unit, named(element))

    @classmethod
    def fresh(cls, row: Contract, *, elements, **more):
        elements = list(elements)
        values = {f"promised-{e.code}": to_form(e.unit, e.promised) for e in elements}
        initial = {"reason": row.reason, **values}
        return super().fresh(row, initial=initial, elements=elements, **more)

    def promised(self) -> dict[str, Decimal]:
        return {
            element.code: to_value(self.cleaned_data[f"promised-{element.code}"])
            for element in self.elements
        }


class ReadingForm(OnceForm):
    """One element's value on a day; the unit is the element's own."""

    on = day_field(_("Day"), initial=today)
    source = short_text(_("Where it comes from"), longest=300)

    def __init__(self, *args, element: ContractElement, **more):
        super().__init__(*args, **more)
        self.fields["value"] = figure_field(element.unit, named(element))
        self.order_fields(["key", "value", "on", "source"])

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("A reading is of today or of a day before."))
        return self.cleaned_data["on"]


class GateForm(OnceForm):
    """Asks the board to decide now."""

    reason = long_text(_("Why the board has to decide now"))
