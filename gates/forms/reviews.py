"""Booking and moving reviews, and who votes for whom at one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.models import GateDefinition
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text


def prose(label, **options) -> forms.CharField:
    """What a record says, as long as it has to be."""
    return long_text(label, max_length=None, **options)


class MoveForm(SeenForm):
    planned_on = day_field(_("New day of the meeting"))
    reason = prose(
        _("Why"),
        help_text=_("The team and the calendar show it; the first day stays as the baseline."),
    )


class BookForm(OnceForm):
    gate = forms.ModelChoiceField(label=_("Gate"), queryset=GateDefinition.objects.none())
    planned_on = day_field(_("Day of the meeting"), initial=today)
    is_circular = forms.BooleanField(
        label=_("Decide off-line, without a meeting"),
        required=False,
        help_text=_("Only where the process allows it; one objection makes it a meeting."),
    )
    reason = prose(_("Why now"), required=False)

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
    note = short_text(
        _("Interest"),
        longest=300,
        help_text=_("For instance: line manager of the team's leader."),
    )

    def __init__(self, *args, voters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(row.person.pk, row.person.name) for row in voters]
