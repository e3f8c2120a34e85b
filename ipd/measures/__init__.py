"""Measures of products, room by room; importing this enters them into the register."""

from ipd.measures import (
    cases,
    contracts,
    money,
    people,
    plans,
    promises,
    requirement_baselines,
    requirement_changes,
    requirements,
    risks,
    schedules,
    simulations,
    supply,
    variances,
    waste,
)

__all__ = [
    "cases",
    "contracts",
    "money",
    "people",
    "plans",
    "promises",
    "requirement_baselines",
    "requirement_changes",
    "requirements",
    "risks",
    "schedules",
    "simulations",
    "supply",
    "variances",
    "waste",
]
