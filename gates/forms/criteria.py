"""What the team says of a criterion, and what deciders ask about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gates.forms.reviews import prose
from gates.models.criteria import Assessment
from ipd.kernel.days import today
from ipd.kernel.forms.attachments import AttachmentForm
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, short_text
from teams.models import Person


class AssessForm(SeenForm):
    state = forms.ChoiceField(
        label=_("State"), choices=Assessment.choices, widget=forms.RadioSelect
    )
    comment = prose(
        _("Comment"),
        required=False,
        help_text=_("Needed when it is partly met or not met: what is missing?"),
    )

    @classmethod
    def fresh(cls, criterion):
        state = criterion.state if criterion.assessed_at is not None else None
        return super().fresh(criterion, initial={"state": state, "comment": criterion.comment})

    def clean(self):
        values = super().clean()
        red = values.get("state") in (Assessment.PARTLY, Assessment.NOT_MET)
        if red and not values.get("comment", "").strip():
            self.add_error("comment", _("Say in a sentence what is missing."))
        return values


class JudgeForm(SeenForm):
    """What the owner adds to a computed criterion; `worse` are the states still open to them."""

    state = forms.ChoiceField(label=_("State"), required=False, widget=forms.RadioSelect)
    comment = prose(
        _("Judgement"),
        required=False,
        help_text=_("Needed for a state that is worse than the figure's: what does it not show?"),
    )

    def __init__(self, *args, worse, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(Assessment.choices)
        self.fields["state"].choices = [
            ("", _("As the figure says")),
            *((state, names[state]) for state in worse),
        ]

    @classmethod
    def fresh(cls, criterion, *, worse):
        kept = criterion.judged if criterion.judged in worse else ""
        initial = {"state": kept, "comment": criterion.comment}
        return super().fresh(criterion, initial=initial, worse=worse)

    def clean(self):
        values = super().clean()
        if values.get("state") and not values.get("comment", "").strip():
            self.add_error("comment", _("Say in a sentence what the figure does not show."))
        return values


class OwnerForm(OnceForm):
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Person.objects.none())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class EvidenceForm(AttachmentForm):
    field_order = ("title", "dated_on")

    title = short_text(_("Title"), help_text=_("The same title again is its next version."))
    dated_on = day_field(_("Dated"), initial=today)

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > today():
            raise forms.ValidationError(_("Evidence cannot be dated ahead."))
        return day


class QuestionForm(OnceForm):
    text = prose(_("Question"), rows=2)


class AnswerForm(OnceForm):
    text = prose(_("Answer"), rows=2)
