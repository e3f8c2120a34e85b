"""Forms of reviews by colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, day_field, long_text
from teams.forms.people import PersonField
from teams.models import Content
from teams.models.academy.peer_reviews import RaterGroup

UNSEEN = "0"


class RaterForm(OnceForm):
    """A colleague, and in what group they have seen the learner."""

    person = PersonField(label=_("Colleague"))
    group = forms.ChoiceField(label=_("Sees you as"), choices=RaterGroup)


class DayForm(SeenForm):
    due_on = day_field(_("Answers until"))


class TellForm(SeenForm):
    keep = long_text(_("What I keep doing"), rows=2, max_length=600)
    change = long_text(_("What I change"), rows=2, max_length=600)


class AnswerForm(OnceForm):
    """One level of five for each item, or that it could not be seen; and the open questions."""

    def __init__(self, *args, content: Content, **more):
        super().__init__(*args, **more)
        self.items = content.body["items"]
        self.questions = content.body.get("open_questions", [])
        for item in self.items:
            levels = [(str(n), f"{n} · {text}") for n, text in enumerate(item["anchors"], 1)]
            self.fields[item["code"]] = forms.ChoiceField(
                label=item["text"],
                help_text=item.get("ask", ""),
                choices=[*levels, (UNSEEN, _("I could not see this"))],
                widget=forms.RadioSelect,
            )
        for place, question in enumerate(self.questions):
            self.fields[f"comment-{place}"] = long_text(question, required=False, max_length=2000)

    @property
    def ratings(self):
        return [self[item["code"]] for item in self.items]

    @property
    def comments(self):
        return [self[f"comment-{place}"] for place in range(len(self.questions))]

    def answers(self) -> dict:
        """Scores of what was seen, and the comments in their order."""
        values = self.cleaned_data
        seen = {item["code"]: values[item["code"]] for item in self.items}
        return {
            "scores": {code: int(level) for code, level in seen.items() if level != UNSEEN},
            "comments": [values[f"comment-{place}"] for place in range(len(self.questions))],
        }
