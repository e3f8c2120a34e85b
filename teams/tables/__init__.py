"""The tables of people and of what is measured of their teams, room by room."""

from teams.tables import kpis, people, readings

__all__ = ["kpis", "people", "readings"]
