"""Asking for a waiver, and signing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.forms.reviews import prose
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, day_field


class WaiverForm(OnceForm):
    reason = prose(_("Why it may pass"), rows=4)
    expires_on = day_field(_("Until"))

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day <= today():
            raise forms.ValidationError(_("A waiver ends on a day ahead."))
        return day


class PasswordField(forms.CharField):
    """The signer's password, asked again; never shown, never stored."""

    def __init__(self):
        super().__init__(
            label=_("Your password"),
            strip=False,
            help_text=_("Signing asks for it again."),
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )


class SignForm(OnceForm):
    password = PasswordField()
