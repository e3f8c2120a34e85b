"""Gates: the process's definitions, reviews, votes, decisions and what follows from them."""

from gates.models.conditions import Condition, ConditionEvent
from gates.models.criteria import Evidence, Question, ReviewCriterion
from gates.models.criterion_yield import Citation, CriterionCount, CriterionVerdict
from gates.models.decisions import Decision, Deferral, Dissent, Waiver
from gates.models.definitions import CriterionDefinition, GateDefinition, Tailoring
from gates.models.electorate import Conflict, Delegate, Presence
from gates.models.facts import CriterionFact
from gates.models.held_reviews import HeldReview, HourCost, Recommendation
from gates.models.presenters import Presenter
from gates.models.processes import CalendarStep, Chain, Outcome, ReasonCode
from gates.models.rehearsals import Exercise, Rehearsal, RehearsalGap, RehearsalSeat
from gates.models.reviews import Review
from gates.models.votes import Score, Vote

__all__ = [
    "CalendarStep",
    "Chain",
    "Citation",
    "Condition",
    "ConditionEvent",
    "Conflict",
    "CriterionCount",
    "CriterionDefinition",
    "CriterionFact",
    "CriterionVerdict",
    "Decision",
    "Deferral",
    "Delegate",
    "Dissent",
    "Evidence",
    "Exercise",
    "GateDefinition",
    "HeldReview",
    "HourCost",
    "Outcome",
    "Presence",
    "Presenter",
    "Question",
    "ReasonCode",
    "Recommendation",
    "Rehearsal",
    "RehearsalGap",
    "RehearsalSeat",
    "Review",
    "ReviewCriterion",
    "Score",
    "Tailoring",
    "Vote",
    "Waiver",
]
