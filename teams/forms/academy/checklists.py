"""Forms of one's own seat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, short_text
from teams.models import Person
from teams.models.academy.checklists import KnowledgeLevel


class DeputyForm(OnceForm):
    """Somebody by e-mail address; whether they may be it is the action's affair."""

    deputy = forms.EmailField(label=_("The deputy's e-mail address"))

    def clean_deputy(self):
        found = Person.objects.filter(
            email__iexact=self.cleaned_data["deputy"], is_active=True
        ).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return found


class ClaimForm(OnceForm):
    area = short_text(
        _("Area"),
        longest=120,
        help_text=_("A subsystem, an interface, a supplier, a tool, a customer."),
    )
    level = forms.TypedChoiceField(label=_("Level"), choices=KnowledgeLevel, coerce=int)
