"""The tables of gates: tailoring, reviews, criteria, votes, conditions, as files bring them in."""

from gates.tables import (
    conditions,
    criteria,
    criterion_yield,
    decisions,
    exercises,
    facts,
    held_reviews,
    presenters,
    rehearsals,
    reviews,
    voting,
)

__all__ = [
    "conditions",
    "criteria",
    "criterion_yield",
    "decisions",
    "exercises",
    "facts",
    "held_reviews",
    "presenters",
    "rehearsals",
    "reviews",
    "voting",
]
