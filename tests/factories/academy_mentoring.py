"""Offers, pairs, their sessions, and reviews by colleagues."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from teams.models import Content, MentoringSession, MentorOffer, PeerRater, PeerReview
from tests.factories.academy import EnrolmentFactory, MentorshipFactory, PathElementFactory
from tests.factories.people import PersonFactory


class MentorOfferFactory(DjangoModelFactory):
    class Meta:
        model = MentorOffer

    person = factory.SubFactory(PersonFactory)
    since = date(2026, 7, 1)


class MentoringSessionFactory(DjangoModelFactory):
    class Meta:
        model = MentoringSession

    mentorship = factory.SubFactory(MentorshipFactory)
    held_on = date(2026, 7, 29)
    entered_by = factory.SelfAttribute("mentorship.mentor")


class PeerFormFactory(DjangoModelFactory):
    """Two items and two open questions."""

    class Meta:
        model = Content
        django_get_or_create = ["kind", "code", "number"]

    kind = "peer-review"
    code = "peer-review"
    number = 1
    title = "Review by colleagues"
    body = factory.LazyFunction(
        lambda: {
            "title": "Review by colleagues",
            "scale": "1 to 5",
            "open_questions": ["What to go on doing?", "What to do differently?"],
            "items": [
                {
                    "code": code,
                    "competency": "LEADERSHIP",
                    "text": f"Text of {code}",
                    "anchors": [f"{code} anchor {level}" for level in range(1, 6)],
                    "ask": "Think of a day.",
                }
                for code in ("P01", "P02")
            ],
        }
    )


class PeerReviewFactory(DjangoModelFactory):
    """Of a learner at the end of the path; nobody is named yet."""

    class Meta:
        model = PeerReview

    enrolment = factory.SubFactory(EnrolmentFactory)
    element = factory.LazyAttribute(
        lambda self: PathElementFactory(
            stage__path=self.enrolment.path, stage__number=6, kind="PEER_REVIEW"
        )
    )
    content = factory.SubFactory(PeerFormFactory)
    opened_on = date(2026, 11, 16)


class PeerRaterFactory(DjangoModelFactory):
    class Meta:
        model = PeerRater

    review = factory.SubFactory(PeerReviewFactory)
    person = factory.SubFactory(PersonFactory)
    group = "peer"
    named_by = factory.SelfAttribute("review.enrolment.person")
