"""Measures of products, room by room; importing this enters them into the register."""

from ipd.measures import people

__all__ = ["people"]
