"""What people say about a KPI: its card, why it changes, what they look for."""

import re
import uuid
from typing import ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import SeenForm, long_text
from ipd.kernel.measures import Unit
from teams.models import Kpi
from teams.models.kpis import Dimension
from teams.queries import kpi_rules

UNITS = [
    (Unit.PERCENT.value, _("percent: 100 · numerator ÷ denominator")),
    (Unit.RATIO.value, _("ratio: numerator ÷ denominator")),
    (Unit.COUNT.value, _("number")),
    (Unit.DAYS.value, _("working days")),
    (Unit.DATE.value, _("date")),
    (Unit.MONEY.value, _("money, in the company's currency")),
]
CODE = re.compile(r"[A-Z][A-Z0-9_]*")


class CardForm(forms.ModelForm):
    """A KPI's card; the rules between its fields are those that files are held to as well."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Kpi
        fields = (
            *("code", "name", "formula", "expression", "unit", "unit_label", "places"),
            *("direction", "cadence", "together", "dimension", "source", "owner", "least_n"),
            *("counts_in_pay", "has_amounts", "valid_from", "order"),
        )
        labels: ClassVar = {
            "code": _("Code"),
            "name": _("Name"),
            "formula": _("Formula in words"),
            "expression": _("Formula over measures"),
            "unit": _("Unit"),
            "unit_label": _("Behind the figure"),
            "places": _("Decimals"),
            "direction": _("Direction"),
            "cadence": _("Cadence"),
            "together": _("A group's figure"),
            "dimension": _("Dimension"),
            "source": _("Source"),
            "owner": _("Owner"),
            "least_n": _("Least n"),
            "counts_in_pay": _("May count in pay"),
            "has_amounts": _("Numerator and denominator are amounts of money"),
            "valid_from": _("Valid from"),
            "order": _("Place in lists"),
        }
        help_texts: ClassVar = {
            "code": _("Capitals, digits and _; how everybody calls it."),
            "formula": _("As everybody reads it: what is divided by what, and since when."),
            "expression": _(
                "Numbers, names of measures, + − * /, brackets, min, max, abs. "
                "Blank: people enter it, or a file brings it."
            ),
            "unit_label": _("Where the unit does not say it: /KLOC, months."),
            "dimension": _("Where it counts in a team's score; blank: nowhere."),
            "source": _("Where the figure comes from: survey, finance, gates."),
            "least_n": _("Below so many observations the rows are shown instead of a figure."),
            "counts_in_pay": _("No for what stops being honest once it is paid for."),
            "has_amounts": _("Then only those who may see the money see them."),
        }
        widgets: ClassVar = {
            "formula": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "expression": forms.Textarea(
                attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "off", "dir": "ltr"}
            ),
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid.uuid4()
        self.fields["unit"].choices = UNITS
        self.fields["dimension"].choices = [("", _("none")), *Dimension.choices]
        self.fields["owner"].empty_label = _("nobody")
        self.fields["owner"].required = False
        self.fields["places"].max_value = 4
        for name in ("expression", "unit", "together"):
            self.fields[name].widget.attrs |= {
                "hx-get": reverse_lazy("teams:kpi-formula"),
                "hx-trigger": "input changed delay:400ms" if name == "expression" else "change",
                "hx-target": "#formula",
                "hx-swap": "outerHTML",
                "hx-include": "[name=expression], [name=unit], [name=together]",
            }

    def clean_code(self):
        code = self.cleaned_data["code"].strip().upper()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Capitals, digits and _, and a letter first."))
        return code

    def clean_places(self):
        places = self.cleaned_data["places"]
        if places > 4:
            raise forms.ValidationError(_("At most four."))
        return places

    def clean(self):
        cleaned = super().clean()
        names = ("expression", "unit", "together", "has_amounts")
        if all(name in cleaned for name in names):
            for field, sentence in kpi_rules.wrong_with(**{n: cleaned[n] for n in names}):
                self.add_error(field, sentence)
        return cleaned

    def given(self) -> dict:
        """The clean values as actions take them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        if "version" in values:
            values["seen_version"] = values.pop("version")
        return values


class ChangeForm(CardForm):
    """A card as it stands, with the version its reader saw, and why it changes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = long_text(_("Why it changes"), rows=2, max_length=300)

    def __init__(self, *args, kept=(), **kwargs):
        """kept  fields that stay as they are, since there are readings already"""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        for name in kept:
            self.fields[name].disabled = True


class TurnForm(SeenForm):
    """Why a KPI is retired, or comes back."""

    reason = long_text(_("Why"), rows=2, max_length=300)


class FormulaForm(forms.Form):
    """What has been typed of a formula so far."""

    expression = forms.CharField(required=False, max_length=1000)
    unit = forms.ChoiceField(required=False, choices=UNITS)
    together = forms.CharField(required=False, max_length=10)


class CatalogueFilter(Filter):
    default: ClassVar = {"state": "active"}

    q = search_field(_("Code, name or formula"), longest=60)
    dimension = forms.ChoiceField(
        label=_("Dimension"), required=False, choices=[("", _("All")), *Dimension.choices]
    )
    phase = forms.ChoiceField(label=_("Due in"), required=False)
    how = forms.ChoiceField(
        label=_("How"),
        required=False,
        choices=[("", _("All")), ("computed", _("computed")), ("entered", _("entered"))],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("active", _("in use")), ("retired", _("retired")), ("all", _("All"))],
    )
