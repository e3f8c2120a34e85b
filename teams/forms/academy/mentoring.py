"""Forms of mentors and learners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text, short_text
from teams.models import Competency, Mentorship, Person
from teams.models.academy.mentoring import Health


class CompetencyField(forms.MultipleChoiceField):
    """Some of the competency model, ticked."""

    def __init__(self, label):
        super().__init__(label=label, required=False, widget=forms.CheckboxSelectMultiple)
        self.choices = lambda: list(Competency.objects.values_list("code", "name"))


class OfferForm(OnceForm):
    is_open = forms.BooleanField(
        label=_("I would mentor somebody, or one more"), required=False, initial=True
    )
    competencies = CompetencyField(_("What I can best help with"))
    about = long_text(
        _("About me as a mentor"),
        required=False,
        max_length=1000,
    )


class WishForm(OnceForm):
    competencies = CompetencyField(_("What I want to learn most"))
    text = long_text(_("What I wish of a mentor"), required=False, max_length=1000)


class ProposalForm(OnceForm):
    """Who is asked; a reason lets somebody who has three take one more."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.filter(is_active=True))
    reason = short_text(_("Why one more than three"), required=False, longest=300)


class EndForm(SeenForm):
    farewell = long_text(
        _("A word to the academy, if you like"),
        rows=2,
        required=False,
        max_length=1000,
    )


class SessionForm(OnceForm):
    held_on = day_field(_("Day"), initial=today)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, initial=60)
    theme = short_text(_("What it was about"), required=False, longest=300)


class GoalsForm(SeenForm):
    goals = long_text(_("What we want to reach together"), required=False, max_length=4000)


class ActionForm(OnceForm):
    text = short_text(_("Action"), longest=300)
    person = forms.ModelChoiceField(label=_("Who"), queryset=None, empty_label=None)
    due_on = day_field(_("Until"))

    def __init__(self, *args, pair: Mentorship, **more):
        super().__init__(*args, **more)
        both = [pair.enrolment.person_id, pair.mentor_id]
        self.fields["person"].queryset = Person.objects.filter(pk__in=both)


class NoteForm(OnceForm):
    text = long_text(_("Note"), max_length=4000)


class HealthForm(OnceForm):
    health = forms.ChoiceField(label=_("How does it go?"), choices=Health, widget=forms.RadioSelect)
    text = long_text(_("What would help"), rows=2, required=False, max_length=1000)
