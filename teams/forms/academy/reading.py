"""What a reader's browser says of a module: its language, and the place that was reached."""

from django import forms

from teams.queries.academy.reading import Lesson

TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"


class LanguageForm(forms.Form):
    """A language tag; one that nobody wrote in falls back as far as it has to."""

    language = forms.RegexField(regex=TAG, max_length=12, required=False)

    def wanted(self) -> str:
        return self.cleaned_data["language"] if self.is_valid() else ""


class PlaceForm(LanguageForm):
    """The section whose end was reached, in the version that was seen."""

    section = forms.ChoiceField(widget=forms.HiddenInput)
    version = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, lesson: Lesson, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [(slug, slug) for slug in lesson.slugs]

    def given(self) -> dict:
        values = dict(self.cleaned_data)
        return {
            "section": values["section"],
            "language": values["language"],
            "seen_version": values["version"],
        }
