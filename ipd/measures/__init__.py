"""Measures of products, room by room; importing this enters them into the register."""

from ipd.measures import cases, contracts, people

__all__ = ["cases", "contracts", "people"]
