"""What boards are asked for: the month, what to compare with; and how own boards are arranged."""

from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import OnceForm, short_text
from teams.calculations.months import month_of, row_of
from teams.models.kpis import Dimension
from teams.queries.boards import GATE, MONTH, YEAR
from teams.queries.trends import SPANS

MONTHS_BACK = 24
SINCE_GATE = [(GATE, _("the last gate"))]
SINCE_TIME = [(YEAR, _("the year before")), (MONTH, _("the month before"))]
OF_A_TEAM = [*SINCE_GATE, *SINCE_TIME]


class MonthFilter(Filter):
    """The month a page is about; the running one unless another is asked for."""

    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, data, **choices):
        months = reversed(row_of(month_of(today()), MONTHS_BACK))
        super().__init__(data, **choices)
        self.fields["month"].choices = [
            ("", _("Now")),
            *((f"{month:%Y-%m}", f"{month:%Y-%m}") for month in months),
        ]

    def asked(self) -> date:
        wanted = self.wanted().get("month")
        return date.fromisoformat(f"{wanted}-01") if wanted else month_of(today())


class BoardFilter(MonthFilter):
    against = forms.ChoiceField(label=_("Compared with"), required=False)

    def __init__(self, data, *, against):
        super().__init__(data)
        self.fields["against"].choices = against
        self.default = {"against": against[0][0]}


class TrendFilter(MonthFilter):
    default: ClassVar = {"span": str(SPANS[0])}

    span = forms.ChoiceField(
        label=_("Months"), required=False, choices=[(str(n), str(n)) for n in SPANS]
    )

    @property
    def count(self) -> int:
        return int(self.wanted()["span"])


class HeatFilter(MonthFilter):
    q = search_field(_("Team"), longest=60)
    line = forms.ChoiceField(label=_("Line"), required=False)
    dimension = forms.ChoiceField(
        label=_("Dimension"), required=False, choices=[("", _("All")), *Dimension.choices]
    )


class AlertFilter(Filter):
    line = forms.ChoiceField(label=_("Line"), required=False)
    kind = forms.ChoiceField(label=_("Sign"), required=False)


class BoardForm(OnceForm):
    name = short_text(_("Name"), longest=80)


class TileForm(OnceForm):
    """A KPI of something: "" is the company, "line:…" a line, "team:…" a team."""

    kpi = forms.ChoiceField(label=_("KPI"))
    of = forms.ChoiceField(label=_("Of"), required=False)

    def __init__(self, *args, kpis=(), of=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kpi"].choices = [(str(kpi.pk), str(kpi)) for kpi in kpis]
        self.fields["of"].choices = [("", _("The company")), *of]

    def given(self) -> dict:
        kind, _colon, rest = self.cleaned_data["of"].partition(":")
        return {
            "kpi_id": int(self.cleaned_data["kpi"]),
            "team_id": int(rest) if kind == "team" else None,
            "group": rest if kind == "line" else "",
        }


class MoveForm(OnceForm):
    """A tile goes one place up or down, or away."""

    act = forms.ChoiceField(choices=[("up", _("Up")), ("down", _("Down")), ("remove", _("Remove"))])
