"""When the daily digest comes, or that it does not."""

from django import forms
from django.utils.translation import gettext_lazy as _

HOURS = [("", _("No digest")), *((hour, f"{hour:02d}:00") for hour in range(24))]


class DigestForm(forms.Form):
    """The hour of the day in the zone of the person's site; empty switches the digest off."""

    digest_hour = forms.TypedChoiceField(
        label=_("Daily digest at"), choices=HOURS, coerce=int, empty_value=None, required=False
    )
