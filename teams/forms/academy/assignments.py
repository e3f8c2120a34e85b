"""What is said of a work: its brief, what belongs to it, and what assessors see in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.attachments import AttachmentForm
from ipd.kernel.forms.filters import Filter
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from teams.models import RubricCriterion


class PracticeFilter(Filter):
    """Of works, and of rotations."""

    state = forms.ChoiceField(label=_("State"), required=False)
    mine = forms.ChoiceField(label=_("Whose"), required=False)


class BriefForm(OnceForm):
    brief = long_text(
        _("What it is about"),
        rows=4,
        help_text=_("Which review, which plan, which team, and with whom it is agreed."),
    )
    due_on = day_field(_("Until"))


class TextForm(SeenForm):
    text = long_text(_("Your work"), rows=14, max_length=40_000, required=False)


class PieceForm(AttachmentForm):
    title = short_text(_("Title"))


class AssessorsForm(OnceForm):
    """`people` are those who may assess this learner."""

    people = forms.ModelMultipleChoiceField(
        label=_("Assessors"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, people, **more):
        super().__init__(*args, **more)
        self.fields["people"].queryset = people
        self.fields["people"].choices = list(self.fields["people"].choices)


class RubricForm(SeenForm):
    """A level and a reason for each criterion of a rubric, in its order."""

    def __init__(self, *args, criteria: list[RubricCriterion], **more):
        self.criteria = criteria
        super().__init__(*args, **more)
        for one in criteria:
            self.fields[f"level-{one.pk}"] = forms.TypedChoiceField(
                label=one.name,
                coerce=int,
                choices=[(n, f"{n} · {words}") for n, words in enumerate(one.levels, 1)],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason-{one.pk}"] = long_text(
                _("What you saw that says so"), rows=2, max_length=2000
            )

    def rows(self):
        """Each criterion with its two fields."""
        return [(one, self[f"level-{one.pk}"], self[f"reason-{one.pk}"]) for one in self.criteria]

    def levels(self) -> dict[RubricCriterion, tuple[int, str]]:
        given = self.cleaned_data
        return {one: (given[f"level-{one.pk}"], given[f"reason-{one.pk}"]) for one in self.criteria}


class JudgementForm(RubricForm):
    """A rubric, whether the whole is accepted, and a word for good to the learner."""

    def __init__(self, *args, criteria, **more):
        super().__init__(*args, criteria=criteria, **more)
        self.fields["remark"] = long_text(_("To the learner"), required=False, max_length=4000)

    def ask(self, label: str, yes: str) -> None:
        """Ask whether it is accepted, `yes` being the word for it."""
        self.fields["accepted"] = forms.TypedChoiceField(
            label=label,
            coerce=lambda value: value == "yes",
            choices=[("yes", yes), ("no", _("Not yet"))],
            widget=forms.RadioSelect,
        )

    def said(self) -> dict:
        given = self.cleaned_data
        return {
            "seen_version": given["version"],
            "levels": self.levels(),
            "accepted": given.get("accepted"),
            "remark": given["remark"],
        }


class RatingForm(JudgementForm):
    """An assessor's; whether it is accepted, and why, is asked where there is no rubric."""

    def __init__(self, *args, criteria, **more):
        super().__init__(*args, criteria=criteria, **more)
        if not criteria:
            self.ask(_("Your word"), _("Accepted"))
            self.fields["remark"].required = True
