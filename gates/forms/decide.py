"""A decision's form: each outcome asks for what it must say, and for nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.actions.terms import SHORTEST_OVERRIDE, SHORTEST_RATIONALE, NewCondition, Terms
from gates.forms.reviews import prose
from gates.forms.waivers import PasswordField
from gates.models import Deferral, Outcome, ReasonCode
from gates.models.conditions import ConditionKind
from gates.models.facts import Assessment
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field

CURRENCIES = ["EUR", "CNY", "USD"]
MOST_ROWS = 30


def amount(label, **options) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=16, decimal_places=2, localize=True, **options
    )


class DecideForm(SeenForm):
    """The terms of a decision for one outcome.

    overruled  the outcome a majority voted for, when the chosen one is another.
    last_gate  no gate follows, so there is no next day to set.
    """

    rationale = prose(
        _("Why"),
        rows=5,
        min_length=SHORTEST_RATIONALE,
        help_text=_("One paragraph for the record, at least 80 characters."),
    )

    def __init__(
        self, *args, outcome: Outcome, criteria: dict, overruled="", last_gate=False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.criteria, fields = criteria, {}
        if overruled:
            fields["override_rationale"] = prose(
                _("Why against the majority"),
                min_length=SHORTEST_OVERRIDE,
                help_text=_("A majority voted “%(outcome)s”.") % {"outcome": overruled},
            )
        if outcome.needs_reason_code:
            fields["reason_code"] = forms.ModelChoiceField(
                label=_("Reason code"),
                queryset=ReasonCode.objects.filter(process=outcome.chain.process_id),
            )
        if outcome.needs_changes:
            fields["changes_asked"] = prose(_("What must change"))
        if outcome.needs_restart_trigger:
            fields["restart_trigger"] = prose(_("What would restart it"), rows=2)
        if outcome.needs_reuse_plan:
            fields["reuse_plan"] = prose(_("Where people and assets go"))
        if outcome.needs_next_date or outcome.comes_back:
            needed = outcome.needs_next_date and not last_gate
            label = _("Comes back on") if outcome.comes_back else _("Next gate on")
            fields["next_on"] = day_field(label, required=needed)
        if outcome.needs_expiry:
            fields["expires_on"] = day_field(_("Expires on"))
        if outcome.releases_money or outcome.bridge_money:
            label = _("Amount released") if outcome.releases_money else _("Bridge budget")
            fields["amount"] = amount(label, required=outcome.releases_money)
        if outcome.cancels:
            fields["sunk_cost"] = amount(_("Sunk cost"))
        if not outcome.passes:
            fields["cites"] = forms.MultipleChoiceField(
                label=_("Rests on these criteria"),
                required=False,
                choices=criteria_choices(criteria),
                initial=[pk for pk, one in criteria.items() if one.state == Assessment.NOT_MET],
                help_text=_("Those that are not met are marked; mark what decided it."),
                widget=forms.SelectMultiple(attrs={"size": 6}),
            )
        if "amount" in fields or "sunk_cost" in fields:
            fields["currency"] = forms.ChoiceField(
                label=_("Currency"), choices=[(code, code) for code in CURRENCIES]
            )
        self.fields |= fields
        self.fields["password"] = PasswordField()

    def clean(self):
        values = super().clean()
        for name in ("next_on", "expires_on"):
            if values.get(name) and values[name] <= today():
                self.add_error(name, _("Choose a day ahead."))
        return values

    def terms(self, conditions: list[NewCondition], dissents: list) -> Terms:
        left_out = ("key", "version", "password")
        values = {name: v for name, v in self.cleaned_data.items() if name not in left_out}
        values["cites"] = [self.criteria[pk] for pk in values.get("cites", ())]
        return Terms(**values, conditions=conditions, dissents=dissents)


def criteria_choices(criteria: dict) -> list[tuple[str, str]]:
    """The review's criteria to choose from, as far as a line shows their text."""
    return [(pk, f"{one.code} {one.text[:70]}") for pk, one in criteria.items()]


