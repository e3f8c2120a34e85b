"""How requirements are looked for, and what people write down when they raise one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.forms.lines import line_field
from ipd.kernel.forms.filters import search_field
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.models import Product, ProductLine, Requirement
from ipd.models.requirement_words import (
    CostClass,
    Kano,
    Level,
    LinkKind,
    Method,
    RequirementKind,
    RequirementStatus,
    Result,
    Target,
    Urgency,
)
from ipd.queries.requirements import GROUPS, SORTS
from teams.models import Person

VIEWS = [
    ("", _("All")),
    ("below", _("Nothing below")),
    ("above", _("Nothing above (gold plating)")),
    ("untested", _("Not verified")),
    ("ownerless", _("Without owner")),
    ("mine", _("Mine")),
    ("changed", _("Changed since the baseline")),
    ("overdue", _("Clock overdue")),
]
SORT_WORDS = {
    "code": _("Code"),
    "title": _("Title"),
    "value": _("Value"),
    "moved": _("Last change"),
    "due": _("Due"),
}
GROUP_WORDS = {
    "status": _("State"),
    "owner": _("Owner"),
    "release": _("Release"),
    "kind": _("Kind"),
    "target": _("Target"),
}


def anything(choices, word):
    return [("", word), *choices]


def people_of(product: Product | None, line: ProductLine, *also: int | None):
    """Who may own a requirement: the seats of its team, or of the line's bodies."""
    seats = {"seats__team": product.team_id} if product else {"seats__team__bodies__line": line}
    deputies = {f"deputy_{path}": value for path, value in seats.items()}
    found = Person.objects.filter(is_active=True, **seats)
    found |= Person.objects.filter(is_active=True, **deputies)
    return (found | Person.objects.filter(pk__in=[pk for pk in also if pk])).distinct()


class RequirementFilter(forms.Form):
    """The list's address; a value that is none of the choices is passed over."""

    view = forms.ChoiceField(label=_("View"), required=False, choices=VIEWS)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=anything(RequirementStatus.choices, _("All"))
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=anything(RequirementKind.choices, _("All"))
    )
    sort = forms.ChoiceField(
        label=_("Sort by"), required=False, choices=[(key, SORT_WORDS[key]) for key in SORTS]
    )
    group = forms.ChoiceField(
        label=_("Group by"),
        required=False,
        choices=anything([(key, GROUP_WORDS[key]) for key in GROUPS], _("Nothing")),
    )
    line = line_field()
    q = search_field()
    level = forms.ChoiceField(
        required=False, choices=anything(Level.choices, ""), widget=forms.HiddenInput
    )
    owner = forms.IntegerField(
        required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput
    )
    release = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    target = forms.ChoiceField(
        required=False, choices=anything(Target.choices, ""), widget=forms.HiddenInput
    )

    def __init__(self, *args, product: Product | None = None, **kwargs):
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        if product is not None:
            del self.fields["line"]

    def wanted(self) -> dict:
        """The clean values; what is not given is blank, an owner None."""
        self.is_valid()
        blank = {name: None if name == "owner" else "" for name in self.fields}
        return blank | self.cleaned_data | {"sort": self.cleaned_data.get("sort") or "code"}


class RaiseForm(OnceForm):
    """A raw requirement, by anybody: what is wanted, who said so, what they were doing."""

    line = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.all(), to_field_name="code"
    )
    product = forms.ModelChoiceField(
        label=_("Product, if it is about one"),
        required=False,
        queryset=Product.objects.none(),
        to_field_name="code",
        empty_label=_("None in particular"),
    )
    title = short_text(_("What is wanted"))
    text = long_text(_("In their own words"), required=False)
    customer = short_text(
        _("Customer"), longest=150, required=False, help_text=_("Blank when it is your own idea.")
    )
    scenario = long_text(_("What they were doing, where and when"), rows=2)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.visible_to(person)

    def clean(self):
        given = super().clean()
        product = given.get("product")
        if product and given.get("line") and product.line_id != given["line"].pk:
            self.add_error("product", _("This product belongs to another line."))
        return given


class DeriveForm(OnceForm):
    level = forms.ChoiceField(label=_("Level"))
    title = short_text(_("Title"))
    text = long_text(_("Text"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=RequirementKind.choices, initial=RequirementKind.FUNCTIONAL
    )
    method = forms.ChoiceField(
        label=_("Verified by"), required=False, choices=anything(Method.choices, _("Not decided"))
    )

    def __init__(self, *args, upper: Requirement, **kwargs):
        super().__init__(*args, **kwargs)
        below = Level.choices[upper.depth + 1 :]
        self.fields["level"].choices = [(key, f"{key} {word}") for key, word in below]


class LinkForm(OnceForm):
    """A link to another requirement, by its code; which end is upper follows from the levels."""

    kind = forms.ChoiceField(label=_("It"), choices=LinkKind.choices)
    code = short_text(_("Code of the other one"), longest=40)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_code(self):
        rows = Requirement.objects.visible_to(self.person).filter(code=self.cleaned_data["code"])
        found = rows.select_related("line", "product").first()
        if found is None:
            raise forms.ValidationError(_("No requirement has this code."))
        return found


class VerificationForm(OnceForm):
    code = short_text(_("Test case"), longest=40)
    title = short_text(_("Title"))
    method = forms.ChoiceField(label=_("Method"), choices=Method.choices)
    result = forms.ChoiceField(label=_("Result"), choices=Result.choices)
    run_on = day_field(_("Ran on"), required=False)
    link = forms.URLField(label=_("Report"), required=False, max_length=500, assume_scheme="https")


class EditForm(SeenForm):
    """All that can be said of a requirement, on one page; cells of the list say it one by one."""

    title = short_text(_("Title"))
    text = long_text(_("Text"), required=False, rows=6)
    kind = forms.ChoiceField(label=_("Kind"), choices=RequirementKind.choices)
    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=9)
    cost_class = forms.ChoiceField(
        label=_("Cost class"), required=False, choices=anything(CostClass.choices, "–")
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    kano = forms.ChoiceField(label=_("Kano"), required=False, choices=anything(Kano.choices, "–"))
    release = short_text(_("Release"), longest=40, required=False)
    method = forms.ChoiceField(
        label=_("Verified by"), required=False, choices=anything(Method.choices, "–")
    )

    def __init__(self, *args, requirement: Requirement, kept: bool = False, **kwargs):
        kwargs.setdefault(
            "initial",
            {"version": requirement.version}
            | {
                name: getattr(requirement, name)
                for name in self.base_fields
                if name != "version" and hasattr(requirement, name)
            },
        )
        super().__init__(*args, **kwargs)
        if kept:
            for name in ("title", "text", "kind"):
                del self.fields[name]
