"""The tables of products and of the work on them, room by room."""

from ipd.tables import (
    appeals,
    boms,
    cases,
    changes,
    company,
    contracts,
    money,
    parts,
    promises,
    requirement_history,
    requirements,
    risks,
    supply,
    trade_offs,
    work_packages,
)

__all__ = [
    "appeals",
    "boms",
    "cases",
    "changes",
    "company",
    "contracts",
    "money",
    "parts",
    "promises",
    "requirement_history",
    "requirements",
    "risks",
    "supply",
    "trade_offs",
    "work_packages",
]
