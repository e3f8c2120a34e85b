"""The academy's tables, room by room."""

from teams.tables.academy import certification, cohorts, crises, effects, mentor_offers, mentoring

__all__ = ["certification", "cohorts", "crises", "effects", "mentor_offers", "mentoring"]
