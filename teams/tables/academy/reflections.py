"""Reflections that were shared and found complete; all others stay with whoever wrote them."""

from dataclasses import dataclass
from datetime import UTC

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Column, Day, Reference, Text, Unreadable
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from teams.models import Content, Reflection, ReflectionShare
from teams.models.academy.contents import ContentKind
from teams.models.academy.reflections import ReflectionState, ShareAnswer, ShareRole
from teams.models.academy.rotations import RotationState
from teams.permissions.reflections import ACCEPTS
from teams.tables.academy.practice import at_noon, by_key, mentors
from teams.tables.academy.private import Untold

OF_REFLECTION = ("person", "story")
KEPT = _("What somebody wrote and shared is never edited by a file.")


@dataclass(frozen=True, kw_only=True)
class Answers(Untold, Column):
    """A paragraph for each prompt, apart by blank lines."""

    blank = ()

    def read(self, text, shift):
        found = [" ".join(one.split()) for one in text.replace("\r", "").split("\n\n")]
        if len(text) > 20_000:
            raise Unreadable(self.accepts)
        return [one for one in found if one]

    @property
    def accepts(self):
        return gettext("a paragraph for each prompt, apart by blank lines")


def stories(company) -> dict[str, tuple[int, int]]:
    """The id and the number of prompts of the stories there are, by code."""
    rows = Content.objects.filter(kind=ContentKind.REFLECTION, is_current=True)
    return {row.code: (row.pk, len(row.body.get("prompts", ()))) for row in rows}


@table
class SharedReflections(ModelTable):
    name, title = "shared_reflections", _("Shared reflections")
    about = _("Reflections that a mentor or host has read. Private ones are never brought in.")
    model, key = Reflection, OF_REFLECTION
    fixed = KEPT
    columns = (
        Reference(name="person", to="people", path="person__code"),
        Text(name="story", longest=60, path="code"),
        Answers(name="answers"),
        Day(name="started_on"),
        Day(name="finished_on"),
    )

    def rows_of(self):
        accepted = ReflectionShare.objects.filter(
            reflection=OuterRef("pk"), answer=ShareAnswer.ACCEPTED
        )
        return super().rows_of().filter(Exists(accepted), state=ReflectionState.FINISHED)

    def check(self, rows, company):
        known = company.once(stories)
        shares = by_key(company, "reflection_shares", OF_REFLECTION)
        for row in rows:
            if row["story"] not in known:
                accepted = gettext("one of %(codes)s") % {"codes": ", ".join(sorted(known)) or "–"}
                company.problem(self, row, "story", accepted)
            elif len(row["answers"]) != known[row["story"]][1]:
                told = self.by_name["answers"].accepts
                company.problem(self, row, "answers", told)
            if row["finished_on"] < row["started_on"]:
                company.problem(self, row, "finished_on", gettext("a day not before started_on"))
            if self.key_of(row) not in shares:
                accepted = gettext("one that was shared and accepted; others stay private")
                company.problem(self, row, "story", accepted)

    def values(self, row, company, names=None):
        content, _prompts = company.once(stories)[row["story"]]
        values = super().values(row, company, names)
        return values | {"content_id": content, "state": ReflectionState.FINISHED}


@table
class ReflectionShares(ModelTable):
    name, title = "reflection_shares", _("Readers of shared reflections")
    about = _("Who read a reflection, and said that it is complete.")
    model, key = ReflectionShare, (*OF_REFLECTION, "reader", "role")
    fixed = KEPT
    follows = ("mentorships", "rotations")
    parents = (
        Parent(
            field="reflection",
            to="shared_reflections",
            by=OF_REFLECTION,
            accepts=_("a reflection that is brought in, too"),
        ),
    )
    columns = (
        Reference(name="person", to="people", path="reflection__person__code"),
        Text(name="story", longest=60, path="reflection__code"),
        Reference(name="reader", to="people", path="person__code"),
        Choice(name="role", choices=tuple(role.value for role in ACCEPTS)),
        Day(name="shared_on", path="day"),
        Day(name="accepted_on", path="answered_on"),
    )

    def rows_of(self):
        rows = super().rows_of().filter(answer=ShareAnswer.ACCEPTED)
        return rows.annotate(day=TruncDate("shared_at", tzinfo=UTC))

    def check(self, rows, company):
        beside = company.once(readers)
        for row in rows:
            if row["reader"] not in beside[row["role"]].get(row["person"], ()):
                accepted = gettext("a mentor or host of the writer, as the role says")
                company.problem(self, row, "reader", accepted)
            if row["accepted_on"] < row["shared_on"]:
                company.problem(self, row, "accepted_on", gettext("a day not before shared_on"))

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        said = {"shared_at": at_noon(values.pop("day")), "answer": ShareAnswer.ACCEPTED}
        return values | said


def readers(company) -> dict[str, dict[str, set[str]]]:
    """Mentors and hosts, by role and by the learner they are beside."""
    found = {ShareRole.MENTOR: {}, ShareRole.HOST: {}}
    for (person, *_enrolment), who in company.once(mentors).items():
        found[ShareRole.MENTOR].setdefault(person, set()).update(who)
    for row in company.all_final("rotations").values():
        if row["state"] != RotationState.CANCELLED:
            found[ShareRole.HOST].setdefault(row["person"], set()).add(row["host"])
    return found
