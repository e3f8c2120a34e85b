"""What a KPI has to reach in a phase from a day on, and what dimensions weigh."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field
from teams.models import Kpi
from teams.models.kpis import Dimension, Direction
from teams.queries import kpi_rules


def figure(label, *, help_text="", required=True):
    return forms.DecimalField(
        label=label, max_digits=16, decimal_places=4, help_text=help_text, required=required
    )


class TargetForm(SeenForm):
    """Floor, target and stretch; a KPI that is best near a figure asks for that as well."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    floor = figure(_("Floor"), help_text=_("Worth no point."))
    target = figure(_("Target"), help_text=_("Worth 100 points."))
    stretch = figure(_("Stretch"), help_text=_("Worth 120 points; more counts no more."))
    centre = figure(_("Best"), help_text=_("Floor, target and stretch are distances from it."))
    valid_from = day_field(_("From"), initial=today)
    is_due = forms.BooleanField(
        label=_("Due in this phase"),
        required=False,
        initial=True,
        help_text=_("Without the tick nobody in the phase has to have a reading from that day on."),
    )

    def __init__(self, *args, kpi: Kpi, phases=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.direction = kpi.direction
        self.fields["phase"].choices = [("", _("Every phase without a row of its own")), *phases]
        if self.direction != Direction.NEAR:
            del self.fields["centre"]

    def clean(self):
        cleaned = super().clean()
        names = ("floor", "target", "stretch", "centre")
        figures = {name: cleaned.get(name) for name in names}
        for field, sentence in kpi_rules.wrong_with_target(self.direction, **figures):
            self.add_error(field if field in self.fields else None, sentence)
        return cleaned

    def given(self) -> dict:
        return {"centre": None} | super().given()


class WeightsForm(OnceForm):
    """What each dimension weighs in one phase, in percent; 100 in all."""

    valid_from = day_field(_("From"), initial=today)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for value, label in Dimension.choices:
            self.fields[value] = forms.IntegerField(label=label, min_value=0, max_value=100)
        self.order_fields([*Dimension.values, "valid_from"])

    def clean(self):
        cleaned = super().clean()
        percents = [cleaned.get(value) for value in Dimension.values]
        if None not in percents and sum(percents) != kpi_rules.WHOLE:
            told = _("The weights make 100 in all, not %(sum)d.")
            raise forms.ValidationError(told, params={"sum": sum(percents)})
        return cleaned

    def given(self) -> dict:
        values = super().given()
        return {
            "valid_from": values["valid_from"],
            "percents": {value: values[value] for value in Dimension.values},
        }
