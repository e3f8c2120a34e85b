"""The fields of a requirement that are edited in place: one registry, closed.

A name that is not in `CELLS` cannot be edited through a cell, whatever an address says.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.actions.requirement_moves import MOVES, blocker
from ipd.forms.requirements import anything, people_of
from ipd.kernel.forms.seen import OnceForm, SeenForm, short_text
from ipd.models import Product, Requirement
from ipd.models.requirement_words import Kano, RequirementStatus, Target
from teams.models import Person


def _title(row):
    return short_text(_("Title"))


def _status(row):
    """The states it can be moved to now, beside the present one."""
    reachable = [state for state in MOVES if not blocker(row, state)]
    words = dict(RequirementStatus.choices)
    return forms.ChoiceField(
        label=_("State"), choices=[(state, words[state]) for state in (row.status, *reachable)]
    )


def _owner(row):
    return forms.ModelChoiceField(
        label=_("Owner"),
        required=False,
        queryset=people_of(row.product, row.line, row.owner_id),
        empty_label=_("Nobody"),
    )


def _value(row):
    return forms.IntegerField(label=_("Value"), min_value=0, max_value=9)


def _release(row):
    return forms.CharField(label=_("Release"), max_length=40, required=False)


def _kano(row):
    return forms.ChoiceField(label=_("Kano"), required=False, choices=anything(Kano.choices, "–"))


CELLS = {
    "title": _title,
    "status": _status,
    "owner": _owner,
    "value": _value,
    "release": _release,
    "kano": _kano,
}


def cell_form(row: Requirement, name: str, data=None) -> SeenForm:
    """A form of one field, with what its reader saw."""
    initial = {name: getattr(row, name)}
    form = SeenForm.fresh(row, data=data, initial=initial, auto_id=f"cell_{row.pk}_%s")
    form.fields[name] = CELLS[name](row)
    return form


class BulkForm(OnceForm):
    """The same owner, release or target for all that are chosen; blank fields stay as they are."""

    owner = forms.ModelChoiceField(
        label=_("Owner"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("As it is"),
    )
    release = forms.CharField(label=_("Release"), required=False, max_length=40)
    target = forms.ChoiceField(
        label=_("Target"),
        required=False,
        choices=anything([c for c in Target.choices if c[0] != Target.REJECTED], _("As it is")),
    )

    def __init__(self, *args, product: Product, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(product, product.line)

    def clean(self):
        given = super().clean()
        if not any(given.get(name) for name in ("owner", "release", "target")):
            raise forms.ValidationError(_("Choose an owner, a release or a target."))
        return given

    def values(self) -> dict:
        """The fields that were filled in."""
        return {name: value for name, value in self.given().items() if value}
