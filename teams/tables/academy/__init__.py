"""The academy's tables, room by room."""

from teams.tables.academy import certification

__all__ = ["certification"]
