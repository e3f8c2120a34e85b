"""Forms of one's own seat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, short_text
from teams.forms.people import PersonField
from teams.models.academy.checklists import KnowledgeLevel


class DeputyForm(OnceForm):
    """Whether they may be it is the action's affair."""

    deputy = PersonField(label=_("Deputy"))


class ClaimForm(OnceForm):
    area = short_text(
        _("Area"),
        longest=120,
        help_text=_("A subsystem, an interface, a supplier, a tool, a customer."),
    )
    level = forms.TypedChoiceField(label=_("Level"), choices=KnowledgeLevel, coerce=int)
