"""What is said at each step of a requirement's way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.forms.requirements import anything, people_of
from ipd.kernel.forms.seen import SeenForm, long_text, short_text
from ipd.models import Product, Requirement
from ipd.models.requirement_words import (
    BuyingCriterion,
    CostClass,
    Kano,
    Level,
    RejectReason,
    RequirementKind,
    Target,
    Urgency,
)


class StepForm(SeenForm):
    """A step of a requirement; forms with choices narrow them to its line and product."""

    def __init__(self, *args, requirement: Requirement, **kwargs):
        kwargs.setdefault("initial", {"version": requirement.version})
        super().__init__(*args, **kwargs)
        self.requirement = requirement
        self.narrow(requirement)

    def narrow(self, requirement: Requirement) -> None:
        """Give the choices that fit this requirement."""

    def of_line(self, code: str, level: str) -> Requirement:
        """The requirement of that code and level in the same line."""
        rows = Requirement.objects.filter(code=code, level=level, line=self.requirement.line)
        found = rows.select_related("product", "line").first()
        if found is None:
            raise forms.ValidationError(
                _("No %(level)s of this line has the code."), params={"level": level}
            )
        return found


class AcknowledgeForm(StepForm):
    pass


class ConfirmForm(StepForm):
    pass


class MergeForm(StepForm):
    into = short_text(_("Same as"), longest=40, help_text=_("Code of the other raw requirement."))

    def clean_into(self):
        return self.of_line(self.cleaned_data["into"], Level.RR)


class RejectForm(StepForm):
    reason = forms.ChoiceField(label=_("Why"), choices=RejectReason.choices)
    reply = long_text(_("What the requester is told"))


class AnalyseForm(StepForm):
    """In exact words; or part of an initial requirement that is there."""

    title = short_text(_("In exact words"), required=False)
    text = long_text(_("Complete, in standard form"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=RequirementKind.choices, initial=RequirementKind.FUNCTIONAL
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        required=False,
        queryset=Product.objects.none(),
        empty_label=_("Not yet"),
    )
    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=9, initial=5)
    cost_class = forms.ChoiceField(
        label=_("Cost class"), required=False, choices=anything(CostClass.choices, "–")
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    kano = forms.ChoiceField(label=_("Kano"), required=False, choices=anything(Kano.choices, "–"))
    criterion = forms.ChoiceField(
        label=_("Buying criterion"),
        required=False,
        choices=anything(BuyingCriterion.choices, "–"),
    )
    into = short_text(
        _("Or part of"),
        longest=40,
        required=False,
        help_text=_("Code of an initial requirement that says it already."),
    )

    def narrow(self, requirement):
        self.fields["title"].initial = requirement.title
        self.fields["owner"].queryset = people_of(requirement.product, requirement.line)

    def clean_into(self):
        code = self.cleaned_data["into"]
        return self.of_line(code, Level.IR) if code else None

    def clean(self):
        given = super().clean()
        if not given.get("into") and not given.get("title") and "into" not in self.errors:
            self.add_error("title", _("Say it in exact words, or name the one it is part of."))
        return given


class DistributeForm(StepForm):
    target = forms.ChoiceField(
        label=_("Where it goes"),
        choices=[choice for choice in Target.choices if choice[0] != Target.REJECTED],
    )
    product = forms.ModelChoiceField(
        label=_("Product"),
        required=False,
        queryset=Product.objects.none(),
        to_field_name="code",
        empty_label=_("None"),
    )
    release = short_text(_("Release"), longest=40, required=False)

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def narrow(self, requirement):
        rows = Product.objects.visible_to(self.person).filter(line=requirement.line)
        self.fields["product"].queryset = rows.select_related("line", "team")
        if requirement.product:
            self.fields["product"].initial = requirement.product.code
        self.fields["release"].initial = requirement.release


class MoveForm(StepForm):
    """The team's next step: where to."""

    to = forms.ChoiceField(label=_("Next step"))

    def __init__(self, *args, reachable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = reachable
