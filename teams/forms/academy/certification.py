"""What is said about certificates and board interviews."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter, search_field
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from teams.forms.academy.assignments import RubricForm
from teams.models import Person
from teams.models.academy.interviews import InterviewResult
from teams.queries.academy.certification import LAPSED, RENEWED, REVOKED, VALID

STATES = [
    (VALID, _("Valid")),
    (LAPSED, _("Lapsed")),
    (RENEWED, _("Renewed")),
    (REVOKED, _("Revoked")),
]


class RegisterFilter(Filter):
    q = search_field(_("Name or number"), longest=60)
    state = forms.ChoiceField(label=_("State"), required=False)


class RevokeForm(OnceForm):
    reason = long_text(
        _("Why"), rows=2, max_length=400, help_text=_("Its holder and the academy read it.")
    )


class RenewForm(OnceForm):
    """Renews: there is nothing to say."""


class InterviewForm(OnceForm):
    """`people` are those who may assess this learner; `apart` those of another line."""

    planned_on = day_field(_("Day"))
    place = short_text(_("Hour and place"), help_text=_("A room, or the link of the call."))
    chair = forms.ModelChoiceField(label=_("Chair"), queryset=Person.objects.none())
    others = forms.ModelMultipleChoiceField(
        label=_("Two more"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One of the three is of another line than the learner."),
    )

    def __init__(self, *args, people, apart=(), **more):
        super().__init__(*args, **more)

        def label(person):
            words = [person.name, person.function.name if person.function else ""]
            words += [_("another line")] if person.pk in apart else []
            return " · ".join(str(word) for word in words if word)

        for name in ("chair", "others"):
            self.fields[name].queryset = people
            self.fields[name].label_from_instance = label


class MoveForm(SeenForm):
    planned_on = day_field(_("Day"))
    place = short_text(_("Hour and place"))


class CallOffForm(SeenForm):
    reason = long_text(_("Why"), rows=2, max_length=300)


class RatingForm(RubricForm):
    """One assessor's levels and reasons."""


class ResultForm(SeenForm):
    """The joint result; each of `lines` has its level, where the talk began at first."""

    result = forms.ChoiceField(
        label=_("Result"), choices=InterviewResult.choices, widget=forms.RadioSelect
    )
    words = long_text(
        _("Why"),
        rows=4,
        help_text=_(
            "For “not yet”: what is missing, and how it can be shown, with two examples. The "
            "learner reads it."
        ),
    )
    again_on = day_field(
        _("The board meets again on"), required=False, help_text=_("For “not yet”.")
    )

    def __init__(self, *args, lines, **more):
        self.lines = lines
        super().__init__(*args, **more)
        for line in lines:
            self.fields[f"level-{line.criterion.code}"] = forms.TypedChoiceField(
                label=line.criterion.name,
                coerce=int,
                choices=[(n, str(n)) for n in range(1, 6)],
                initial=line.joint or line.middle,
            )

    def rows(self):
        """Each line with its field."""
        return [(line, self[f"level-{line.criterion.code}"]) for line in self.lines]

    def said(self) -> dict:
        given = self.cleaned_data
        return {
            "seen_version": given["version"],
            "result": given["result"],
            "words": given["words"],
            "again_on": given["again_on"],
            "levels": {
                line.criterion.code: given[f"level-{line.criterion.code}"] for line in self.lines
            },
        }
