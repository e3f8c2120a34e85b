"""What the gate calendar can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.queries import calendar
from ipd.kernel.forms.filters import Filter


class CalendarFilter(Filter):
    default = {"by": "week"}

    line = forms.ChoiceField(label=_("Product line"), required=False)
    chain = forms.ChoiceField(label=_("Chain"), required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)
    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("All")), ("late", _("Late only"))]
    )
    by = forms.ChoiceField(
        label=_("Group by"), required=False, choices=[("week", _("Week")), ("month", _("Month"))]
    )

    def __init__(self, data, found):
        named = {name: calendar.choices(found, name) for name in calendar.NARROWED_BY}
        super().__init__(data, **named)
