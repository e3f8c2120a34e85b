"""A file for one product's plan, and the confirmation of what it would do."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.files import FILE_LIMIT

SALT = "ipd.plan_files"
WHAT = [
    ("project", _("A project file (Microsoft Project XML)")),
    ("activities", _("Activities (CSV or XLSX)")),
    ("links", _("Links (CSV or XLSX)")),
    ("resources", _("Resources (CSV or XLSX)")),
    ("assignments", _("Assignments (CSV or XLSX)")),
]
ENDINGS = {"project": (".xml",)}
OF_TABLES = (".csv", ".xlsx")


class FileForm(forms.Form):
    """What is in the file, and the file; `file_name` is what the importer knows it by."""

    what = forms.ChoiceField(label=_("What is in it"), choices=WHAT)
    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".xml,.csv,.xlsx"})
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            raise forms.ValidationError(_("A file may have at most 25 MB."))
        return file

    def clean(self):
        given = super().clean()
        if {"what", "file"} <= given.keys():
            endings = ENDINGS.get(given["what"], OF_TABLES)
            if not given["file"].name.lower().endswith(endings):
                self.add_error("file", _("This is not the kind of file you chose."))
        return given

    def file_name(self, product) -> str:
        what, name = self.cleaned_data["what"], self.cleaned_data["file"].name.lower()
        if what == "project":
            return f"plan-{product.code}.xml"
        return f"{what}{name[name.rindex('.') :]}"


class ConfirmationForm(forms.Form):
    """Which bytes and which differences were shown, for which plan and to whom; signed."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    agreed = forms.CharField(widget=forms.HiddenInput)

    def clean_agreed(self):
        try:
            return signing.loads(self.cleaned_data["agreed"], salt=SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Choose the file again.")) from error


def confirmation(**facts) -> str:
    """The value of `agreed` for these facts."""
    return signing.dumps(facts, salt=SALT)
