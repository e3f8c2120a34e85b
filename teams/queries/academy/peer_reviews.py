"""Reviews by colleagues: who may look at what, and what the answers say without names."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.kernel.lists import OneOf, how_many
from teams.calculations.academy.peer_reviews import (
    LEAST_OF_ALL,
    MANAGERS,
    OTHERS,
    PEERS,
    Lean,
    Shown,
    lean,
    shown,
)
from teams.models import (
    Enrolment,
    Mentorship,
    PathElement,
    PeerAnswer,
    PeerRater,
    PeerReview,
    Person,
)
from teams.models.academy.paths import ElementKind
from teams.models.academy.peer_reviews import PeerReviewState, RaterGroup
from teams.permissions.academy import RUN, rights_to_run
from teams.queries.academy.doors import opens
from teams.queries.academy.waiting import NO_DAY, NOTHING, waits

PAGE = 50
NAMING, AGREED, CLOSED, TOLD = PeerReviewState


def visible_to(person: Person, acts: frozenset[str]) -> QuerySet[PeerReview]:
    """The learner's own; the mentor's learners' while names are agreed; all, for whoever runs
    the academy. None of them shows an answer to anybody but the learner."""
    if RUN in acts:
        return PeerReview.objects.all()
    own = PeerReview.objects.filter(enrolment__person=person)
    mentored = PeerReview.objects.filter(
        enrolment__mentorships__in=Mentorship.objects.active().filter(mentor=person), state=NAMING
    )
    return PeerReview.objects.filter(OneOf("pk", own.values("pk"), mentored.values("pk")))


def for_page(rows: QuerySet[PeerReview]) -> QuerySet[PeerReview]:
    """With how many were asked and how many answered."""
    raters = PeerRater.objects.filter(review=OuterRef("pk"))
    return rows.annotate(
        asked=how_many(raters, "review"),
        answered=how_many(raters.filter(answered_on__isnull=False), "review"),
    ).select_related("enrolment__person__function", "enrolment__path", "element", "content")


def own(person: Person) -> list[PeerReview]:
    return list(for_page(PeerReview.objects.filter(enrolment__person=person)))


def asked_of(person: Person) -> list[PeerRater]:
    """What the person was asked to review, the open ones first."""
    rows = PeerRater.objects.filter(person=person).exclude(review__state=NAMING)
    rows = rows.select_related("review__enrolment__person__function")
    return list(rows.order_by("answered_on", "declined_on", "-pk")[:PAGE])


def everybody_s(after: str = "") -> keyset.Slice:
    """All reviews, for whoever runs the academy."""
    return keyset.part(
        for_page(PeerReview.objects.all()), ["-opened_on", "-pk"], after=after, size=PAGE
    )


@dataclass(frozen=True)
class Item:
    """An item of the form with what may be shown of its answers."""

    code: str
    text: str
    result: Shown
    anchor: str = ""

    def cells(self) -> list[tuple]:
        """Name and mean of each group, in their order; None where it is not told apart."""
        return [(group.label, self.result.groups.get(group.value)) for group in RaterGroup]


@dataclass(frozen=True)
class Result:
    items: list[Item]
    comments: list[tuple[str, list[str]]]


def result(row: PeerReview) -> Result | None:
    """What the answers say, for the learner alone; None before the review is closed. One query."""
    if row.state not in (CLOSED, TOLD):
        return None
    answers = list(
        PeerAnswer.objects.filter(rater__review=row).values_list(
            "rater__group", "scores", "comments"
        )
    )
    items = [_item(item, answers) for item in row.content.body["items"]]
    questions = row.content.body.get("open_questions", [])
    comments = []
    for place, question in enumerate(questions):
        given = [texts[place] for _group, _scores, texts in answers if len(texts) > place]
        comments.append((question, sorted(filter(None, given), key=_by_chance)))
    return Result(items, comments if len(answers) >= LEAST_OF_ALL else [])


def _item(item: dict, answers: list[tuple]) -> Item:
    by_group = {
        group: [
            scores[item["code"]]
            for given, scores, _t in answers
            if given == group and item["code"] in scores
        ]
        for group in RaterGroup.values
    }
    found = shown(by_group)
    anchor = item["anchors"][round(found.all.value) - 1] if found.all else ""
    return Item(item["code"], item["text"], found, anchor)


def _by_chance(text: str) -> str:
    """An order that says neither who wrote nor when."""
    return hashlib.sha256(text.encode()).hexdigest()


def calibration(person: Person) -> Lean | None:
    """How the person rates beside the others, over closed reviews; for themselves alone."""
    mine = PeerAnswer.objects.filter(
        rater__person=person, rater__review__state__in=(CLOSED, TOLD)
    ).values_list("rater__review", "scores")
    own_scores = dict(mine)
    others: dict[int, list] = {}
    theirs = PeerAnswer.objects.filter(rater__review__in=own_scores).exclude(rater__person=person)
    for review, scores in theirs.values_list("rater__review", "scores"):
        others.setdefault(review, []).append(scores)
    return lean((scores, others.get(review, [])) for review, scores in own_scores.items())


@opens(ElementKind.PEER_REVIEW)
def door(enrolment: Enrolment, element: PathElement) -> str:
    row = PeerReview.objects.filter(enrolment=enrolment, element=element).first()
    if row is not None:
        return row.get_absolute_url()
    return reverse("teams:peer-review-new", args=[enrolment.pk, element.pk])


@waits(text=_("Review %(who)s as a colleague"), route="teams:peer-review-answer")
def to_answer(person: Person) -> QuerySet:
    rows = PeerRater.objects.filter(
        person=person, review__state=AGREED, answered_on=None, declined_on=None
    )
    return rows.values_list("pk", "review__enrolment__person__name", NOTHING, "review__due_on")


@waits(text=_("Agree who reviews %(who)s"), route="teams:peer-review")
def to_agree(person: Person) -> QuerySet:
    """For the mentor; for whoever runs the academy, where nobody mentors."""
    mentors = Mentorship.objects.active().filter(enrolment=OuterRef("enrolment"))
    theirs = Exists(mentors.filter(mentor=person))
    left = ~Exists(mentors) & Exists(rights_to_run(person))
    rows = named_enough().filter(theirs | left).exclude(enrolment__person=person)
    return rows.values_list("pk", "enrolment__person__name", NOTHING, NO_DAY)


def named_enough() -> QuerySet[PeerReview]:
    """Those whose names can be agreed: nobody is lacking."""
    least = {RaterGroup.PEER: PEERS, RaterGroup.MANAGER: MANAGERS, RaterGroup.OTHER: OTHERS}
    counts = {group.value: Count("raters", filter=Q(raters__group=group)) for group in least}
    rows = PeerReview.objects.filter(state=NAMING).alias(named=Count("raters"), **counts)
    enough = {f"{group.value}__gte": number for group, number in least.items()}
    return rows.filter(named__gte=LEAST_OF_ALL, **enough)


@waits(
    text=_("Too few colleagues have answered in time: give them until another day"),
    route="teams:peer-review",
)
def to_postpone(person: Person) -> QuerySet:
    """The day has passed, and nothing could be shown yet."""
    rows = for_page(PeerReview.objects.filter(enrolment__person=person, state=AGREED))
    rows = rows.filter(due_on__lt=today(), answered__lt=LEAST_OF_ALL)
    return rows.values_list("pk", NOTHING, NOTHING, "due_on")


@waits(text=_("Tell your colleagues what follows from their review"), route="teams:peer-review")
def to_tell(person: Person) -> QuerySet:
    rows = PeerReview.objects.filter(enrolment__person=person, state=CLOSED)
    return rows.values_list("pk", NOTHING, NOTHING, NO_DAY)
