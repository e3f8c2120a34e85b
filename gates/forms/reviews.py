"""Booking and moving reviews, and the two things every form of a gate carries."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.models import GateDefinition
from ipd.kernel.days import today


class Day(forms.DateInput):
    """A day picked in the browser's own calendar; its value is an ISO date."""

    input_type = "date"

    def __init__(self, **attrs):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class OnceForm(forms.Form):
    """A form that counts once however often it is sent (see ipd.kernel.once)."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class StepForm(OnceForm):
    """A step of a review: carries the version its page was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, review, **options):
        return cls(initial={"key": uuid.uuid4(), "version": review.version}, **options)


class MoveForm(StepForm):
    planned_on = forms.DateField(label=_("New day of the meeting"), widget=Day())
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The team and the calendar show it; the first day stays as the baseline."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class BookForm(OnceForm):
    gate = forms.ModelChoiceField(label=_("Gate"), queryset=GateDefinition.objects.none())
    planned_on = forms.DateField(label=_("Day of the meeting"), widget=Day(), initial=today)
    is_circular = forms.BooleanField(
        label=_("Decide off-line, without a meeting"),
        required=False,
        help_text=_("Only where the process allows it; one objection makes it a meeting."),
    )
    reason = forms.CharField(
        label=_("Why now"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = GateDefinition.objects.filter(
            chain__process=product.process_id
        ).select_related("chain")


class DeputyForm(OnceForm):
    """Names who votes for a member at one review."""

    member = forms.ChoiceField(label=_("Member"))
    deputy = forms.CharField(
        label=_("Votes for them"),
        help_text=_("The deputy's e-mail address or number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, voters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [(row.person.pk, row.person.name) for row in voters]


class ConflictForm(OnceForm):
    """Marks a voter's interest; it does not take the vote away."""

    person = forms.ChoiceField(label=_("Voter"))
    note = forms.CharField(
        label=_("Interest"),
        max_length=300,
        help_text=_("For instance: line manager of the team's leader."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args, voters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(row.person.pk, row.person.name) for row in voters]
