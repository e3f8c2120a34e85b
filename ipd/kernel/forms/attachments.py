"""A file, or a link to where it is kept."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm


class AttachmentForm(OnceForm):
    """One of the two, and a file of at most the size that the house keeps."""

    file = forms.FileField(label=_("File"), required=False, max_length=200)
    link = forms.URLField(label=_("or link"), required=False, max_length=500, assume_scheme="https")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > settings.EVIDENCE_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s; put it into your archive and give the link.")
                % {"limit": filesizeformat(settings.EVIDENCE_MAX_BYTES)}
            )
        return file

    def clean(self):
        values = super().clean()
        if not self.errors and bool(values.get("file")) == bool(values.get("link")):
            raise forms.ValidationError(_("Give either a file or a link."))
        return values
