"""The files an administrator chooses, and the confirmation of what they would do."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.files import FILE_LIMIT, Folder

SALT = "ipd.kernel.imports"
MOST_FILES = 100


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files; each is checked as a single one would be."""

    widget = ManyFiles(attrs={"accept": ".csv,.xlsx,.xml"})

    def clean(self, data, initial=None):
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in chosen or [None]]


class FilesForm(forms.Form):
    """One file per table, named after it."""

    files = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "One CSV or XLSX file per table, named after it: people.csv, seats.xlsx;"
            " plans also as project files: plan-P01.xml."
        ),
        allow_empty_file=True,
    )

    def clean_files(self):
        chosen = self.cleaned_data["files"]
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(_("At most 100 files at a time."))
        if any(one.size > FILE_LIMIT for one in chosen):
            raise forms.ValidationError(_("A file may have at most 25 MB."))
        names = [one.name for one in chosen]
        if len(set(names)) < len(names):
            raise forms.ValidationError(_("Two files have the same name."))
        return chosen

    def folder(self) -> Folder:
        return Folder({one.name: one.read() for one in self.cleaned_data["files"]})


class ConfirmationForm(forms.Form):
    """What was shown: which bytes, and which differences; signed, so that it cannot be made up."""

    agreed = forms.CharField(widget=forms.HiddenInput)

    def clean_agreed(self):
        try:
            return signing.loads(self.cleaned_data["agreed"], salt=SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Choose the files again.")) from error


def confirmation(hash_of_files: str, seen: str, person) -> str:
    """The value of `agreed` for these files, these differences and this person."""
    facts = {"files": hash_of_files, "seen": seen, "person": person.pk}
    return signing.dumps(facts, salt=SALT)
