"""What is typed into a cell of the plan: one small form for each, with a sentence per mistake."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.calculations.plan_words import (
    Unreadable,
    duration,
    link_text,
    links_of,
    minutes_of,
)
from ipd.kernel.forms.seen import SeenForm, day_field, short_text
from ipd.models import Activity, Link
from ipd.models.plans import ConstraintKind
from teams.models import Function, Person

SENTENCES = {
    "duration": gettext_lazy("“%(piece)s” is no duration. Write 10, 10d, 2w or 4h."),
    "unit": gettext_lazy("The unit of “%(piece)s” is not known: min, h, d, w or mo."),
    "large": gettext_lazy("“%(piece)s” is too long for a plan."),
    "link": gettext_lazy("“%(piece)s” is no link. Write 3, 3FS+2d or A4SS-1d."),
    "code": gettext_lazy("No activity of this plan has the code “%(piece)s”."),
    "itself": gettext_lazy("“%(piece)s”: an activity cannot wait for itself."),
    "twice": gettext_lazy("“%(piece)s” says the same link a second time."),
}


def sentence(mistake: Unreadable) -> str:
    return str(SENTENCES[mistake.what]) % {"piece": mistake.piece[:60]}


class DurationField(forms.CharField):
    """Working minutes, typed as "10", "10d", "2w" or "4h"."""

    per_day = 480

    def __init__(self, **options):
        super().__init__(**{"max_length": 20, **options})
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return minutes_of(text, per_day=self.per_day)
        except Unreadable as mistake:
            raise forms.ValidationError(sentence(mistake)) from mistake


class CellForm(SeenForm):
    """One field of one activity; what its reader saw is the plan."""

    def __init__(self, data=None, *, activity: Activity, plan):
        self.activity, self.plan = activity, plan
        self.per_day = plan.calendar.minutes_per_day
        super().__init__(
            data,
            auto_id=f"cell-{activity.pk}-%s",
            initial={"version": plan.version, **self.stored()},
            use_required_attribute=False,
        )
        for field in self.fields.values():
            if isinstance(field, DurationField):
                field.per_day = self.per_day

    def stored(self) -> dict:
        """What the fields say before anything is typed."""
        raise NotImplementedError

    def change(self) -> dict:
        """The valid values, as `actions.activities.change` takes them."""
        carried = SeenForm.base_fields
        return {name: value for name, value in self.cleaned_data.items() if name not in carried}

    def words(self, minutes: int | None) -> str:
        return duration(minutes, per_day=self.per_day).replace(" ", "")


class NameForm(CellForm):
    name = short_text(gettext_lazy("Name"), longest=255)

    def stored(self):
        return {"name": self.activity.name}


class DurationForm(CellForm):
    duration = DurationField(label=gettext_lazy("Duration"))

    def stored(self):
        return {"duration": self.words(self.activity.minutes)}

    def clean_duration(self):
        """A likely duration outside of the three-point estimate asks for the estimate."""
        minutes, row = self.cleaned_data["duration"], self.activity
        low, high = row.optimistic_minutes, row.pessimistic_minutes
        if low is not None and not low <= minutes <= high:
            raise forms.ValidationError(
                _("The estimate goes from %(low)s to %(high)s: change it under Estimates.")
                % {"low": self.words(low), "high": self.words(high)}
            )
        return minutes

    def change(self):
        return {"minutes": self.cleaned_data["duration"]}


class EstimateForm(CellForm):
    least = DurationField(label=gettext_lazy("Least"), required=False)
    likely = DurationField(label=gettext_lazy("Likely"))
    most = DurationField(label=gettext_lazy("Most"), required=False)

    def stored(self):
        row = self.activity
        return {
            "least": self.words(row.optimistic_minutes),
            "likely": self.words(row.minutes),
            "most": self.words(row.pessimistic_minutes),
        }

    def change(self):
        given = self.cleaned_data
        return {
            "optimistic_minutes": given["least"],
            "minutes": given["likely"],
            "pessimistic_minutes": given["most"],
        }


class PercentForm(CellForm):
    percent = forms.CharField(label=gettext_lazy("Percent done"), max_length=6)

    def stored(self):
        return {"percent": self.activity.percent}

    def clean_percent(self):
        text = self.cleaned_data["percent"].rstrip(" %")
        if not text.isascii() or not text.isdecimal() or int(text) > 100:
            raise forms.ValidationError(_("Progress is a whole number from 0 to 100."))
        return int(text)


class FunctionForm(CellForm):
    function = forms.ModelChoiceField(
        label=gettext_lazy("Function"),
        queryset=Function.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def stored(self):
        return {"function": self.activity.function and self.activity.function.code}


class OwnerForm(CellForm):
    owner = forms.CharField(
        label=gettext_lazy("Owner"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "plan-people", "autocomplete": "off"}),
    )

    def stored(self):
        return {"owner": self.activity.owner.name if self.activity.owner else ""}

    def clean_owner(self):
        """Somebody by number, e-mail address or full name; nothing for nobody."""
        text = self.cleaned_data["owner"].strip()
        if not text:
            return None
        people = Person.objects.filter(is_active=True)
        by_name = list(people.filter(name__iexact=text)[:2])
        found = by_name or list(people.filter(code__iexact=text)[:1])
        found = found or list(people.filter(email__iexact=text)[:1])
        if not found:
            raise forms.ValidationError(_("Nobody is called “%(name)s”.") % {"name": text[:60]})
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several people are called “%(name)s”: type the number.") % {"name": text[:60]}
            )
        return found[0]


class ConstraintForm(CellForm):
    constraint = forms.ChoiceField(label=gettext_lazy("Constraint"), choices=ConstraintKind.choices)
    day = day_field(gettext_lazy("Date"), required=False)

    def stored(self):
        at = self.activity.constraint_at
        return {"constraint": self.activity.constraint, "day": at and at.date()}

    def clean(self):
        given = super().clean()
        dated = given.get("constraint") not in (None, ConstraintKind.ASAP, ConstraintKind.ALAP)
        if dated and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("This constraint needs a date."))
        return given

    def change(self):
        given = self.cleaned_data
        free = given["constraint"] in (ConstraintKind.ASAP, ConstraintKind.ALAP)
        return {"constraint": given["constraint"], "constraint_at": None if free else given["day"]}


class LinksForm(CellForm):
    links = forms.CharField(
        label=gettext_lazy("Predecessors"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "3FS+2d, A4SS-1d"}),
    )

    def stored(self):
        found = Link.objects.filter(successor=self.activity).select_related("predecessor")
        texts = [
            link_text(one.predecessor.code, one.kind, one.lag, one.lag_unit, per_day=self.per_day)
            for one in found.order_by("pk")
        ]
        return {"links": ", ".join(texts)}

    def clean_links(self):
        """Activities with kind, lag and unit, as `actions.links.set_predecessors` takes them."""
        codes = {row.code: row for row in self.plan.activities.only("code", "name", "plan")}
        try:
            written = links_of(
                self.cleaned_data["links"],
                known=codes,
                own=self.activity.code,
                per_day=self.per_day,
            )
        except Unreadable as mistake:
            raise forms.ValidationError(sentence(mistake)) from mistake
        return [(codes[one.code], one.kind, one.lag, one.unit) for one in written]


FORMS: dict[str, type[CellForm]] = {
    "name": NameForm,
    "duration": DurationForm,
    "estimate": EstimateForm,
    "percent": PercentForm,
    "function": FunctionForm,
    "owner": OwnerForm,
    "constraint": ConstraintForm,
    "links": LinksForm,
}
