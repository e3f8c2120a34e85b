"""How a product departs from its process."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.forms.reviews import prose
from gates.models import GateDefinition
from gates.models.definitions import TailoringKind
from ipd.kernel.forms.seen import OnceForm


class TailoringForm(OnceForm):
    gate = forms.ModelChoiceField(label=_("Gate"), queryset=GateDefinition.objects.none())
    kind = forms.ChoiceField(label=_("What happens"), choices=TailoringKind.choices)
    into = forms.ModelChoiceField(
        label=_("Held in"),
        queryset=GateDefinition.objects.none(),
        required=False,
        help_text=_("For a merger: the gate it is reviewed with."),
    )
    label = forms.CharField(
        label=_("Name there"),
        max_length=30,
        required=False,
        help_text=_("For a merger, for instance TR2+3."),
    )
    reason = prose(_("Reason"), min_length=10)

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        gates = GateDefinition.objects.filter(chain__process=product.process_id)
        gates = gates.select_related("chain").order_by("order")
        self.fields["gate"].queryset = self.fields["into"].queryset = gates

    def clean(self):
        values = super().clean()
        if values.get("kind") == TailoringKind.MERGED and not values.get("into"):
            self.add_error("into", _("Name the gate it is held in."))
        return values
