"""What the team says of a criterion, and what deciders ask about it."""

import uuid

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from gates.forms.reviews import Day, OnceForm
from gates.models.criteria import Assessment
from ipd.kernel.days import today
from teams.models import Person


class AssessForm(OnceForm):
    state = forms.ChoiceField(
        label=_("State"), choices=Assessment.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        help_text=_("Needed when it is partly met or not met: what is missing?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, criterion):
        judged = criterion.assessed_at is not None
        return cls(
            initial={
                "key": uuid.uuid4(),
                "state": criterion.state if judged else None,
                "comment": criterion.comment,
                "version": criterion.version,
            }
        )

    def clean(self):
        values = super().clean()
        red = values.get("state") in (Assessment.PARTLY, Assessment.NOT_MET)
        if red and not values.get("comment", "").strip():
            self.add_error("comment", _("Say in a sentence what is missing."))
        return values


class OwnerForm(OnceForm):
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Person.objects.none())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class EvidenceForm(OnceForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("The same title again is its next version."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    dated_on = forms.DateField(label=_("Dated"), widget=Day(), initial=today)
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

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > today():
            raise forms.ValidationError(_("Evidence cannot be dated ahead."))
        return day

    def clean(self):
        values = super().clean()
        if not self.errors and bool(values.get("file")) == bool(values.get("link")):
            raise forms.ValidationError(_("Give either a file or a link."))
        return values


class QuestionForm(OnceForm):
    text = forms.CharField(
        label=_("Question"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )


class AnswerForm(OnceForm):
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