class ConditionRow(forms.Form):
    """One condition; people and functions are chosen from lists loaded once for all rows."""

    text = prose(_("Condition"), rows=2)
    kind = forms.ChoiceField(label=_("Kind"), choices=ConditionKind.choices, initial="subsequent")
    owner = forms.ChoiceField(label=_("Owner"))
    function = forms.ChoiceField(label=_("Function"))
    due_on = day_field(_("Due"))
    acceptance_test = prose(_("Accepted when"), rows=2)
    verifier = forms.ChoiceField(label=_("Verifier"))
    consequence = prose(_("Otherwise"), rows=2)
    criterion = forms.ChoiceField(label=_("Given for"), required=False)

    def __init__(self, *args, people: dict, functions: dict, criteria: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.functions, self.criteria = people, functions, criteria
        self.fields["criterion"].choices = [("", "–"), *criteria_choices(criteria)]
        named = [("", "–"), *((pk, person.name) for pk, person in people.items())]
        for name in ("owner", "verifier"):
            self.fields[name].choices = named
        self.fields["function"].choices = [
            ("", "–"),
            *((pk, function.name) for pk, function in functions.items()),
        ]

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < today():
            raise forms.ValidationError(_("The due day has passed."))
        return day

    def clean(self):
        values = super().clean()
        if values.get("owner") and values.get("owner") == values.get("verifier"):
            self.add_error("verifier", _("The owner does not verify their own condition."))
        return values

    def condition(self) -> NewCondition:
        values = dict(self.cleaned_data)
        for name in ("owner", "verifier"):
            values[name] = self.people[values[name]]
        values["function"] = self.functions[values["function"]]
        values["criterion"] = self.criteria.get(values["criterion"])
        return NewCondition(**values)


class DissentRow(forms.Form):
    person = forms.ChoiceField(label=_("Voter"))
    reason = prose(_("Dissents because"), rows=2)

    def __init__(self, *args, voters: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.voters = voters
        self.fields["person"].choices = [
            ("", "–"),
            *((pk, person.name) for pk, person in voters.items()),
        ]

    def dissent(self):
        return self.voters[self.cleaned_data["person"]], self.cleaned_data["reason"]


class DissentRows(forms.BaseFormSet):
    def clean(self):
        named = [row.cleaned_data.get("person") for row in self.forms if row.has_changed()]
        if len(set(named)) < len(named):
            raise forms.ValidationError(_("Each voter dissents once."))


def rows_of(row, *, least: int, extra: int, base=forms.BaseFormSet):
    """A class of rows with at least `least` filled in, and `extra` blank ones to fill."""
    return forms.formset_factory(
        row, formset=base, extra=extra, min_num=least, validate_min=True, max_num=MOST_ROWS
    )


def typed_rows(data, prefix: str, row) -> list[dict]:
    """What was typed into the rows of a form that is drawn anew, blank rows left out."""
    count = data.get(f"{prefix}-TOTAL_FORMS", "")
    names = list(row.base_fields)
    rows = [
        {name: data.get(f"{prefix}-{number}-{name}", "") for name in names}
        for number in range(min(int(count), MOST_ROWS) if count.isdigit() else 0)
    ]
    blank = {"", "subsequent"}
    return [one for one in rows if any(value not in blank for value in one.values())]


class DeferForm(SeenForm):
    why = forms.ChoiceField(
        label=_("Why there is no decision"), choices=Deferral._meta.get_field("why").choices
    )
    note = prose(_("Note"), required=False)
    moved_to = day_field(_("New day"))

    def clean_moved_to(self):
        day = self.cleaned_data["moved_to"]
        if day <= today():
            raise forms.ValidationError(_("The next meeting is on a day ahead."))
        return day


class CorrectForm(OnceForm):
    reason = prose(_("What was wrong with the record"), min_length=10)
    rationale = prose(_("Corrected reasons"), rows=6, min_length=SHORTEST_RATIONALE)
    password = PasswordField()
