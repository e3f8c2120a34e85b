"""The academy's tables, room by room."""

from teams.tables.academy import certification, cohorts, mentoring

__all__ = ["certification", "cohorts", "mentoring"]
