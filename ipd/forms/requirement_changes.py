"""Keeping a baseline, asking for a change after it, and deciding on one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.actions.requirement_changes import KEEPS
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text, short_text
from ipd.models import Product, Requirement
from ipd.models.requirement_words import ChangeAction, Level


class BaselineForm(OnceForm):
    code = forms.ChoiceField(label=_("Baseline"))
    reason = short_text(_("Kept for"), longest=300, help_text=_("The review, as TR2."))

    def __init__(self, *args, done=(), **kwargs):
        super().__init__(*args, **kwargs)
        highest = max(done, default="")
        self.fields["code"].choices = [
            (code, f"{code}: {', '.join(levels)}")
            for code, levels in KEEPS.items()
            if code > highest
        ]


class ChangeForm(OnceForm):
    """A request: to add, or to modify or drop the requirement it was opened for."""

    action = forms.ChoiceField(label=_("What"), choices=ChangeAction.choices)
    code = short_text(
        _("Requirement"),
        longest=40,
        required=False,
        help_text=_("Its code; for an addition the code of what it is derived from."),
    )
    level = forms.ChoiceField(
        label=_("Level of an addition"),
        choices=[(level, level.label) for level in (Level.SF, Level.SR, Level.AR)],
        initial=Level.SR,
    )
    title = short_text(_("New title"), required=False)
    text = long_text(_("New text"), required=False, rows=4)
    is_contracted = forms.BooleanField(label=_("The contract promises it"), required=False)
    reason = long_text(_("Why"), rows=2)
    impact = long_text(_("What it does to date, cost and other requirements"), rows=2)
    pcr = short_text(
        _("Change request of the contract"),
        longest=40,
        required=False,
        help_text=_("Its number, when scope of the contract is added or dropped."),
    )

    def __init__(self, *args, product: Product, **kwargs):
        super().__init__(*args, **kwargs)
        self.product = product

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not code:
            return None
        rows = Requirement.objects.filter(product=self.product, code=code)
        found = rows.select_related("product", "line").first()
        if found is None:
            raise forms.ValidationError(_("The product has no such requirement."))
        return found

    def clean(self):
        given = super().clean()
        action = given.get("action")
        if action in (ChangeAction.MODIFY, ChangeAction.DROP) and not given.get("code"):
            self.add_error("code", _("Name the requirement."))
        if action in (ChangeAction.ADD, ChangeAction.MODIFY) and not given.get("title"):
            self.add_error("title", _("Say what it is called then."))
        return given

    def asked(self) -> dict:
        """What the action takes."""
        given = self.given()
        found, action = given.pop("code"), given["action"]
        after = {"title": given.pop("title"), "text": given.pop("text")}
        level, contracted = given.pop("level"), given.pop("is_contracted")
        if action == ChangeAction.ADD:
            after |= {"level": level, "is_contracted": contracted}
            after["upper"] = found.code if found else ""
            found = None
        return given | {"requirement": found, "after": after}


class DecideForm(SeenForm):
    accepted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Accept")), ("no", _("Do not accept"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = long_text(_("Why"), required=False, rows=2)
    pcr = short_text(_("Change request of the contract"), longest=40, required=False)
