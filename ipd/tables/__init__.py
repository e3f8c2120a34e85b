"""The tables of products and of the work on them, room by room."""

from ipd.tables import company

__all__ = ["company"]
