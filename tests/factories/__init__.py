"""The smallest valid row of each kind, and a small company to stand in."""

from tests.factories.gates import (
    ConditionFactory,
    DecisionFactory,
    EvidenceFactory,
    QuestionFactory,
    ReviewFactory,
    ScoreFactory,
    VoteFactory,
    WaiverFactory,
)
from tests.factories.people import (
    PASSWORD,
    AdministratorFactory,
    FunctionFactory,
    PersonFactory,
    RightFactory,
    RoleFactory,
    SeatFactory,
    SiteFactory,
    TeamFactory,
)
from tests.factories.products import (
    BodyFactory,
    GrantFactory,
    LineFactory,
    MovementFactory,
    ProductFactory,
)

__all__ = [
    "PASSWORD",
    "AdministratorFactory",
    "BodyFactory",
    "ConditionFactory",
    "DecisionFactory",
    "EvidenceFactory",
    "FunctionFactory",
    "GrantFactory",
    "LineFactory",
    "MovementFactory",
    "PersonFactory",
    "ProductFactory",
    "QuestionFactory",
    "ReviewFactory",
    "RightFactory",
    "RoleFactory",
    "ScoreFactory",
    "SeatFactory",
    "SiteFactory",
    "TeamFactory",
    "VoteFactory",
    "WaiverFactory",
]
