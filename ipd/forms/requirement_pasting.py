"""A block of rows from a spreadsheet, as it was pasted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm


class PasteForm(OnceForm):
    rows = forms.CharField(
        label=_("Rows"),
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "spellcheck": "false"}),
        help_text=_("Copy them in the spreadsheet, with the line of column names, and paste."),
    )
