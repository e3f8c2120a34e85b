"""Measures of products, room by room; importing this enters them into the register."""

from ipd.measures import cases, contracts, people, supply

__all__ = ["cases", "contracts", "people", "supply"]
