"""Products, the process they are bound to, who may see them, and the money they are given."""

from ipd.models.lines import LineBody, ProductLine
from ipd.models.money import BudgetMovement
from ipd.models.portfolio import PortfolioRow
from ipd.models.processes import Phase, ProcessVersion
from ipd.models.products import Product, ProductGrant

__all__ = [
    "BudgetMovement",
    "LineBody",
    "Phase",
    "PortfolioRow",
    "ProcessVersion",
    "Product",
    "ProductGrant",
    "ProductLine",
]
