"""Files that come into the curriculum, and a module's text as its author writes it."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.access import Refused
from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text
from teams.actions.academy import curriculum
from teams.calculations.academy.papers import is_content, place
from teams.forms.people import PersonField

MOST_FILES, LARGEST = 400, 20 * 2**20
# What a box says that was cut, changed or locked on its way, in whichever way it is packed.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, checked one by one."""

    widget = FilesInput(attrs={"accept": ".md,.toml,.zip"})

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(OnceForm):
    files = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "One or several files (.md, .toml), or a ZIP of a folder. You see what would change "
            "before anything changes."
        ),
    )

    def clean_files(self):
        return _sources(self.cleaned_data["files"])


def _sources(uploads: Iterable[UploadedFile]) -> dict[str, str]:
    """Texts by the place where each belongs; what is about the content is passed over."""
    found = {}
    for upload in uploads:
        for name, content in _contents(upload):
            text = _text(name, content)
            where = place(name, text)
            if where in found:
                told = {"place": where}
                raise forms.ValidationError(_("Two of these files belong to %(place)s.") % told)
            found[where] = text
    if not found:
        raise forms.ValidationError(_("There is no file of content among these."))
    return found


def _contents(upload: UploadedFile) -> list[tuple[str, bytes]]:
    if upload.size > LARGEST:
        raise forms.ValidationError(_("%(file)s is too large.") % {"file": upload.name})
    if not upload.name.lower().endswith(".zip"):
        return [(upload.name, upload.read())]
    try:
        with zipfile.ZipFile(io.BytesIO(upload.read())) as box:
            listed = (one for one in box.infolist() if not one.is_dir())
            wanted = [one for one in listed if is_content(one.filename)]
            too_much = sum(one.file_size for one in wanted) > LARGEST
            if len(wanted) > MOST_FILES or too_much:
                raise forms.ValidationError(_("The ZIP holds too much."))
            return [(one.filename, box.read(one)) for one in wanted]
    except BROKEN as error:
        raise forms.ValidationError(_("The ZIP cannot be read.")) from error


def _text(name: str, content: bytes) -> str:
    try:
        text = curriculum.text(name, content)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    if "\0" in text:
        said = _("%(file)s holds a NUL sign; it is no text.")
        raise forms.ValidationError(said % {"file": name})
    return text


def _written(label, rows: int, help_text: str):
    attrs = {"rows": rows, "class": "source", "spellcheck": "false", "dir": "auto"}
    return forms.CharField(
        label=label,
        max_length=200_000,
        strip=False,
        help_text=help_text,
        widget=forms.Textarea(attrs=attrs),
    )


class TextForm(OnceForm):
    """A module's file in two parts."""

    front = _written(
        gettext_lazy("Facts"),
        14,
        gettext_lazy("TOML: title, version, objectives, one line for each section."),
    )
    body = _written(
        gettext_lazy("Text"),
        30,
        gettext_lazy("Markdown; charts and exercises are blocks that begin with :::."),
    )

    @property
    def source(self) -> str:
        """The whole file, with plain ends of lines."""
        front, body = (
            self.cleaned_data[name].replace("\r\n", "\n").strip("\n") for name in ("front", "body")
        )
        return f"+++\n{front}\n+++\n\n{body}\n"


class LanguageForm(forms.Form):
    """The language of a layer that does not exist yet."""

    language = forms.RegexField(
        r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$",
        label=gettext_lazy("Language"),
        max_length=12,
        widget=forms.TextInput(attrs={"placeholder": "fr-CA", "size": 8}),
        error_messages={"invalid": gettext_lazy("Write a language as fr or fr-CA.")},
    )


class SeenTextForm(SeenForm):
    counter = "row_version"


class ReturnForm(SeenTextForm):
    remark = long_text(gettext_lazy("What should be different"))


class OwnerForm(OnceForm):
    owner = PersonField(
        label=gettext_lazy("Answers for it"),
        required=False,
        help_text=gettext_lazy("Number, e-mail or whole name; blank for nobody."),
    )
