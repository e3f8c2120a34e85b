"""The words of requirements: levels, kinds, states and what else is chosen from a list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """From the voice of a customer down to what one module has to do; in this order."""

    RR = "RR", _("Raw requirement")
    IR = "IR", _("Initial requirement")
    PB = "PB", _("Customer problem")
    SF = "SF", _("System feature")
    SR = "SR", _("System requirement")
    AR = "AR", _("Allocated requirement")


LEVELS = tuple(Level.values)
# What a baseline keeps, and what changes only by request after it.
BUILT = (Level.PB, Level.SF, Level.SR, Level.AR)


class RequirementKind(models.TextChoices):
    FUNCTIONAL = "functional", _("Functional")
    PERFORMANCE = "performance", _("Performance")
    DFX = "dfx", _("Design for X")
    COST = "cost", _("Cost")
    SERVICE = "service", _("Service")
    REGULATORY = "regulatory", _("Regulatory")
    SECURITY = "security", _("Security")
    INTERFACE = "interface", _("Interface")
    ENVIRONMENT = "environment", _("Environment")


class RequirementStatus(models.TextChoices):
    NEW = "new", _("New")
    ANALYSING = "analysing", _("Being analysed")
    MERGED = "merged", _("Merged")
    ACCEPTED = "accepted", _("Accepted")
    PROPOSED = "proposed", _("Proposed")
    DISTRIBUTED = "distributed", _("Distributed")
    COMMITTED = "committed", _("Committed")
    DEFERRED = "deferred", _("Deferred")
    DELIVERED = "delivered", _("Delivered")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")
    DRAFT = "draft", _("Draft")
    BASELINED = "baselined", _("Baselined")
    CHANGED = "changed", _("Changed")
    IMPLEMENTED = "implemented", _("Implemented")
    VERIFIED = "verified", _("Verified")
    DROPPED = "dropped", _("Dropped")


S = RequirementStatus
RAW_STATES = (S.NEW, S.ANALYSING, S.MERGED, S.REJECTED, S.ACCEPTED)
INITIAL_STATES = (
    *(S.PROPOSED, S.DISTRIBUTED, S.COMMITTED, S.DEFERRED),
    *(S.REJECTED, S.DELIVERED, S.CONFIRMED),
)
BUILT_STATES = (S.DRAFT, S.BASELINED, S.CHANGED, S.IMPLEMENTED, S.VERIFIED, S.DROPPED)
STATES = {Level.RR: RAW_STATES, Level.IR: INITIAL_STATES} | dict.fromkeys(BUILT, BUILT_STATES)
FIRST_STATE = {Level.RR: S.NEW, Level.IR: S.PROPOSED} | dict.fromkeys(BUILT, S.DRAFT)
# States in which somebody has to answer for it by name.
OWNED_STATES = (
    *(S.COMMITTED, S.DELIVERED, S.CONFIRMED),
    *(S.BASELINED, S.CHANGED, S.IMPLEMENTED, S.VERIFIED),
)
# Out of the product: counted in no coverage.
OUT_STATES = (S.MERGED, S.REJECTED, S.DEFERRED, S.DROPPED)


class CostClass(models.TextChoices):
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Large")
    VERY_LARGE = "very_large", _("Very large")


class Urgency(models.TextChoices):
    LOW = "low", _("Can wait")
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")


class Kano(models.TextChoices):
    MUST = "must", _("Must be there")
    MORE = "more", _("The more the better")
    LIKE = "like", _("Delights")
    INDIFFERENT = "indifferent", _("Indifferent")


class BuyingCriterion(models.TextChoices):
    """The eight criteria of $APPEALS, by which customers buy."""

    PRICE = "price", _("Price")
    AVAILABILITY = "availability", _("Availability")
    PACKAGING = "packaging", _("Packaging")
    PERFORMANCE = "performance", _("Performance")
    EASE = "ease", _("Ease of use")
    ASSURANCES = "assurances", _("Assurances")
    LIFE_CYCLE = "life_cycle", _("Life-cycle cost")
    SOCIAL = "social", _("Social acceptance")


class Target(models.TextChoices):
    """Where the requirement management team sends a requirement."""

    RUNNING = "running", _("Running product")
    NEXT_RELEASE = "next_release", _("Next release")
    ROADMAP = "roadmap", _("Roadmap")
    TECHNOLOGY = "technology", _("Technology pool")
    REJECTED = "rejected", _("Rejected")


class RejectReason(models.TextChoices):
    LOW_VALUE = "low_value", _("Value too low")
    TOO_COSTLY = "too_costly", _("Costs more than it brings")
    NOT_FEASIBLE = "not_feasible", _("Not feasible")
    STRATEGY = "strategy", _("Outside the strategy")
    EXISTS = "exists", _("Exists already")
    UNCLEAR = "unclear", _("Cannot be clarified")


class Method(models.TextChoices):
    """How a requirement is shown to be fulfilled."""

    TEST = "test", _("Test")
    ANALYSIS = "analysis", _("Analysis")
    SIMULATION = "simulation", _("Simulation")
    INSPECTION = "inspection", _("Inspection")
    DEMONSTRATION = "demonstration", _("Demonstration")


class LinkKind(models.TextChoices):
    DERIVES = "derives", _("is derived from")
    SATISFIES = "satisfies", _("satisfies")
    VERIFIES = "verifies", _("verifies")
    CONFLICTS = "conflicts", _("conflicts with")


# Links that carry a trace from a level down to a lower one.
TRACING = (LinkKind.DERIVES, LinkKind.SATISFIES)


class Result(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    NOT_RUN = "not_run", _("Not run")


class StepKind(models.TextChoices):
    """What happened to a requirement on its way; each is stamped once it does."""

    RAISED = "raised", _("Raised")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    MERGED = "merged", _("Merged")
    ANALYSED = "analysed", _("Analysed")
    REJECTED = "rejected", _("Rejected")
    DISTRIBUTED = "distributed", _("Distributed")
    COMMITTED = "committed", _("Committed")
    DEFERRED = "deferred", _("Deferred")
    DERIVED = "derived", _("Derived")
    BASELINED = "baselined", _("Baselined")
    IMPLEMENTED = "implemented", _("Implemented")
    VERIFIED = "verified", _("Verified")
    DROPPED = "dropped", _("Dropped")
    DELIVERED = "delivered", _("Delivered")
    CONFIRMED = "confirmed", _("Confirmed")
    TIMED_OUT = "timed_out", _("No answer from the requester")
    EDITED = "edited", _("Edited")


class ChangeAction(models.TextChoices):
    ADD = "add", _("Add")
    MODIFY = "modify", _("Modify")
    DROP = "drop", _("Drop")


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
