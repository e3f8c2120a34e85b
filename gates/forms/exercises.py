"""An exercise's answers: a judgement of each criterion, a vote with its reason, and forecasts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.actions.exercises import LONGEST_SLIP, SHORTEST_REASON, Answers
from gates.calculations.foresight import CHANCES
from gates.forms.reviews import prose
from gates.models import Exercise, Outcome
from gates.models.facts import Assessment
from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import SeenForm


class ExerciseFilter(Filter):
    chain = forms.ChoiceField(label=_("Reviews"), required=False)
    untold = forms.BooleanField(label=_("Also those whose pack was not recorded"), required=False)


def _chance(label, help_text=""):
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=int,
        empty_value=None,
        choices=[(chance, _("%(chance)d %%") % {"chance": chance}) for chance in CHANCES],
        widget=forms.RadioSelect,
    )


class ExerciseForm(SeenForm):
    """Everything an exercise asks; with `draft` nothing of it is needed yet.

    criteria  as `gates.queries.exercises.known` gives them
    """

    outcome = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)
    reason = prose(
        _("Why"),
        rows=5,
        min_length=SHORTEST_REASON,
        help_text=_("As you would write it into the record, at least 40 characters."),
    )
    settled_chance = _chance(
        _("If conditions are given, all are met by their first day"),
        _("How likely is that?"),
    )
    passed_chance = _chance(
        _("The next gate of this chain passes at its first attempt"),
        _("Where this one is not passed: the same gate, the next time."),
    )
    slip_days = forms.IntegerField(
        label=_("Days by which it is held later than planned"),
        min_value=-LONGEST_SLIP,
        max_value=LONGEST_SLIP,
        help_text=_("0 is on time, below zero earlier."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, criteria: list[dict], outcomes: list[Outcome], draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {str(row.pk): row for row in outcomes}
        self.fields["outcome"].choices = [(pk, row.name) for pk, row in self.outcomes.items()]
        self.criteria = {f"judged_{number}": row for number, row in enumerate(criteria)}
        for name, row in self.criteria.items():
            label = _("%(code)s: how far is it met?") % {"code": row["code"]}
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Assessment.choices, widget=forms.RadioSelect
            )
        if draft:
            for field in self.fields.values():
                field.required = False
            self.fields["reason"].validators = []

    @classmethod
    def of(cls, exercise: Exercise, *, criteria, **options):
        """A form filled with what was kept."""
        initial = {
            "version": exercise.version,
            "outcome": str(exercise.outcome_id or ""),
            "reason": exercise.reason,
            "settled_chance": exercise.settled_chance,
            "passed_chance": exercise.passed_chance,
            "slip_days": exercise.slip_days,
        }
        for number, row in enumerate(criteria):
            initial[f"judged_{number}"] = exercise.judged.get(row["code"])
        return cls(initial=initial, criteria=criteria, **options)

    def lines(self):
        """Each criterion with its field, and its radio buttons with the tone of each."""
        return [
            (row, self[name], [(radio, radio.data["value"]) for radio in self[name]])
            for name, row in self.criteria.items()
        ]

    def chances(self):
        return [self["settled_chance"], self["passed_chance"]]

    def options(self):
        return [(radio, self.outcomes[str(radio.data["value"])].tone) for radio in self["outcome"]]

    @property
    def unjudged(self) -> list[str]:
        """Codes of the criteria that a sent form leaves out."""
        return [row["code"] for name, row in self.criteria.items() if name in self.errors]

    def answers(self) -> Answers:
        values = self.cleaned_data
        judged = {row["code"]: values.get(name) for name, row in self.criteria.items()}
        return Answers(
            judged={code: state for code, state in judged.items() if state},
            outcome=self.outcomes.get(values.get("outcome")),
            reason=values.get("reason", ""),
            settled_chance=values.get("settled_chance"),
            passed_chance=values.get("passed_chance"),
            slip_days=values.get("slip_days"),
        )
