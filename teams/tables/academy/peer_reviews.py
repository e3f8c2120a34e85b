"""Reviews by colleagues: who was asked, and what they answered, for the learner alone."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Column, Day, Reference, Unreadable
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import Parent
from teams.actions.academy.peer_reviews import lacking
from teams.calculations.academy.peer_reviews import LEAST_OF_ALL
from teams.models import Content, PeerAnswer, PeerRater, PeerReview
from teams.models.academy.contents import ContentKind
from teams.models.academy.paths import ElementKind
from teams.models.academy.peer_reviews import PeerReviewState, RaterGroup
from teams.tables.academy.cohorts import OF_ENROLMENT
from teams.tables.academy.practice import (
    OF_ELEMENT,
    TO_ELEMENT,
    OfLearners,
    by_key,
    elements,
    mentors,
    of_element,
)
from teams.tables.academy.private import Private, Untold
from teams.tables.academy.reflections import Answers

OF_RATER = (*OF_ELEMENT, "rater")
NAMING, AGREED, CLOSED, TOLD = PeerReviewState
SCORE = re.compile(r"(\w+)=([1-5])")


@dataclass(frozen=True, kw_only=True)
class Scores(Untold, Column):
    """Levels by the codes of their items; reports of imports show none of them."""

    def read(self, text, shift):
        found = [SCORE.fullmatch(one) for one in text.split()]
        if not all(found):
            raise Unreadable(self.accepts)
        return {one[1]: int(one[2]) for one in found}

    @property
    def accepts(self):
        return gettext("a level of 1 to 5 for each item that was seen, as P01=4 P02=3")


@dataclass(frozen=True, kw_only=True)
class Comments(Answers):
    """A paragraph for each open question; a dash stands for nothing."""

    def read(self, text, shift):
        return ["" if one in ("-", "–") else one for one in super().read(text, shift)]

    @property
    def accepts(self):
        return gettext("a paragraph or a dash for each open question, apart by blank lines")


def form(company) -> Content | None:
    """The form of today."""
    return Content.objects.filter(kind=ContentKind.PEER_REVIEW, is_current=True).first()


@table
class PeerReviews(OfLearners):
    """A review comes in once its colleagues are asked; names that are being chosen do not."""

    name, title = "peer_reviews", _("Reviews by colleagues")
    about = _("Learners whom colleagues review, or reviewed.")
    model, key = PeerReview, OF_ELEMENT
    parents = TO_ELEMENT
    columns = (
        *of_element(),
        Choice(name="state", choices=(AGREED, CLOSED, TOLD)),
        Day(name="opened_on"),
        Day(name="due_on"),
        Day(name="closed_on", required=False),
        Reference(name="agreed_by", to="people", path="agreed_by__code"),
        Private(name="keep", longest=600, required=False),
        Private(name="change", longest=600, required=False),
    )

    def rows_of(self):
        return super().rows_of().exclude(state=NAMING)

    def check(self, rows, company):
        known = company.once(elements)
        raters = by_key(company, "peer_raters", OF_ELEMENT)
        for row in rows:
            element = known.get((row["path"], row["element"]))
            if element and element.kind != ElementKind.PEER_REVIEW:
                accepted = gettext("a review by colleagues of that path")
                company.problem(self, row, "element", accepted)
            if company.once(form) is None:
                accepted = gettext("nothing before the curriculum has a form for them")
                company.problem(self, row, "element", accepted)
            named = raters.get(self.key_of(row), [])
            if said := lacking(one["group"] for one in named):
                company.problem(self, row, "state", " ".join(said))
            self._days(row, sum(one["answered_on"] is not None for one in named), company)

    def _days(self, row, answered, company):
        is_over = row["state"] != AGREED
        if row["due_on"] < row["opened_on"]:
            company.problem(self, row, "due_on", gettext("a day not before opened_on"))
        if is_over != (row["closed_on"] is not None):
            company.problem(self, row, "closed_on", gettext("a day once it is closed, else none"))
        if is_over and answered < LEAST_OF_ALL:
            company.problem(self, row, "state", gettext("agreed, until four have answered"))
        told = bool(row["keep"] and row["change"])
        if told != (row["state"] == TOLD) or bool(row["keep"]) != bool(row["change"]):
            accepted = gettext("both sentences once the colleagues were told, else none")
            company.problem(self, row, "keep", accepted)

    def values(self, row, company, names=None):
        return super().values(row, company, names) | {"content_id": company.once(form).pk}


OF_A_REVIEW = Parent(
    field="review", to="peer_reviews", by=OF_ELEMENT, accepts=_("a review that is brought in, too")
)


@table
class PeerRaters(OfLearners):
    name, title = "peer_raters", _("Colleagues who review")
    about = _("Who was asked to review a learner, and when they answered or declined.")
    model, key = PeerRater, OF_RATER
    parents = (OF_A_REVIEW,)
    follows = ("mentorships",)
    columns = (
        *of_element("review__"),
        Reference(name="rater", to="people", path="person__code"),
        Choice(name="group", choices=tuple(RaterGroup.values)),
        Day(name="answered_on", required=False),
        Day(name="declined_on", required=False),
    )

    def rows_of(self):
        return super().rows_of().exclude(review__state=NAMING)

    def check(self, rows, company):
        people = company.all_final("people")
        beside = company.once(mentors)
        answers = by_key(company, "peer_answers", OF_RATER)
        for row in rows:
            learner, rater = row["person"], row["rater"]
            if rater == learner or rater in beside.get(
                tuple(row[name] for name in OF_ENROLMENT), ()
            ):
                accepted = gettext("neither the learner nor the mentor")
                company.problem(self, row, "rater", accepted)
            functions = {people.get((one,), {}).get("function") for one in (learner, rater)}
            if row["group"] == RaterGroup.OTHER and len(functions) < 2:
                accepted = gettext("peer or manager, for a colleague of the learner's function")
                company.problem(self, row, "group", accepted)
            if (row["answered_on"] is None) != (self.key_of(row) not in answers):
                accepted = gettext("a day for whoever has a row in peer_answers, else none")
                company.problem(self, row, "answered_on", accepted)
            if row["answered_on"] and row["declined_on"]:
                company.problem(self, row, "declined_on", gettext("none for who has answered"))

    def values(self, row, company, names=None):
        named_by = {"named_by_id": company.id("people", row["person"])}
        return super().values(row, company, names) | named_by


@table
class PeerAnswers(OfLearners):
    name, title = "peer_answers", _("Answers of colleagues")
    about = _("What colleagues answered; read by the learner alone, without names.")
    model, key = PeerAnswer, OF_RATER
    parents = (
        Parent(
            field="rater", to="peer_raters", by=OF_RATER, accepts=_("a colleague who was asked")
        ),
    )
    columns = (
        *of_element("rater__review__"),
        Reference(name="rater", to="people", path="rater__person__code"),
        Scores(name="scores"),
        Comments(name="comments"),
    )

    def check(self, rows, company):
        content = company.once(form)
        if content is None:
            return
        items = {one["code"] for one in content.body["items"]}
        asked = len(content.body.get("open_questions", ()))
        for row in rows:
            if not row["scores"] or set(row["scores"]) - items:
                company.problem(self, row, "scores", self.by_name["scores"].accepts)
            if len(row["comments"]) != asked:
                company.problem(self, row, "comments", self.by_name["comments"].accepts)
