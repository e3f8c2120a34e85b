"""What is said about one team's bonus: contributions, signatures, findings, appeals."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text
from teams.calculations.bonuses import HIGHEST, LOWEST
from teams.forms.bonuses import number_field
from teams.models import BonusMember, BonusTeam, Function
from teams.models.bonus_teams import FindingKind


class ProposalForm(SeenForm):
    """A contribution for each member; the participation-weighted mean counts as 1."""

    note = long_text(_("What these contributions rest on"), required=False, max_length=1000)

    def __init__(self, *args, members: Iterable[BonusMember], **more):
        super().__init__(*args, **more)
        self.members = list(members)
        for member in self.members:
            self.fields[f"c-{member.pk}"] = forms.DecimalField(
                label=member.person.name,
                min_value=LOWEST,
                max_value=HIGHEST,
                decimal_places=2,
                widget=forms.NumberInput(
                    attrs={"step": "0.01", "min": LOWEST, "max": HIGHEST, "inputmode": "decimal"}
                ),
            )

    @classmethod
    def of(cls, row: BonusTeam, members: Iterable[BonusMember]):
        """Unbound, with what stands."""
        members = list(members)
        initial = {f"c-{member.pk}": member.contribution for member in members}
        return cls.fresh(row, initial={**initial, "note": row.note}, members=members)

    @property
    def rows(self):
        """Each member with their field."""
        return [(member, self[f"c-{member.pk}"]) for member in self.members]

    def contributions(self) -> dict[int, Decimal]:
        return {member.pk: self.cleaned_data[f"c-{member.pk}"] for member in self.members}


class CosignForm(SeenForm):
    """For one of the functions that the reader signs for."""

    function = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)

    def __init__(self, *args, functions: Iterable[int], **more):
        super().__init__(*args, **more)
        self.fields["function"].queryset = Function.objects.filter(pk__in=list(functions))


class FindingForm(OnceForm):
    """A fact that no system knows, or does not know yet."""

    kind = forms.ChoiceField(label=_("What was found"), choices=FindingKind)
    text = long_text(_("What exactly, and where the proof is"), rows=2, max_length=400)


class ClearForm(OnceForm):
    reason = long_text(_("Why it does not count"), rows=2, max_length=400)


class AppealForm(OnceForm):
    text = long_text(_("What is wrong, and what would be right"), rows=5)


class AnswerForm(OnceForm):
    """An amount is paid from the reserve, beside the frozen share."""

    upheld = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("The appeal is right")), ("no", _("It stays as it is"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = long_text(_("Why"), rows=3)
    amount = number_field(
        _("Paid from the reserve"), min_value=0, digits=14, required=False, initial=0
    )

    def clean_amount(self):
        return self.cleaned_data["amount"] or Decimal(0)
