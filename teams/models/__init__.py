"""People, their teams and seats, what seats allow, and what teams are measured by."""

from teams.models.academy.assignments import (
    Assignment,
    AssignmentAssessor,
    AssignmentPiece,
    AssignmentRating,
    AssignmentVersion,
)
from teams.models.academy.attempts import Attempt, ItemStatistic
from teams.models.academy.certificates import Certificate
from teams.models.academy.checklists import CalendarToken, Deed, KnowledgeClaim
from teams.models.academy.communities import (
    Badge,
    Community,
    CommunityMember,
    CommunityPost,
    CommunityReply,
)
from teams.models.academy.competencies import Competency
from teams.models.academy.contents import Content
from teams.models.academy.crises import (
    CrisisAssignment,
    Play,
    PlayMove,
    PlayNote,
    PlayRole,
    ScenarioSpread,
)
from teams.models.academy.curriculum import CurriculumFile, CurriculumUpload
from teams.models.academy.enrolments import Cohort, ElementResult, Enrolment
from teams.models.academy.feedback import GatePack, ManagerCheck, PackRating, StageFeedback
from teams.models.academy.interviews import BoardInterview, InterviewAssessor, InterviewRating
from teams.models.academy.lotteries import Lottery
from teams.models.academy.mentoring import (
    HealthCheck,
    MentoringSession,
    MentorNote,
    MentorOffer,
    Mentorship,
    MentorWish,
    SharedAction,
)
from teams.models.academy.modules import ItemPool, LearningModule, ModuleItem, ModuleText
from teams.models.academy.paths import (
    LearningPath,
    PathElement,
    PathStage,
    PathTest,
    Rubric,
    RubricCriterion,
)
from teams.models.academy.peer_reviews import PeerAnswer, PeerRater, PeerReview
from teams.models.academy.plans import (
    DevelopmentCheck,
    DevelopmentGoal,
    DevelopmentLevel,
    DevelopmentPlan,
    DevelopmentSignature,
)
from teams.models.academy.practice import PracticeEvidence, PracticeRule
from teams.models.academy.reading import ReadingPlace
from teams.models.academy.reflections import Reflection, ReflectionShare
from teams.models.academy.rotations import Rotation, RotationRating
from teams.models.academy.studies import ReturnLine, Study, StudyCohort, StudyRow
from teams.models.boards import KpiAlert, KpiBoard, KpiBoardTile
from teams.models.bonus_teams import (
    BonusAnswer,
    BonusAppeal,
    BonusApproval,
    BonusCosignature,
    BonusFigure,
    BonusFinding,
    BonusMember,
)
from teams.models.bonuses import BonusGrade, BonusKpi, BonusRound, BonusTeam
from teams.models.kpis import Kpi, KpiTarget, KpiWeight
from teams.models.open_readings import KpiOpenReading
from teams.models.people import Function, Person, Site
from teams.models.readings import KpiApproval, KpiMonth, KpiReading, KpiTotal
from teams.models.rights import DecisionRight, Role
from teams.models.seats import Seat
from teams.models.teams import Team
from teams.models.warnings import WarningSign

__all__ = [
    "Assignment",
    "AssignmentAssessor",
    "AssignmentPiece",
    "AssignmentRating",
    "AssignmentVersion",
    "Attempt",
    "Badge",
    "BoardInterview",
    "BonusAnswer",
    "BonusAppeal",
    "BonusApproval",
    "BonusCosignature",
    "BonusFigure",
    "BonusFinding",
    "BonusGrade",
    "BonusKpi",
    "BonusMember",
    "BonusRound",
    "BonusTeam",
    "CalendarToken",
    "Certificate",
    "Cohort",
    "Community",
    "CommunityMember",
    "CommunityPost",
    "CommunityReply",
    "Competency",
    "Content",
    "CrisisAssignment",
    "CurriculumFile",
    "CurriculumUpload",
    "DecisionRight",
    "Deed",
    "DevelopmentCheck",
    "DevelopmentGoal",
    "DevelopmentLevel",
    "DevelopmentPlan",
    "DevelopmentSignature",
    "ElementResult",
    "Enrolment",
    "Function",
    "GatePack",
    "HealthCheck",
    "InterviewAssessor",
    "InterviewRating",
    "ItemPool",
    "ItemStatistic",
    "KnowledgeClaim",
    "Kpi",
    "KpiAlert",
    "KpiApproval",
    "KpiBoard",
    "KpiBoardTile",
    "KpiMonth",
    "KpiOpenReading",
    "KpiReading",
    "KpiTarget",
    "KpiTotal",
    "KpiWeight",
    "LearningModule",
    "LearningPath",
    "Lottery",
    "ManagerCheck",
    "MentorNote",
    "MentorOffer",
    "MentorWish",
    "MentoringSession",
    "Mentorship",
    "ModuleItem",
    "ModuleText",
    "PackRating",
    "PathElement",
    "PathStage",
    "PathTest",
    "PeerAnswer",
    "PeerRater",
    "PeerReview",
    "Person",
    "Play",
    "PlayMove",
    "PlayNote",
    "PlayRole",
    "PracticeEvidence",
    "PracticeRule",
    "ReadingPlace",
    "Reflection",
    "ReflectionShare",
    "ReturnLine",
    "Role",
    "Rotation",
    "RotationRating",
    "Rubric",
    "RubricCriterion",
    "ScenarioSpread",
    "Seat",
    "SharedAction",
    "Site",
    "StageFeedback",
    "Study",
    "StudyCohort",
    "StudyRow",
    "Team",
    "WarningSign",
]
