"""What is said to begin, play and debrief a crisis, and to assign one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, day_field, long_text
from teams.calculations.academy.tokens import Asked
from teams.forms.people import PersonField
from teams.models import Content
from teams.models.academy.crises import PlayMode
from teams.queries.academy.crises import learners, scenarios

KINDS = ("act", "decide", "share", "wait", "take")
LARGEST_SEED = 2**31 - 1


def seed_field():
    return forms.IntegerField(
        label=_("Number of the play"),
        required=False,
        min_value=1,
        max_value=LARGEST_SEED,
        help_text=_("Plays with the same number have the same luck. Blank: drawn."),
    )


class StartForm(OnceForm):
    seed = seed_field()


class TeamForm(OnceForm):
    """A colleague for each role of the scenario, as many as there are; the lead's is one's own."""

    def __init__(self, *args, scenario: Content, **more):
        super().__init__(*args, **more)
        self.lead = scenario.body["lead"]
        self.roles = {
            f"role_{number}": role
            for number, role in enumerate(scenario.body["roles"])
            if role["code"] != self.lead
        }
        for name, role in self.roles.items():
            self.fields[name] = PersonField(label=role["name"], required=False)
        self.fields["seed"] = seed_field()

    def clean(self):
        given = super().clean()
        people = [given[name] for name in self.roles if given.get(name)]
        if not self.errors and not people:
            raise forms.ValidationError(_("Name one colleague at least."))
        if len({person.pk for person in people}) < len(people):
            raise forms.ValidationError(_("Each person plays one role."))
        return given

    def given(self) -> dict:
        values = super().given()
        players = {role["code"]: values.pop(name) for name, role in self.roles.items()}
        return {**values, "players": {code: one for code, one in players.items() if one}}


class MoveForm(OnceForm):
    """One move; `moves` is how many there were when the page was drawn."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    what = forms.CharField(max_length=40)
    option = forms.CharField(max_length=40, required=False)
    moves = forms.IntegerField(required=False)

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["kind"], given["what"], given["option"])


class NoteForm(OnceForm):
    question = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = long_text(_("Your answer"), required=False)


class MomentForm(OnceForm):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AssignForm(OnceForm):
    person = PersonField(label=_("Learner"), among=learners)
    scenario = forms.ModelChoiceField(
        label=_("Scenario"), queryset=Content.objects.none(), to_field_name="code"
    )
    mode = forms.ChoiceField(label=_("How"), choices=PlayMode.choices)
    due_on = day_field(_("By"), required=False)

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.fields["scenario"].queryset = scenarios()
