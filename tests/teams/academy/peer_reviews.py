"""Reviews by colleagues at each step, for tests."""

from teams.actions.academy import peer_reviews
from tests.factories.academy_mentoring import PeerRaterFactory
from tests.factories.people import FunctionFactory, PersonFactory

GROUPS = ["peer", "peer", "manager", "other"]


def named(review, groups=GROUPS):
    other = FunctionFactory(code="SVC")
    return [
        PeerRaterFactory(review=review, group=group, person=PersonFactory(function=other))
        for group in groups
    ]


def agreed(review, groups=GROUPS):
    raters = named(review, groups)
    review.refresh_from_db()
    review = peer_reviews.agree(review, by=PersonFactory(), seen_version=review.version)
    return review, raters


def answered(review, levels, groups=GROUPS, comments=("", "")):
    review, raters = agreed(review, groups)
    for rater, level in zip(raters, levels, strict=True):
        peer_reviews.answer(
            rater, scores={"P01": level, "P02": 3}, comments=comments, by=rater.person
        )
    return review, raters


def closed(*args, **more):
    review, raters = answered(*args, **more)
    return peer_reviews.close(review, by=None), raters
