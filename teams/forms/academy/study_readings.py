"""Which KPI a study reads, of which teams, before and after."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, long_text
from teams.actions.academy.study_readings import Windows
from teams.forms.bonuses import month_field
from teams.models import Kpi
from teams.models.academy.studies import Arm

MOST_TEAMS = 500


class ReadingsForm(OnceForm):
    """Two windows of months, and teams by arm."""

    kpi = forms.ModelChoiceField(label=_("KPI"), queryset=Kpi.objects.none())
    before = month_field(_("First month before"))
    after = month_field(_("First month after"))
    months = forms.IntegerField(
        label=_("Months in each window"), min_value=1, max_value=24, initial=6
    )
    teams = long_text(
        _("Teams"), rows=6, help_text=_("One line each: trained or comparison, code of the team.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Amounts of money are not compared: few may see them.
        kpis = [kpi.pk for kpi in Kpi.objects.active() if not kpi.is_money]
        self.fields["kpi"].queryset = Kpi.objects.filter(pk__in=kpis).order_by("order", "code")

    def clean_teams(self):
        given, wrong = [], []
        lines = [line for line in self.cleaned_data["teams"].splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            arm, _comma, code = (part.strip() for part in line.replace("\t", ",").partition(","))
            if arm.lower() not in Arm.values or not code:
                told = {"number": number}
                wrong.append(_("Row %(number)s: trained or comparison, a comma, a code.") % told)
            given.append((arm.lower(), code))
        codes = [code for _arm, code in given]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            wrong.append(_("Named twice: %(codes)s.") % {"codes": ", ".join(twice)})
        if len(given) > MOST_TEAMS:
            wrong.append(_("At most 500 teams at a time."))
        if wrong:
            raise forms.ValidationError(wrong)
        return given

    def windows(self) -> Windows:
        given = self.cleaned_data
        return Windows(before=given["before"], after=given["after"], months=given["months"])
