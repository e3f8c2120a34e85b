"""The academy's tables, room by room."""

from teams.tables.academy import (
    certification,
    cohorts,
    communities,
    crises,
    effects,
    mentor_offers,
    mentoring,
    modules,
    peer_reviews,
    plans,
    reflections,
    rotations,
    works,
)

__all__ = [
    "certification",
    "cohorts",
    "communities",
    "crises",
    "effects",
    "mentor_offers",
    "mentoring",
    "modules",
    "peer_reviews",
    "plans",
    "reflections",
    "rotations",
    "works",
]
