"""The filter of early warnings, and the choice of the KPIs that warn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm
from teams.models import Kpi, WarningSign
from teams.models.warnings import Warned


class WarningFilter(Filter):
    line = forms.ChoiceField(label=_("Line"), required=False)
    tells = forms.ChoiceField(label=_("Sign"), required=False)


class SignsForm(OnceForm):
    """One list for each of the three; a KPI stands in one of them at most."""

    def __init__(self, *args, **kwargs):
        chosen: dict[str, list[int]] = {kind: [] for kind in Warned.values}
        for kpi, tells in WarningSign.objects.values_list("kpi", "tells"):
            chosen[tells].append(kpi)
        super().__init__(*args, **kwargs)
        kpis = {str(kpi.pk): kpi for kpi in Kpi.objects.active() if not kpi.is_money}
        choices = [(pk, f"{kpi.code} {kpi.name}") for pk, kpi in kpis.items()]
        self.kpis = kpis
        for kind in Warned:
            self.fields[kind.value] = forms.MultipleChoiceField(
                label=kind.label,
                choices=choices,
                required=False,
                initial=[str(pk) for pk in chosen[kind.value]],
                widget=forms.SelectMultiple(attrs={"size": 10}),
            )

    def clean(self):
        values, seen = super().clean(), set()
        for kind in Warned.values:
            again = seen & set(values.get(kind, ()))
            if again:
                codes = ", ".join(sorted(self.kpis[pk].code for pk in again))
                self.add_error(kind, _("Told by another sign already: %s") % codes)
            seen |= set(values.get(kind, ()))
        return values

    def chosen(self) -> dict[str, list[Kpi]]:
        return {kind: [self.kpis[pk] for pk in self.cleaned_data[kind]] for kind in Warned.values}
