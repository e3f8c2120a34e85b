"""What people say about a part, and how they look for one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, short_text
from ipd.models import Supplier
from ipd.models.parts import MOVES, SCORES, Kraljic, MakeBuy, PartKind, PartStatus
from ipd.models.suppliers import SourceState

LARGEST = 999_999_999


def weeks_field(label, *, help_text=""):
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=9999,
        decimal_places=1,
        help_text=help_text,
    )


def count_field(label, *, least=0, required=True, help_text=""):
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=LARGEST, help_text=help_text
    )


def supplier_filter():
    return forms.ModelChoiceField(
        label=lazy("Supplier"),
        required=False,
        queryset=Supplier.objects.order_by("name"),
        to_field_name="code",
        empty_label=lazy("All suppliers"),
    )


class PartFilter(Filter):
    q = search_field()
    kind = forms.ChoiceField(
        label=lazy("Kind"), required=False, choices=[("", lazy("All kinds")), *PartKind.choices]
    )
    status = forms.ChoiceField(
        label=lazy("Status"), required=False, choices=[("", lazy("Any")), *PartStatus.choices]
    )
    sources = forms.ChoiceField(
        label=lazy("Supply"),
        required=False,
        choices=[
            ("", lazy("Any")),
            ("red", lazy("Missing before it is back")),
            ("single", lazy("One approved source")),
            ("none", lazy("No approved source")),
            ("unknown", lazy("Recovery or survival unknown")),
        ],
    )
    kraljic = forms.ChoiceField(
        label=lazy("Class"), required=False, choices=[("", lazy("Any")), *Kraljic.choices]
    )
    supplier = supplier_filter()
    product = forms.CharField(
        label=lazy("Product"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"placeholder": "", "size": 8}),
    )


class PartRowForm(SeenForm):
    """What is changed in the list: status, recovery, survival, make or buy."""

    status = forms.ChoiceField(label=lazy("Status"), choices=PartStatus.choices)
    last_order_on = day_field(lazy("Last order day"), required=False)
    assessed_ttr = weeks_field(lazy("Assessed recovery, weeks"))
    why = short_text(
        lazy("Why so long"),
        longest=300,
        required=False,
        help_text=lazy("Kept with a new assessment."),
    )
    entered_tts = weeks_field(
        lazy("Survival, weeks"), help_text=lazy("Blank: stock and orders by weekly demand.")
    )
    make_buy = forms.ChoiceField(
        label=lazy("Make or buy"),
        required=False,
        choices=[("", lazy("Not decided")), *MakeBuy.choices],
    )
    make_buy_reason = short_text(lazy("Reason"), longest=300, required=False)

    def __init__(self, *args, part, **kwargs):
        kwargs.setdefault("auto_id", f"part-{part.pk}_%s")
        super().__init__(*args, **kwargs)
        words = dict(PartStatus.choices)
        self.fields["status"].choices = [
            (value, words[value])
            for value in PartStatus.values
            if value == part.status or value in MOVES[part.status]
        ]
        labels = {
            "cost_score": _("Cost"),
            "capability_score": _("Capability"),
            "ip_score": _("Own knowledge"),
            "capacity_score": _("Capacity"),
            "risk_score": _("Risk"),
        }
        for name in SCORES:
            self.fields[name] = forms.TypedChoiceField(
                label=labels[name],
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "–"), *((n, str(n)) for n in range(1, 6))],
            )

    @classmethod
    def fresh(cls, part):
        """The form as the part stands."""
        kept = [name for name in cls.base_fields if hasattr(part, name)]
        initial = {name: getattr(part, name) for name in (*kept, *SCORES)}
        return super().fresh(part, initial=initial, part=part)

    @property
    def plain(self):
        """The visible fields without the scores."""
        return [field for field in self.visible_fields() if field.name not in SCORES]

    @property
    def scores(self):
        return [self[name] for name in SCORES]


class PartForm(PartRowForm):
    """All that is changed on a part's own page."""

    kraljic = forms.ChoiceField(
        label=lazy("Class"),
        required=False,
        choices=[("", lazy("Not classed")), *Kraljic.choices],
    )
    lead_weeks = weeks_field(lazy("Lead time, weeks"))
    claimed_ttr = weeks_field(lazy("Claimed recovery, weeks"))
    stock = count_field(lazy("In stock"))
    on_order = count_field(lazy("On order"))
    weekly_demand = forms.DecimalField(
        label=lazy("Weekly demand"),
        required=False,
        min_value=0,
        max_value=9_999_999,
        decimal_places=2,
    )
    pack_size = count_field(lazy("Pack size"), least=1)


class BulkForm(OnceForm):
    """The same facts for many parts; what is left blank stays as it is."""

    status = forms.ChoiceField(
        label=lazy("Status"),
        required=False,
        choices=[("", lazy("As it is")), *PartStatus.choices],
    )
    last_order_on = day_field(lazy("Last order day"), required=False)
    kraljic = forms.ChoiceField(
        label=lazy("Class"), required=False, choices=[("", lazy("As it is")), *Kraljic.choices]
    )
    whole = forms.BooleanField(label=lazy("All parts of this filter"), required=False)

    def given(self):
        """Only what was filled in."""
        values = super().given()
        return {k: v for k, v in values.items() if k != "whole" and v not in ("", None)}


class SourceForm(OnceForm):
    supplier = forms.ModelChoiceField(
        label=lazy("Supplier"), queryset=Supplier.objects.order_by("name")
    )
    state = forms.ChoiceField(label=lazy("State"), choices=SourceState.choices)
    percent = forms.IntegerField(
        label=lazy("Qualification, percent"), min_value=0, max_value=100, initial=0
    )
    share = forms.IntegerField(
        label=lazy("Share of the volume, percent"), min_value=0, max_value=100, initial=0
    )
    note = short_text(lazy("Remark"), required=False)


class CodeForm(OnceForm):
    """Names a part by its code, among those its sender may see."""

    code = short_text(lazy("Part"), longest=30, help_text=lazy("Its code."))

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts

    def clean_code(self):
        found = self.parts.filter(code__iexact=self.cleaned_data["code"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no part with this code."))
        return found


class LineForm(CodeForm):
    """A part, and how many."""

    quantity = forms.DecimalField(
        label=lazy("Quantity"), min_value=0, max_value=999_999, decimal_places=3, initial=1
    )

    def clean_quantity(self):
        if not self.cleaned_data["quantity"]:
            raise forms.ValidationError(_("More than none."))
        return self.cleaned_data["quantity"]
