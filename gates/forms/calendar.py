"""What the gate calendar can be narrowed to; the address carries it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.queries import calendar


class CalendarFilter(forms.Form):
    """Every field is optional; a value that is none of its choices counts as not given."""

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
        super().__init__(data, auto_id="filter-%s", use_required_attribute=False)
        for name in calendar.NARROWED_BY:
            self.fields[name].choices = [("", _("All")), *calendar.choices(found, name)]

    def wanted(self) -> dict[str, str]:
        """The valid values; by week unless months are asked for."""
        self.is_valid()
        return {"by": "week", **{name: v for name, v in self.cleaned_data.items() if v}}
