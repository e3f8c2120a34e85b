"""What a learner says in a development plan, and what others say of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text
from teams.models import Competency, DevelopmentGoal, DevelopmentPlan
from teams.models.academy.plans import Standing


class LevelsForm(SeenForm):
    """A level and a situation for each competency; what is left empty is said later."""

    def __init__(self, *args, competencies: list[Competency], **more):
        self.competencies = competencies
        super().__init__(*args, **more)
        for one in competencies:
            self.fields[f"level-{one.pk}"] = forms.TypedChoiceField(
                label=one.name,
                coerce=int,
                required=False,
                choices=[(n, f"{n} · {words}") for n, words in enumerate(one.levels, 1)],
                widget=forms.RadioSelect,
            )
            self.fields[f"situation-{one.pk}"] = long_text(
                _("A situation that shows it"), rows=2, max_length=2000, required=False
            )

    @classmethod
    def of(cls, plan: DevelopmentPlan, competencies: list[Competency]):
        initial = {}
        for row in plan.levels.all():
            initial[f"level-{row.competency_id}"] = row.level
            initial[f"situation-{row.competency_id}"] = row.situation
        return cls.fresh(plan, initial=initial, competencies=competencies)

    def rows(self):
        return [
            (one, self[f"level-{one.pk}"], self[f"situation-{one.pk}"]) for one in self.competencies
        ]

    def clean(self):
        given = super().clean()
        for one in self.competencies:
            level, situation = given.get(f"level-{one.pk}"), given.get(f"situation-{one.pk}")
            if level and not situation:
                self.add_error(f"situation-{one.pk}", _("A level needs a situation of yours."))
            if situation and not level:
                self.add_error(f"level-{one.pk}", _("Choose the level that it shows."))
        return given

    def said(self) -> dict:
        given = self.cleaned_data
        return {
            "seen_version": given["version"],
            "levels": {
                one: (given[f"level-{one.pk}"], given[f"situation-{one.pk}"])
                for one in self.competencies
                if given[f"level-{one.pk}"]
            },
        }


class GoalForm(OnceForm):
    competency = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.all())
    from_level = forms.IntegerField(label=_("From level"), min_value=1, max_value=4)
    to_level = forms.IntegerField(label=_("To level"), min_value=2, max_value=5)
    acts = long_text(_("What you will do"))
    evidence = long_text(_("By what others will see it"))
    due_on = day_field(_("Until"))

    @classmethod
    def of(cls, goal: DevelopmentGoal, **more):
        names = [name for name in cls.base_fields if name != "key"]
        return cls(initial={name: getattr(goal, name) for name in names}, **more)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day <= today():
            raise forms.ValidationError(_("A goal lies ahead."))
        return day

    def clean(self):
        given = super().clean()
        first, last = given.get("from_level"), given.get("to_level")
        if first and last and last <= first:
            self.add_error("to_level", _("Above the level from which you start."))
        return given


class RemarkForm(SeenForm):
    remark = long_text(_("What should be different"), rows=3, max_length=2000)


class CheckForm(OnceForm):
    """How far each goal is."""

    def __init__(self, *args, goals: list[DevelopmentGoal], **more):
        self.goals = goals
        super().__init__(*args, **more)
        for goal in goals:
            self.fields[f"standing-{goal.pk}"] = forms.ChoiceField(
                label=goal.competency.name, choices=Standing.choices, widget=forms.RadioSelect
            )
            self.fields[f"text-{goal.pk}"] = long_text(
                _("What happened, and what is next"), rows=2, max_length=2000
            )

    def rows(self):
        return [(goal, self[f"standing-{goal.pk}"], self[f"text-{goal.pk}"]) for goal in self.goals]

    def said(self) -> dict[DevelopmentGoal, tuple[str, str]]:
        given = self.cleaned_data
        return {
            goal: (given[f"standing-{goal.pk}"], given[f"text-{goal.pk}"]) for goal in self.goals
        }
