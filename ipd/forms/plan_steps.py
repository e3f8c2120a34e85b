"""Steps with one activity, by button or by dragging its bar; and a new activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.forms.activities import DurationField
from ipd.kernel.forms.seen import SeenForm


class StepForm(SeenForm):
    """`days` comes from dragging; a button's step has its own."""

    DAYS = {"week-": -7, "day-": -1, "day+": 1, "week+": 7, "shorter": -1, "longer": 1}
    MOVES = ("week-", "day-", "day+", "week+", "move")
    STRETCHES = ("shorter", "longer", "stretch")
    OTHERS = ("in", "out", "up", "down", "delete")

    activity = forms.IntegerField(min_value=1, max_value=2**62)
    act = forms.ChoiceField(choices=[(act, act) for act in (*MOVES, *STRETCHES, *OTHERS)])
    days = forms.IntegerField(required=False, min_value=-3660, max_value=3660)


class NewForm(SeenForm):
    """A name, a duration (a day unless it says something else), and where it goes."""

    after = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    name = forms.CharField(label=_("Name"), max_length=255)
    duration = DurationField(label=_("Duration"), required=False)

    def __init__(self, data=None, *, plan):
        super().__init__(data, auto_id="new-%s", use_required_attribute=False)
        self.fields["duration"].per_day = plan.calendar.minutes_per_day

    def clean_duration(self):
        minutes = self.cleaned_data["duration"]
        return self.fields["duration"].per_day if minutes is None else minutes
