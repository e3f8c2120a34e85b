"""A community, what is told in it, and the answer to a lesson."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ipd.kernel.forms.seen import OnceForm, SeenForm, long_text, short_text
from teams.models import Competency
from teams.models.academy.communities import PostKind


class CommunityForm(OnceForm):
    name = short_text(_("Name"), longest=120)
    about = long_text(_("What is practised together"), rows=5)
    competency = forms.ModelChoiceField(
        Competency.objects.all(), label=_("Competency"), required=False
    )


class PostForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=PostKind.choices,
        help_text=_("A lesson is taken up by a steward and earns you a badge."),
    )
    title = short_text(_("Title"))
    text = long_text(_("Text"), rows=10, max_length=20_000)


class RewriteForm(SeenForm):
    counter = "row_version"
    title = short_text(_("Title"))
    text = long_text(_("Text"), rows=10, max_length=20_000)


class AnswerForm(SeenForm):
    counter = "row_version"
    remark = long_text(_("Remark to its author"), required=False)


class ReplyForm(OnceForm):
    text = long_text(_("Your answer"), rows=4)
