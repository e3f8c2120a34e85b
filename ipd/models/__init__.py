"""Products, the process they are bound to, who may see them, and the work on them, room by room."""

from ipd.models.baselines import Baseline, BaselineRow, PlanEdit
from ipd.models.calendars import CalendarException, PlanCalendar
from ipd.models.contracts import (
    Contract,
    ContractElement,
    ContractElementDefinition,
    ContractReading,
)
from ipd.models.lines import LineBody, ProductLine
from ipd.models.money import BudgetMovement
from ipd.models.plans import Activity, Link, Plan
from ipd.models.portfolio import PortfolioRow
from ipd.models.processes import Phase, ProcessVersion
from ipd.models.products import Product, ProductGrant
from ipd.models.resources import Assignment, PlanResource

__all__ = [
    "Activity",
    "Assignment",
    "Baseline",
    "BaselineRow",
    "BudgetMovement",
    "CalendarException",
    "Contract",
    "ContractElement",
    "ContractElementDefinition",
    "ContractReading",
    "LineBody",
    "Link",
    "Phase",
    "Plan",
    "PlanCalendar",
    "PlanEdit",
    "PlanResource",
    "PortfolioRow",
    "ProcessVersion",
    "Product",
    "ProductGrant",
    "ProductLine",
]
