"""Who plays the board in a rehearsal, what it found, and what it would have decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.actions.rehearsals import SHORTEST_RATIONALE, Player
from gates.forms.reviews import prose
from gates.models import Outcome, ReviewCriterion
from gates.models.rehearsals import Part
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text
from teams.forms.people import PersonField
from teams.models import Function, Person

ROWS = 6
PARTS = (Part.CHAIR, Part.MEMBER, Part.SECRETARY)


class PlayerRow(forms.Form):
    """A colleague, typed as everywhere; without a function they speak for their own."""

    person = PersonField(label=_("Colleague"), required=False, help_text="")
    part = forms.ChoiceField(label=_("Plays"), choices=[(part.value, part.label) for part in PARTS])
    function = forms.ChoiceField(label=_("Speaks for"), required=False)

    def __init__(self, *args, functions: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.functions = functions
        self.fields["person"].widget.attrs["list"] = "rehearsal-people"
        self.fields["function"].choices = [
            ("", _("their own function")),
            *((pk, function.name) for pk, function in functions.items()),
        ]

    def clean(self):
        super().clean()
        person = self.cleaned_data.get("person")
        if person is not None and self._function(person) is None:
            self.add_error("function", _("Name the function; they have none of their own."))

    def _function(self, person: Person) -> Function | None:
        return self.functions.get(self.cleaned_data.get("function")) or person.function

    def player(self) -> Player | None:
        person = self.cleaned_data.get("person")
        return person and Player(person, self._function(person), self.cleaned_data["part"])


class PlayerRows(forms.BaseFormSet):
    def players(self) -> list[Player]:
        return [player for row in self.forms if (player := row.player())]


def player_rows(data=None) -> PlayerRows:
    """The rows of the form; the first one is the chair's until somebody changes it."""
    functions = {str(row.pk): row for row in Function.objects.order_by("code")}
    made = forms.formset_factory(
        PlayerRow, formset=PlayerRows, extra=0 if data is not None else ROWS, max_num=ROWS
    )
    rows = made(data, prefix="players", form_kwargs={"functions": functions})
    if data is None:
        for number, row in enumerate(rows.forms):
            row.initial["part"] = (Part.CHAIR if number == 0 else Part.MEMBER).value
    return rows


class GapForm(OnceForm):
    text = long_text(_("What is missing"), rows=2, max_length=1000)
    criterion = forms.ModelChoiceField(
        label=_("Criterion"),
        queryset=ReviewCriterion.objects.none(),
        required=False,
        empty_label=_("none in particular"),
    )

    def __init__(self, *args, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = ReviewCriterion.objects.filter(
            pk__in=[row.pk for row in criteria]
        ).order_by("order")
        self.fields["criterion"].choices = [
            ("", _("none in particular")),
            *((row.pk, f"{row.code} {row.text[:60]}") for row in criteria),
        ]


class EndForm(SeenForm):
    """What the board of colleagues would decide."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    rationale = prose(
        _("Why"),
        rows=5,
        min_length=SHORTEST_RATIONALE,
        help_text=_("What the real board should hear; at least 40 characters."),
    )

    def __init__(self, *args, outcomes: list[Outcome], **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {row.code: row for row in outcomes}
        self.fields["outcome"].choices = [(code, row.name) for code, row in self.outcomes.items()]

    def options(self):
        return [(radio, self.outcomes[radio.data["value"]].tone) for radio in self["outcome"]]

    def given(self) -> dict:
        values = super().given()
        return values | {"outcome": self.outcomes[values["outcome"]]}
