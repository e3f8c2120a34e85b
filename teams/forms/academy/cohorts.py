"""What is said of a cohort, who is enrolled into it, and how its places are drawn."""

import csv

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from ipd.kernel.tables.csv_files import decode
from teams.forms.people import find
from teams.models import Cohort, Person
from teams.models.academy.lotteries import Strata

MOST_PASTED, LARGEST_FILE = 200, 100_000
SEPARATORS = ";\t"


class _Dates(OnceForm):
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)

    def clean(self):
        given = super().clean()
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("Later than the first day."))
        return given


class CohortForm(_Dates):
    """A new cohort; its code and path stand from then on."""

    code = short_text(_("Code"), longest=20, help_text=_("As 2027-A; it stands in the address."))
    path = forms.ModelChoiceField(label=_("Path"), queryset=None, empty_label=None)

    field_order = ("code", "path")

    def __init__(self, *args, paths, **more):
        super().__init__(*args, **more)
        self.fields["path"].queryset = paths

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not all(sign.isalnum() or sign in "-_." for sign in code) or code.lower() == "new":
            raise forms.ValidationError(_("Letters, digits, points and hyphens only."))
        if Cohort.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Another cohort has this code."))
        return code


class DatesForm(_Dates, SeenForm):
    """Other dates or places of a cohort that is open."""

    @classmethod
    def fresh(cls, cohort: Cohort, /, **more):
        names = ("starts_on", "ends_on", "places")
        return super().fresh(cohort, initial=model_to_dict(cohort, names), **more)


class EnrolForm(OnceForm):
    """People out of a table, pasted or as a file: one a line, the manager in the second column."""

    people = long_text(
        _("People"),
        rows=8,
        max_length=20000,
        required=False,
        help_text=_(
            "One a line: number or e-mail, then, if you like, the manager's. As L06,E03. "
            "A first line “person,manager” is passed over."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        help_text=_("CSV with the same columns."),
    )

    def clean_file(self) -> str:
        """What stands in the file; blank without one."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return ""
        text = decode(upload.read(LARGEST_FILE + 1)) if upload.size <= LARGEST_FILE else None
        if text is None or "\0" in text:
            raise forms.ValidationError(_("This is no table of people: save it as CSV UTF-8."))
        return text

    def clean(self):
        given = super().clean()
        pasted, of_file = given.get("people", ""), given.get("file", "")
        if not self.errors:
            if pasted and of_file:
                raise forms.ValidationError(_("Paste people or choose a file, not both."))
            name = "file" if of_file else "people"
            try:
                given["people"] = _people(pasted or of_file)
            except forms.ValidationError as error:
                self.add_error(name, error)
        return given


def _people(text: str) -> list[tuple[Person, Person | None]]:
    """Each person with the manager that is named; every line that is wrong is said."""
    lines = text.splitlines()
    for sign in SEPARATORS:
        lines = [line.replace(sign, ",") for line in lines]
    rows, wrong, seen = [], [], set()
    for number, cells in enumerate(csv.reader(lines), start=1):
        cells = [cell.strip() for cell in cells]
        if not any(cells) or (number == 1 and cells[0].lower() == "person"):
            continue
        row, problem = _read(cells)
        if problem or row[0].pk in seen:
            problem = problem or say("stands there twice")
            told = {"number": number, "problem": problem}
            wrong.append(say("Line %(number)s: %(problem)s.") % told)
            continue
        seen.add(row[0].pk)
        rows.append(row)
    if len(rows) > MOST_PASTED:
        wrong.append(say("At most %(most)s people at a time.") % {"most": MOST_PASTED})
    if wrong or not rows:
        raise forms.ValidationError(wrong or [say("Nobody is named.")])
    return rows


def _read(cells: list[str]) -> tuple[tuple[Person, Person | None] | None, str]:
    """Person and manager of one line, or what is wrong with it."""
    unknown = say("nobody, or more than one, is known as “%(text)s”")
    person = find(cells[0])
    if person is None:
        return None, unknown % {"text": cells[0]}
    named = cells[1] if len(cells) > 1 else ""
    manager = find(named) if named else None
    if named and manager is None:
        return None, unknown % {"text": named}
    if manager == person:
        return None, say("nobody manages themselves")
    return (person, manager), ""


class DrawForm(OnceForm):
    strata = forms.ChoiceField(label=_("How"), choices=Strata.choices, required=False)


class StepForm(OnceForm):
    """Starts, or moves up: there is nothing to say."""
