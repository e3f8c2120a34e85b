"""What is written to a story, with whom it is shared, and what is missing in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text
from teams.models import Person, Reflection
from teams.models.academy.reflections import ShareRole
from teams.queries.academy.reflections import Reader, read_by


class AnswersForm(SeenForm):
    """One box for each prompt of the story; an empty one is written later."""

    def __init__(self, *args, row: Reflection, **more):
        super().__init__(*args, **more)
        self.asked = read_by(row)
        for number, (prompt, answer) in enumerate(self.asked, 1):
            self.fields[f"answer-{number}"] = long_text(
                prompt, rows=5, max_length=10_000, required=False, initial=answer
            )

    def boxes(self):
        return [self[f"answer-{number}"] for number in range(1, len(self.asked) + 1)]

    def answers(self) -> list[str]:
        given = self.cleaned_data
        return [given[f"answer-{number}"] for number in range(1, len(self.asked) + 1)]


class ShareForm(OnceForm):
    reader = forms.ChoiceField(label=_("Share with"))

    def __init__(self, *args, readers: list[Reader], **more):
        super().__init__(*args, **more)
        self.readers = {one.key: one for one in readers}
        self.fields["reader"].choices = [(one.key, one.label) for one in readers]

    def chosen(self) -> tuple[Person, ShareRole]:
        found = self.readers[self.cleaned_data["reader"]]
        return found.person, found.role


class MissingForm(OnceForm):
    remark = long_text(
        _("What is missing"),
        rows=2,
        max_length=2000,
        help_text=_("A real example, a day, an answer. Never whether you agree."),
    )
