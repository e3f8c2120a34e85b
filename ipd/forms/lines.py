"""Choosing a product line in the filter of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.models import ProductLine


def line_field():
    return forms.ModelChoiceField(
        label=_("Product line"),
        required=False,
        queryset=ProductLine.objects.all(),
        to_field_name="code",
        empty_label=_("All"),
    )
