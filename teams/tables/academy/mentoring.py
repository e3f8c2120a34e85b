"""Who mentors whom, and when they met; what they spoke of beyond a theme stays theirs."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from teams.calculations.academy.mentoring import LIMIT
from teams.models import MentoringSession, Mentorship
from teams.models.academy.mentoring import MentorshipState
from teams.tables.academy.private import Private

PAIR = ("person", "path", "enrolled_on", "mentor", "started_on")


def of_a_pair(prefix: str = "") -> tuple:
    """The columns that name a pair, from a table whose model leads to it by `prefix`."""
    return (
        Reference(name="person", to="people", path=f"{prefix}enrolment__person__code"),
        Reference(name="path", to="learning_paths", path=f"{prefix}enrolment__path__code"),
        Day(name="enrolled_on", path=f"{prefix}enrolment__enrolled_on"),
        Reference(name="mentor", to="people", path=f"{prefix}mentor__code"),
        Day(name="started_on", path=f"{prefix}started_on"),
    )


@table
class Mentorships(ModelTable):
    name, title = "mentorships", _("Mentorships")
    about = _("A mentor beside somebody on a learning path.")
    model, key = Mentorship, PAIR
    parents = (Parent(field="enrolment", to="enrolments", by=PAIR[:3], accepts=_("an enrolment")),)
    columns = (
        *of_a_pair(),
        Choice(name="state", choices=tuple(MentorshipState.values)),
        Text(
            name="exceeds",
            longest=1000,
            required=False,
            help=_("Why the mentor has more learners than the limit."),
        ),
        Day(name="ended_on", required=False),
    )

    def check(self, rows, company):
        live: dict[str, list[dict]] = {}
        for row in company.all_final(self.name).values():
            if row["state"] != MentorshipState.ENDED:
                live.setdefault(row["mentor"], []).append(row)
        for row in rows:
            ended = row["state"] == MentorshipState.ENDED
            if ended != (row["ended_on"] is not None):
                accepted = gettext("a day for a pair that has ended, else none")
                company.problem(self, row, "ended_on", accepted)
            pairs = [one for one in live.get(row["mentor"], ()) if not one["exceeds"]]
            if not ended and not row["exceeds"] and len(pairs) > LIMIT:
                accepted = gettext("a reason, for more than %(limit)s learners of one mentor")
                company.problem(self, row, "exceeds", accepted % {"limit": LIMIT})
            if row["mentor"] == row["person"]:
                company.problem(self, row, "mentor", gettext("somebody else than the learner"))


@table
class MentoringSessions(ModelTable):
    name, title = "mentoring_sessions", _("Mentoring sessions")
    about = _("When mentor and learner met.")
    model, key = MentoringSession, (*PAIR, "held_on")
    fixed = _("What a pair noted is never edited by a file.")
    parents = (Parent(field="mentorship", to="mentorships", by=PAIR, accepts=_("a mentorship")),)
    columns = (
        *of_a_pair("mentorship__"),
        Day(name="held_on"),
        Whole(name="minutes", lowest=5, highest=480),
        Private(name="theme", longest=300, required=False),
    )

    def make(self, row, company):
        session = super().make(row, company)
        session.entered_by_id = company.id("people", row["mentor"])
        return session
