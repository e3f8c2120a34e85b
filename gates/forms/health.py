"""Forms about the process itself: a verdict on a criterion, a recommendation, hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.actions.criterion_verdicts import SHORTEST_REASON
from gates.models import CriterionDefinition, Outcome
from gates.models.criterion_yield import Judgement
from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text

CANDIDATES, WAIVED, DECIDED, UNASSESSED = "candidates", "waived", "decided", "unassessed"


class YieldFilter(Filter):
    gate = forms.ChoiceField(label=_("Gate"), required=False)
    state = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("All")),
            (CANDIDATES, _("never changed a decision")),
            (WAIVED, _("often waived")),
            (DECIDED, _("decided on by the owner")),
            (UNASSESSED, _("never assessed")),
        ],
    )


class VerdictForm(OnceForm):
    """`seen` is the verdict that stood when the form was drawn."""

    judgement = forms.ChoiceField(
        label=_("What becomes of it"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    into = forms.ChoiceField(
        label=_("Merged into"), required=False, help_text=_("The one that covers it from now on.")
    )
    reason = long_text(_("Why"), min_length=SHORTEST_REASON)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, criterion: CriterionDefinition, **kwargs):
        super().__init__(*args, **kwargs)
        others = criterion.gate.criteria.exclude(pk=criterion.pk).order_by("order")
        self.fields["into"].choices = [
            ("", "–"),
            *((one.code, f"{one.code} {one.text[:60]}") for one in others),
        ]

    def clean(self):
        values = super().clean()
        if values.get("judgement") == Judgement.MERGE and not values.get("into"):
            self.add_error("into", _("Name the criterion that covers it."))
        return values


class RecommendForm(SeenForm):
    outcome = forms.ModelChoiceField(
        label=_("The team recommends"), queryset=Outcome.objects.none(), empty_label=None
    )
    reason = long_text(_("Why"), required=False, max_length=2000)

    def __init__(self, *args, chain: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = Outcome.objects.filter(chain=chain)


def _hours(label, help_text=""):
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=10_000,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class HoursForm(SeenForm):
    people = forms.IntegerField(label=_("People who took part"), min_value=1, max_value=1000)
    preparing_hours = _hours(_("Hours of preparing"), _("All people's together, in hours."))
    reading_hours = _hours(_("Hours of reading"))
    meeting_hours = _hours(_("Hours in the meeting"), _("Counted by the room, if it was used."))
