"""Forms of one's own seat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, short_text
from teams.models import Person, Seat
from teams.models.academy.checklists import KnowledgeLevel


class DeputyForm(OnceForm):
    """Somebody of the seat's function."""

    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=None)

    def __init__(self, *args, seat: Seat, **more):
        super().__init__(*args, **more)
        rows = Person.objects.filter(is_active=True, function=seat.function_id)
        self.fields["deputy"].queryset = rows.exclude(pk=seat.person_id)


class ClaimForm(OnceForm):
    area = short_text(
        _("Area"),
        longest=120,
        help_text=_("A subsystem, an interface, a supplier, a tool, a customer."),
    )
    level = forms.TypedChoiceField(label=_("Level"), choices=KnowledgeLevel, coerce=int)
