"""The tables of products and of the work on them, room by room."""

from ipd.tables import boms, company, parts, supply

__all__ = ["boms", "company", "parts", "supply"]
