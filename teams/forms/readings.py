"""Forms about readings: what a list of them is narrowed to, and a correction."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm, day_field, short_text
from teams.calculations.months import month_of, row_of
from teams.forms import reading_cells
from teams.forms.reading_cells import Unreadable

MONTHS_BACK = 24


def month_choices(count: int = MONTHS_BACK) -> list[tuple[str, str]]:
    """The running month and those before it, the newest first."""
    months = reversed(row_of(month_of(today()), count))
    return [(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in months]


class MonthFilter(Filter):
    """Which month is looked at; the running one unless another is asked for."""

    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, data, **choices):
        super().__init__(data, **choices)
        self.fields["month"].choices = month_choices()

    @property
    def at(self) -> date:
        asked = self.wanted().get("month")
        return date.fromisoformat(f"{asked}-01") if asked else month_of(today())


class MissingFilter(MonthFilter):
    group = forms.ChoiceField(label=_("Product line"), required=False)
    whose = forms.ChoiceField(label=_("Teams"), required=False)

    def __init__(self, data, *, groups):
        super().__init__(data, group=groups, whose=[("mine", _("I enter for"))])


class CorrectionForm(OnceForm):
    """What should stand instead, and why."""

    text = short_text(
        _("Reading"),
        longest=60,
        help_text=_("As 66/75, 0.45 n=12, ~0.45 for an estimate, - not due, ? missing."),
    )
    as_of = day_field(_("As of"), required=False)
    note = short_text(_("Why it is corrected"), longest=300)

    def __init__(self, *args, kpi, **kwargs):
        super().__init__(*args, **kwargs)
        self.kpi = kpi

    def clean_text(self):
        try:
            return reading_cells.read(self.cleaned_data["text"], self.kpi)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error

    def values(self) -> dict:
        """What the action takes."""
        written = self.cleaned_data["text"]
        return {
            "numerator": written.numerator,
            "denominator": written.denominator,
            "n": written.n,
            "status": written.status,
            "as_of": self.cleaned_data["as_of"],
            "note": self.cleaned_data["note"],
        }
