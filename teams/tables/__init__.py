"""The tables of people and of what is measured of their teams, room by room."""

from teams.tables import academy, bonuses, kpis, people, readings, warnings

__all__ = ["academy", "bonuses", "kpis", "people", "readings", "warnings"]
