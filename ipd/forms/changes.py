"""A request to change the plan or the contract, what functions say to it, and its decision."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.forms.contracts import figure_field, named, to_form, to_value
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.kernel.measures import Unit
from ipd.models import BusinessCase, ChangeRequest, ContractElement
from ipd.models.changes import Opinion, ReasonCode, Verdict
from ipd.queries import simulation_results
from teams.models import Function


def question(label):
    return forms.BooleanField(label=label, required=False)


class WhatIfField(forms.ModelChoiceField):
    """A what-if of the plan's simulation, told by what it changes and what came out."""

    def label_from_instance(self, obj):
        return _("If %(change)s: P50 %(p50)s, P80 %(p80)s") % {
            "change": simulation_results.words(obj),
            "p50": obj.p50_on.isoformat(),
            "p80": obj.p80_on.isoformat(),
        }


class ChangeForm(OnceForm):
    """All that a request says; the promises stand beside what the contract says now.

    Promises in money are left out for who may not see money, and stay as they are.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = short_text(_("What would change"))
    trigger = long_text(_("What made it necessary"))
    reason = forms.ChoiceField(label=_("Reason"), choices=ReasonCode)
    changes_segment = question(_("The target segment changes"))
    changes_core_value = question(_("The core value changes"))
    changes_architecture = question(_("The architecture changes"))
    changes_scope = question(_("A contracted requirement is added or dropped"))
    p50_before = day_field(_("P50 today"), required=False)
    p80_before = day_field(_("P80 today"), required=False)
    p50_after = day_field(_("P50 after it"), required=False)
    p80_after = day_field(_("P80 after it"), required=False)
    what_if = WhatIfField(
        label=_("P50 and P80 after it, from a what-if"),
        queryset=None,
        required=False,
        empty_label=_("None: as typed"),
        help_text=_(
            "Its dates take the place of typed ones. It is asked on the simulation's page."
        ),
    )
    do_nothing = long_text(_("If nothing is done"), required=False)
    stopping = long_text(_("If the product is stopped"), required=False)
    alternatives = long_text(_("Other ways"), required=False)
    customers = long_text(_("Effect on customers"), required=False)
    case_before = forms.ModelChoiceField(
        label=_("Business case before"), queryset=None, required=False, empty_label=_("None")
    )
    case_after = forms.ModelChoiceField(
        label=_("Business case after"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *args, elements: Iterable[ContractElement], product, granted: bool, **more):
        super().__init__(*args, **more)
        self.elements = [e for e in elements if granted or e.unit != Unit.MONEY]
        for element in self.elements:
            field = figure_field(element.unit, named(element), required=False)
            self.fields[f"after-{element.code}"] = field
        cases = BusinessCase.objects.filter(product=product).order_by("-version")
        choices = [("", _("None")), *((case.pk, str(case)) for case in cases)]
        for name in ("case_before", "case_after"):
            self.fields[name].queryset = cases
            self.fields[name].choices = choices
        self.fields["what_if"].queryset = simulation_results.what_ifs(product)

    def clean(self):
        """P80 is never before P50; the dates of a what-if take the place of typed ones."""
        cleaned = super().clean()
        if what_if := cleaned.get("what_if"):
            cleaned |= {"p50_after": what_if.p50_on, "p80_after": what_if.p80_on}
        for when in ("before", "after"):
            p50, p80 = cleaned.get(f"p50_{when}"), cleaned.get(f"p80_{when}")
            if p50 and p80 and p80 < p50:
                self.add_error(f"p80_{when}", _("Not before P50."))
        return cleaned

    @classmethod
    def fresh(cls, *, elements, request: ChangeRequest | None = None, proposed=None, **more):
        """Unbound: a new one with what is known, or a draft as it was saved."""
        elements = list(elements)
        initial = dict(proposed or {})
        if request is not None:
            initial = {name: getattr(request, name) for name in FACTS if name != "what_if"}
            initial["what_if"] = request.what_if_id
            initial["version"] = request.version
            after = {change.code: change.after for change in request.elements.all()}
            initial |= {
                f"after-{e.code}": to_form(e.unit, after[e.code])
                for e in elements
                if e.code in after
            }
        return cls(initial=initial, elements=elements, **more)

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in FACTS}

    def after(self) -> dict[str, Decimal]:
        """The new promises, by code; a field left empty changes nothing."""
        found = {e.code: self.cleaned_data[f"after-{e.code}"] for e in self.elements}
        return {code: to_value(value) for code, value in found.items() if value is not None}

    @property
    def promises(self):
        """Each promise with its field."""
        return [(element, self[f"after-{element.code}"]) for element in self.elements]

    @property
    def texts(self):
        return [self[name] for name in ("do_nothing", "stopping", "alternatives", "customers")]

    @property
    def questions(self):
        return [self[name] for name in FACTS if name.startswith("changes_")]

    @property
    def dates(self):
        return [self[name] for name in ("p50_before", "p80_before", "p50_after", "p80_after")]


FACTS = [name for name in ChangeForm.base_fields if name not in ("key", "version")]


class StepForm(SeenForm):
    """Submits or withdraws: there is nothing to say."""


class AssessmentForm(SeenForm):
    """What one function says; the choice holds the functions the reader speaks for."""

    function = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)
    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion)
    effect = long_text(_("What the change does there"), required=False)

    def __init__(self, *args, functions: Iterable[Function], **more):
        super().__init__(*args, **more)
        self.fields["function"].queryset = Function.objects.filter(
            pk__in=[function.pk for function in functions]
        )


class DecisionForm(SeenForm):
    """Accepts or rejects, and says why."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=Verdict, widget=forms.RadioSelect)
    note = long_text(_("Why"))
