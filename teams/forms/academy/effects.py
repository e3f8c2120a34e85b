"""Studies with their rows, assumptions about the return, reactions, checks and ratings."""

import csv
from decimal import Decimal, InvalidOperation
from io import StringIO

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, day_field, long_text, short_text
from teams.actions.academy.studies import Given
from teams.forms.people import PersonField
from teams.models import Cohort, ReturnLine, Study
from teams.models.academy.studies import Arm, Design, LineKind, Outcome
from teams.permissions.academy import assessors
from teams.queries.academy.enrolments import current_paths

MOST_ROWS = 2000
YES, NO = {"1", "yes", "y"}, {"0", "no", "n"}
FIVE = [(n, str(n)) for n in range(1, 6)]


def paths():
    return [(row.code, row.title) for row in current_paths()]


class StudyForm(OnceForm):
    """A question with its outcome, put down before the outcome is known."""

    code = forms.SlugField(label=_("Short name"), max_length=30)
    title = short_text(_("Question"))
    path_code = forms.ChoiceField(label=_("Path"), choices=paths)
    cohorts = forms.ModelMultipleChoiceField(
        label=_("Cohorts"), queryset=Cohort.objects.order_by("-starts_on")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    measured = short_text(
        _("What is counted"), longest=120, help_text=_("promotion; team score, points")
    )
    months = forms.IntegerField(label=_("Months after"), min_value=1, max_value=60, initial=12)
    design = forms.ChoiceField(label=_("Comparison"), choices=Design.choices)
    matched_on = short_text(
        _("Matched on"), required=False, help_text=_("function, grade, tenure, KPI before")
    )
    is_primary = forms.BooleanField(
        label=_("Primary outcome of these cohorts"),
        required=False,
        help_text=_("One for each cohort; all others are exploratory."),
    )

    def clean(self):
        values = super().clean()
        if values.get("design") == Design.MATCHED and not values.get("matched_on"):
            self.add_error("matched_on", _("Say on what the groups are matched."))
        return values


class RowsForm(OnceForm):
    """Rows pasted from a sheet: arm, reference, and what is measured."""

    rows = long_text(_("Rows"), rows=10, max_length=200_000)

    def __init__(self, *args, study: Study, **kwargs):
        super().__init__(*args, **kwargs)
        self.study = study
        of_shares = study.outcome == Outcome.SHARE
        self.fields["rows"].help_text = (
            _("One line each: trained or comparison, reference, yes or no.")
            if of_shares
            else _("One line each: trained or comparison, reference, before, after.")
        )

    def clean_rows(self):
        text = self.cleaned_data["rows"]
        dialect = csv.excel_tab if "\t" in text else csv.excel
        lines = [line for line in csv.reader(StringIO(text), dialect) if any(line)]
        if len(lines) > MOST_ROWS:
            raise forms.ValidationError(_("At most 2,000 rows at a time."))
        given, wrong = [], []
        for number, cells in enumerate(lines, start=1):
            try:
                given.append(self._given([cell.strip() for cell in cells]))
            except ValueError as error:
                told = {"number": number, "wrong": error}
                wrong.append(forms.ValidationError(_("Row %(number)s: %(wrong)s") % told))
        if wrong:
            raise forms.ValidationError(wrong)
        return given

    def _given(self, cells: list[str]) -> Given:
        of_shares = self.study.outcome == Outcome.SHARE
        if len(cells) != (3 if of_shares else 4):
            raise ValueError(_("a row has %(n)s cells.") % {"n": 3 if of_shares else 4})
        arm, reference, *measured = cells
        if arm.lower() not in Arm.values:
            raise ValueError(_("the first cell is trained or comparison."))
        if not 1 <= len(reference) <= 40:
            raise ValueError(_("the reference has 1 to 40 letters."))
        if of_shares:
            word = measured[0].lower()
            if word not in YES | NO:
                raise ValueError(_("the third cell is yes or no."))
            return Given(arm.lower(), reference, happened=word in YES)
        try:
            before, after = (Decimal(value).quantize(Decimal("0.01")) for value in measured)
        except InvalidOperation as error:
            raise ValueError(_("before and after are numbers.")) from error
        if max(abs(before), abs(after)) >= 10**7:
            raise ValueError(_("before and after are below ten million."))
        return Given(arm.lower(), reference, before=before, after=after)


class ReturnForm(OnceForm):
    """An assumption as a range."""

    path_code = forms.ChoiceField(label=_("Path"), choices=paths)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("Kind"), choices=LineKind.choices)
    text = short_text(_("Assumption"))
    low = forms.DecimalField(label=_("Low"), min_value=0, max_digits=14, decimal_places=2)
    base = forms.DecimalField(label=_("Base"), min_value=0, max_digits=14, decimal_places=2)
    high = forms.DecimalField(label=_("High"), min_value=0, max_digits=14, decimal_places=2)

    def clean(self):
        values = super().clean()
        ends = [values.get(name) for name in ("low", "base", "high")]
        if None not in ends and ends != sorted(ends):
            self.add_error("base", _("Base lies between low and high."))
        return values


class ReturnRemovalForm(OnceForm):
    line = forms.ModelChoiceField(queryset=ReturnLine.objects.all(), widget=forms.HiddenInput)


def _five(label):
    return forms.TypedChoiceField(label=label, choices=FIVE, coerce=int, widget=forms.RadioSelect)


class ReactionForm(OnceForm):
    relevance = _five(_("It was relevant to my work (5: very)"))
    confidence = _five(_("I am confident to use it (5: very)"))
    recommends = _five(_("I would recommend it to a colleague (5: surely)"))


class CheckForm(OnceForm):
    """What a manager sees in the work, not in the person."""

    decides = _five(_("Decides in time, with facts and reasons"))
    tells = _five(_("Brings bad news early"))
    agrees = _five(_("Brings functions to a result that holds"))
    example = long_text(_("An example that both of you saw"))


class PackForm(OnceForm):
    """A real pack and the two who rate it."""

    code = forms.SlugField(label=_("Short name"), max_length=40)
    title = short_text(_("Pack"))
    link = forms.CharField(
        label=_("Where it is read"),
        max_length=300,
        help_text=_("An address here, as /gates/reviews/12/, or elsewhere with https://"),
    )
    leader = PersonField(label=_("Who led it"))
    locked_on = day_field(_("Pack locked on"))
    first = PersonField(label=_("First assessor"), among=assessors)
    second = PersonField(label=_("Second assessor"), among=assessors)

    def clean_link(self):
        link = self.cleaned_data["link"]
        if not (link.startswith("https://") or (link.startswith("/") and link[1:2] != "/")):
            raise forms.ValidationError(_("Begin with / or https://."))
        return link


class RatingForm(OnceForm):
    """One level for the whole pack, by the five texts of what a good one is."""

    level = _five(_("Level"))
    reason = long_text(_("What you saw in the pack"))
