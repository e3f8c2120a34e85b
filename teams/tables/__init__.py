"""The tables of people and of what is measured of their teams, room by room."""

from teams.tables import people

__all__ = ["people"]
