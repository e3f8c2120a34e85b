"""What people say about supply: actions, a team's statements, steps of a replacement."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as lazy

from ipd.calculations.supply import SERVICE
from ipd.forms.lines import line_field
from ipd.forms.parts import CodeForm, count_field, supplier_filter, weeks_field
from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, short_text
from ipd.models import Product
from ipd.models.parts import Kraljic, PartStatus
from ipd.models.programmes import Reason, Resolution
from ipd.models.supply import Element, PlanState, Rung
from teams.models import Person


def owners(products):
    """Who can answer for an action: whoever has a seat in a team of these products."""
    teams = [product.team_id for product in products]
    return Person.objects.filter(seats__team__in=teams, is_active=True).distinct().order_by("name")


class ExposureFilter(Filter):
    line = line_field()
    status = forms.ChoiceField(
        label=lazy("Status"), required=False, choices=[("", lazy("Any")), *PartStatus.choices]
    )
    supplier = supplier_filter()
    kraljic = forms.ChoiceField(
        label=lazy("Class"), required=False, choices=[("", lazy("Any")), *Kraljic.choices]
    )
    plan = forms.ChoiceField(
        label=lazy("Plan"),
        required=False,
        choices=[("", lazy("Any")), ("none", lazy("Without an owned plan"))],
    )


class SupplierFilter(Filter):
    default: ClassVar = {"q": "", "sort": "name"}

    q = search_field()
    sort = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("name", "alone", "delivery")]
    )


class ActionForm(OnceForm):
    rung = forms.ChoiceField(label=lazy("What"), choices=Rung.choices)
    text = short_text(lazy("In words"), longest=300)
    due_on = day_field(lazy("Due"))
    ttr_after = weeks_field(lazy("Recovery afterwards, weeks"))
    tts_after = weeks_field(lazy("Survival afterwards, weeks"))

    def __init__(self, *args, products, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.ModelChoiceField(
            label=lazy("Owner"),
            queryset=owners(products),
            required=False,
            empty_label=lazy("Nobody yet"),
            help_text=lazy("Without an owner it is no plan."),
        )
        self.fields["product"] = forms.ModelChoiceField(
            label=lazy("For"),
            queryset=Product.objects.filter(pk__in=[product.pk for product in products]),
            required=False,
            empty_label=lazy("All products that need the part"),
        )


class ReviseForm(SeenForm):
    state = forms.ChoiceField(label=lazy("State"), choices=PlanState.choices)
    due_on = day_field(lazy("Due"))

    def __init__(self, *args, action, products, **kwargs):
        super().__init__(*args, **kwargs)
        people = owners(products)
        if action.owner_id:
            people = people | Person.objects.filter(pk=action.owner_id).distinct()
        self.fields["owner"] = forms.ModelChoiceField(
            label=lazy("Owner"),
            queryset=people.distinct(),
            required=False,
            empty_label=lazy("Nobody yet"),
        )


class StatementForm(OnceForm):
    element = forms.ChoiceField(label=lazy("Element"), choices=Element.choices)
    text = short_text(lazy("What it rests on"), longest=300)
    is_ready = forms.BooleanField(label=lazy("Ready for the next gate"), required=False)


class StepForm(SeenForm):
    """A replacement's next status; the resolution when it is decided."""

    resolution = forms.ChoiceField(
        label=lazy("How"), required=False, choices=[("", "–"), *Resolution.choices]
    )
    first_time = forms.BooleanField(label=lazy("Qualified at the first attempt"), required=False)


class BoardForm(SeenForm):
    """Nothing to say: the board has passed."""


class ItemForm(CodeForm):
    """A part for a programme."""

    reason = forms.ChoiceField(label=lazy("Reason"), choices=Reason.choices)
    deadline_on = day_field(lazy("Last order date"), required=False)
    planned_month = day_field(lazy("Cut in by"), help_text=lazy("Any day of the month."))

    def __init__(self, *args, products, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"] = forms.ModelChoiceField(label=lazy("Product"), queryset=products)


class LastTimeBuyForm(forms.Form):
    """What goes into a last order; sent by GET to try, by POST to keep."""

    months = forms.IntegerField(label=lazy("Months"), min_value=1, max_value=240)
    per_month = count_field(
        lazy("Pieces a month"),
        required=False,
        help_text=lazy("Blank: the demand planned for the part."),
    )
    scrap_percent = forms.DecimalField(
        label=lazy("Scrap, percent"), min_value=0, max_value=100, decimal_places=2
    )
    stock = count_field(lazy("In stock for it"))
    on_order = count_field(lazy("On order for it"))
    sigma = forms.DecimalField(
        label=lazy("Forecast error, pieces"),
        min_value=0,
        max_value=9_999_999,
        decimal_places=2,
        help_text=lazy("Standard deviation of a month."),
    )
    service = forms.TypedChoiceField(
        label=lazy("Enough in"),
        coerce=int,
        choices=[(percent, f"{percent} %") for percent in SERVICE],
    )
    pack = count_field(lazy("Pack size"), least=1)
    unit_cost = forms.DecimalField(
        label=lazy("Cost of a piece"), min_value=0, max_value=9_999_999, decimal_places=2
    )
    yearly_percent = forms.DecimalField(
        label=lazy("Keeping stock, percent a year"), min_value=0, max_value=100, decimal_places=2
    )


class KeepForm(LastTimeBuyForm, OnceForm):
    """The same, with whom it is for."""

    note = short_text(lazy("Remark"), longest=300, required=False)

    def __init__(self, *args, products, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"] = forms.ModelChoiceField(
            label=lazy("For"), queryset=Product.objects.filter(pk__in=[p.pk for p in products])
        )

    def inputs(self) -> dict:
        """What the calculator calls its inputs."""
        names = [
            name for name in LastTimeBuyForm.base_fields if name not in ("months", "per_month")
        ]
        return {name: self.cleaned_data[name] for name in names}
