"""Products, the process they are bound to, who may see them, and the work on them, room by room."""

from ipd.models.appeals import AppealsOffer, AppealsScore, AppealsSheet, AppealsWeight
from ipd.models.authority import AuthorityLimit
from ipd.models.baselines import Baseline, BaselineRow, PlanEdit
from ipd.models.boms import BomLine, ProductContribution, ProductPart
from ipd.models.calendars import CalendarException, PlanCalendar
from ipd.models.cases import BusinessCase, CaseFlow, Estimate, FinalAccount
from ipd.models.changes import ChangeAssessment, ChangeElement, ChangeRequest
from ipd.models.contracts import (
    Contract,
    ContractElement,
    ContractElementDefinition,
    ContractReading,
)
from ipd.models.demand import DemandMonth, LastTimeBuy, PartDemand
from ipd.models.lines import LineBody, ProductLine
from ipd.models.money import BudgetAllocation, BudgetMovement
from ipd.models.parts import Part, PartAssessment, PartNotice
from ipd.models.plans import Activity, Link, Plan
from ipd.models.portfolio import PortfolioRow
from ipd.models.processes import Phase, ProcessVersion
from ipd.models.products import Product, ProductGrant
from ipd.models.programmes import Programme, ReplacementBoard, ReplacementItem
from ipd.models.promises import CustomerPromise
from ipd.models.rates import Rate
from ipd.models.requirement_changes import (
    RequirementBaseline,
    RequirementBaselineItem,
    RequirementChange,
)
from ipd.models.requirements import Requirement
from ipd.models.resources import Assignment, PlanResource
from ipd.models.risks import Risk, RiskDriver, RiskReview
from ipd.models.simulations import Simulation, SimulationActivity
from ipd.models.spending import Actual, Commitment, Period
from ipd.models.standings import ContractStanding
from ipd.models.suppliers import Source, Supplier, SupplierScore
from ipd.models.supply import SupplyAction, SupplyStatement
from ipd.models.traces import RequirementLink, RequirementStep, Verification
from ipd.models.trade_offs import TradeOff, TradeOffOption, TradeOffSide, TradeOffStep
from ipd.models.work_packages import PackageProgress, WorkPackage

__all__ = [
    "Activity",
    "Actual",
    "AppealsOffer",
    "AppealsScore",
    "AppealsSheet",
    "AppealsWeight",
    "Assignment",
    "AuthorityLimit",
    "Baseline",
    "BaselineRow",
    "BomLine",
    "BudgetAllocation",
    "BudgetMovement",
    "BusinessCase",
    "CalendarException",
    "CaseFlow",
    "ChangeAssessment",
    "ChangeElement",
    "ChangeRequest",
    "Commitment",
    "Contract",
    "ContractElement",
    "ContractElementDefinition",
    "ContractReading",
    "ContractStanding",
    "CustomerPromise",
    "DemandMonth",
    "Estimate",
    "FinalAccount",
    "LastTimeBuy",
    "LineBody",
    "Link",
    "PackageProgress",
    "Part",
    "PartAssessment",
    "PartDemand",
    "PartNotice",
    "Period",
    "Phase",
    "Plan",
    "PlanCalendar",
    "PlanEdit",
    "PlanResource",
    "PortfolioRow",
    "ProcessVersion",
    "Product",
    "ProductContribution",
    "ProductGrant",
    "ProductLine",
    "ProductPart",
    "Programme",
    "Rate",
    "ReplacementBoard",
    "ReplacementItem",
    "Requirement",
    "RequirementBaseline",
    "RequirementBaselineItem",
    "RequirementChange",
    "RequirementLink",
    "RequirementStep",
    "Risk",
    "RiskDriver",
    "RiskReview",
    "Simulation",
    "SimulationActivity",
    "Source",
    "Supplier",
    "SupplierScore",
    "SupplyAction",
    "SupplyStatement",
    "TradeOff",
    "TradeOffOption",
    "TradeOffSide",
    "TradeOffStep",
    "Verification",
    "WorkPackage",
]
