"""What the lists of teams and people can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.filters import Filter, search_field


class TeamFilter(Filter):
    q = search_field(_("Name or number"), longest=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False)


class PersonFilter(Filter):
    q = search_field(_("Name or number"), longest=60)
    function = forms.ChoiceField(label=_("Function"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
